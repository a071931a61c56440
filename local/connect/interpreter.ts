import type { ContactFlow, FlowAction } from './contact-flow.ts';

/** What a running flow asks of the call. */
export type FlowStep =
  | { kind: 'say'; text: string }
  /** Says the text, then waits for a key. */
  | { kind: 'listen'; text: string; seconds: number }
  | { kind: 'invoke'; functionArn: string; seconds: number; parameters: Record<string, string> };

/** What the call gives back: the key pressed, the function's reply, or nothing (silence; a function that failed). */
export type StepResult = string | Record<string, string> | undefined;

/** What a flow's JSONPaths read. */
export interface FlowData {
  contactId: string;
  attributes: Record<string, string>;
}

type Branching = Extract<FlowAction, { Type: 'GetParticipantInput' | 'Compare' | 'Loop' }>;

/**
 * Runs a contact flow; the caller speaks, listens and invokes for it.
 * @throws Error on a JSONPath that this machine does not know
 */
export function* runContactFlow({ start, actions }: ContactFlow, data: FlowData): Generator<FlowStep, void, StepResult> {
  let external: Record<string, string> = {};
  const looped = new Map<string, number>();
  const read = (value: string): string => valueOf(value, data, external);
  for (let action = actions.get(start); action !== undefined && action.Type !== 'DisconnectParticipant';) {
    let next: string;
    switch (action.Type) {
      case 'UpdateContactTextToSpeechVoice':
        next = action.Transitions.NextAction;
        break;
      case 'MessageParticipant': {
        const text = read(action.Parameters.Text);
        if (text !== '') yield { kind: 'say', text };
        next = text === '' ? errorBranch(action, 'NoMatchingError') : action.Transitions.NextAction;
        break;
      }
      case 'GetParticipantInput': {
        const text = read(action.Parameters.Text);
        if (text === '') next = errorBranch(action, 'NoMatchingError');
        else {
          const key = yield { kind: 'listen', text, seconds: action.Parameters.InputTimeLimitSeconds };
          next = key === undefined ? errorBranch(action, 'InputTimeLimitExceeded') : branch(action, String(key)) ?? errorBranch(action, 'NoMatchingCondition');
        }
        break;
      }
      case 'InvokeLambdaFunction': {
        const { LambdaFunctionARN: functionArn, InvocationTimeLimitSeconds, LambdaInvocationAttributes } = action.Parameters;
        const parameters = Object.fromEntries(Object.entries(LambdaInvocationAttributes).map(([name, value]) => [name, read(value)]));
        const reply = yield { kind: 'invoke', functionArn, seconds: InvocationTimeLimitSeconds, parameters };
        external = isStringMap(reply) ? reply : {};
        next = isStringMap(reply) ? action.Transitions.NextAction : errorBranch(action, 'NoMatchingError');
        break;
      }
      case 'Compare':
        next = branch(action, read(action.Parameters.ComparisonValue)) ?? errorBranch(action, 'NoMatchingCondition');
        break;
      case 'Loop': {
        const round = (looped.get(action.Identifier) ?? 0) + 1;
        const goesOn = round <= action.Parameters.LoopCount;
        looped.set(action.Identifier, goesOn ? round : 0);
        next = branch(action, goesOn ? 'ContinueLooping' : 'DoneLooping') ?? action.Identifier;
        break;
      }
    }
    action = actions.get(next);
  }
}

function branch({ Transitions }: Branching, operand: string): string | undefined {
  return Transitions.Conditions.find(({ Condition }) => Condition.Operands[0] === operand)?.NextAction;
}

/** The reader has seen that every error has its branch. */
function errorBranch({ Transitions }: FlowAction, error: string): string {
  const { Errors = [] } = Transitions as { Errors?: { ErrorType: string; NextAction: string }[] };
  return Errors.find(({ ErrorType }) => ErrorType === error)?.NextAction ?? '';
}

function valueOf(value: string, { contactId, attributes }: FlowData, external: Record<string, string>): string {
  if (!value.startsWith('$.')) return value;
  const [root, name, ...deeper] = value.slice(2).split('.');
  if (value === '$.ContactId') return contactId;
  if (root === 'Attributes' && name !== undefined && deeper.length === 0) return attributes[name] ?? '';
  if (root === 'External' && name !== undefined && deeper.length === 0) return external[name] ?? '';
  throw new Error(`A contact flow reads ${value}. The local machine knows $.ContactId, $.Attributes.<name> and $.External.<name>.`);
}

/** STRING_MAP: a flat object of strings, 32 KB at most. */
function isStringMap(reply: unknown): reply is Record<string, string> {
  return typeof reply === 'object' && reply !== null && !Array.isArray(reply)
    && Object.values(reply).every((value) => typeof value === 'string')
    && JSON.stringify(reply).length <= 32 * 1024;
}
