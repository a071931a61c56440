/**
 * Amazon Connect's flow language, version 2019-10-30, as far as a verification call needs it (API reference, "Flow language").
 * Each builder makes one action; {@link contactFlow} checks the whole, since Connect tells of a mistake only at deployment, or never.
 */
import { faultsOf } from './contact-flow.checks.ts';

export interface Transitions {
  NextAction?: string;
  Errors?: { ErrorType: string; NextAction: string }[];
  Conditions?: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[];
}

/** A block of a flow, without the name that others reach it by. */
export interface Block {
  Type: string;
  Parameters: Record<string, unknown>;
  Transitions: Transitions;
}

export interface Action extends Block {
  Identifier: string;
}

export interface FlowDocument {
  Version: '2019-10-30';
  StartAction: string;
  Actions: Action[];
}

/** Every mistake of a contact flow, in one error. */
export class ContactFlowFault extends Error {
  override readonly name = 'ContactFlowFault';
}

/**
 * A flow of named blocks.
 * @param start the name of the block that a call begins with
 * @throws ContactFlowFault naming every mistake
 */
export function contactFlow(start: string, blocks: Record<string, Block>): FlowDocument {
  const flow: FlowDocument = {
    Version: '2019-10-30',
    StartAction: start,
    Actions: Object.entries(blocks).map(([Identifier, block]) => ({ Identifier, ...block })),
  };
  const faults = faultsOf(flow);
  if (faults.length === 0) return flow;
  throw new ContactFlowFault(
    `${faults.length} wrong in the contact flow:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
  );
}

const equals = (value: string, next: string) => ({
  NextAction: next,
  Condition: { Operator: 'Equals', Operands: [value] },
});
const on = (error: string, next: string) => ({ ErrorType: error, NextAction: next });

/**
 * Chooses a Polly voice, neural: some voices that the settings allow have no other engine. The name is fixed, since a voice
 * from an attribute takes its engine from one too. A call goes on with Connect's default if it cannot speak so.
 */
export function speakWith(voice: string, next: string): Block {
  return {
    Type: 'UpdateContactTextToSpeechVoice',
    Parameters: { TextToSpeechVoice: voice, TextToSpeechEngine: 'Neural' },
    Transitions: { NextAction: next, Errors: [on('NoMatchingError', next)] },
  };
}

export function say(text: string, next: string): Block {
  return {
    Type: 'MessageParticipant',
    Parameters: { Text: text },
    Transitions: { NextAction: next, Errors: [on('NoMatchingError', next)] },
  };
}

export interface Question {
  /** What is said: keys pressed before it begins are lost, so it has to hold the whole instruction. */
  text: string;
  /** Seconds of silence after it. */
  waitSeconds: number;
  /** Key → the block that it leads to. */
  keys: Record<string, string>;
  onSilence: string;
  onOtherKey: string;
  onFailure: string;
}

export function ask({
  text,
  waitSeconds,
  keys,
  onSilence,
  onOtherKey,
  onFailure,
}: Question): Block {
  return {
    Type: 'GetParticipantInput',
    Parameters: { Text: text, InputTimeLimitSeconds: String(waitSeconds), StoreInput: 'False' },
    Transitions: {
      NextAction: onOtherKey,
      Conditions: Object.entries(keys).map(([key, next]) => equals(key, next)),
      Errors: [
        on('InputTimeLimitExceeded', onSilence),
        on('NoMatchingCondition', onOtherKey),
        on('NoMatchingError', onFailure),
      ],
    },
  };
}

export interface Invocation {
  functionArn: string;
  /** What the function is told beside the contact. */
  attributes: Record<string, string>;
  next: string;
  onFailure: string;
}

/** Invokes a function and waits eight seconds, the most that Connect allows. */
export function invoke({ functionArn, attributes, next, onFailure }: Invocation): Block {
  return {
    Type: 'InvokeLambdaFunction',
    Parameters: {
      LambdaFunctionARN: functionArn,
      InvocationTimeLimitSeconds: '8',
      LambdaInvocationAttributes: attributes,
      ResponseValidation: { ResponseType: 'STRING_MAP' },
    },
    Transitions: { NextAction: next, Errors: [on('NoMatchingError', onFailure)] },
  };
}

/** Branches on one value, such as `$.External.result`. */
export function compare(value: string, branches: Record<string, string>, otherwise: string): Block {
  return {
    Type: 'Compare',
    Parameters: { ComparisonValue: value },
    Transitions: {
      NextAction: otherwise,
      Conditions: Object.entries(branches).map(([operand, next]) => equals(operand, next)),
      Errors: [on('NoMatchingCondition', otherwise)],
    },
  };
}

/** Leads to `next` as often as said, then to `done`. */
export function repeat(times: number, next: string, done: string): Block {
  return {
    Type: 'Loop',
    Parameters: { LoopCount: String(times) },
    Transitions: {
      NextAction: done,
      Conditions: [equals('ContinueLooping', next), equals('DoneLooping', done)],
    },
  };
}

export function hangUp(): Block {
  return { Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} };
}
