/**
 * Builds contact flows in Amazon Connect's flow language, as far as a verification call needs it.
 * Each builder makes one action. {@link contactFlow} checks the whole flow, because Connect reports
 * a mistake only at deployment, or never.
 */
import { faultsOf } from './contact-flow.checks.ts';
import type { Block, FlowDocument } from './flow-language.ts';

/** Reports every mistake in a contact flow at once. */
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
    [
      `The contact flow has ${faults.length} faults:`,
      ...faults.map((fault) => `  - ${fault}`),
    ].join('\n'),
  );
}

const equals = (value: string, next: string) => ({
  NextAction: next,
  Condition: { Operator: 'Equals', Operands: [value] },
});
const errorBranch = (error: string, next: string) => ({ ErrorType: error, NextAction: next });

/**
 * Chooses a Polly voice with the neural engine, because some voices of the settings have no other.
 * The name is fixed, since a voice from an attribute would take its engine from an attribute, too.
 * If the voice fails, the call goes on with Connect's default.
 */
export function speakWith(voice: string, next: string): Block {
  return {
    Type: 'UpdateContactTextToSpeechVoice',
    Parameters: { TextToSpeechVoice: voice, TextToSpeechEngine: 'Neural' },
    Transitions: { NextAction: next, Errors: [errorBranch('NoMatchingError', next)] },
  };
}

export function say(text: string, next: string): Block {
  return {
    Type: 'MessageParticipant',
    Parameters: { Text: text },
    Transitions: { NextAction: next, Errors: [errorBranch('NoMatchingError', next)] },
  };
}

export interface Question {
  /** The whole instruction, because keys pressed before it begins are lost. */
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
    Parameters: {
      Text: text,
      InputTimeLimitSeconds: String(waitSeconds),
      StoreInput: 'False',
    },
    Transitions: {
      NextAction: onOtherKey,
      Conditions: Object.entries(keys).map(([key, next]) => equals(key, next)),
      Errors: [
        errorBranch('InputTimeLimitExceeded', onSilence),
        errorBranch('NoMatchingCondition', onOtherKey),
        errorBranch('NoMatchingError', onFailure),
      ],
    },
  };
}

/** The key that ends digits that are typed. */
const END_OF_INPUT = '#';

export interface Collection {
  /** The whole instruction, because keys pressed before it begins are lost. */
  text: string;
  /** Seconds of silence after it, and after a digit. */
  waitSeconds: number;
  digits: number;
  next: string;
  onFailure: string;
}

/**
 * Stores the digits that are typed before #, as `$.StoredCustomerInput`: "Timeout" after silence.
 * Input that is stored cannot branch (AG store-customer-input).
 */
export function collect({ text, waitSeconds, digits, next, onFailure }: Collection): Block {
  return {
    Type: 'GetParticipantInput',
    Parameters: {
      Text: text,
      InputTimeLimitSeconds: String(waitSeconds),
      StoreInput: 'True',
      InputValidation: { CustomValidation: { MaximumLength: String(digits) } },
      DTMFConfiguration: { InputTerminationSequence: END_OF_INPUT, DisableCancelKey: 'True' },
    },
    Transitions: { NextAction: next, Errors: [errorBranch('NoMatchingError', onFailure)] },
  };
}

export interface Invocation {
  functionArn: string;
  /** What the function receives in addition to the contact. */
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
    Transitions: { NextAction: next, Errors: [errorBranch('NoMatchingError', onFailure)] },
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
      Errors: [errorBranch('NoMatchingCondition', otherwise)],
    },
  };
}

/** Leads to `next` the given number of times, then to `done`. */
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
  return {
    Type: 'DisconnectParticipant',
    Parameters: {},
    Transitions: {},
  };
}
