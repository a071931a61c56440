import type { ContactFlow, FlowAction } from './contact-flow.ts';

/** What a running flow makes the call do. */
export type FlowStep =
  /** Speaks with this voice from now on. */
  | { kind: 'voice'; voice: string }
  | { kind: 'say'; text: string }
  /** Says the text, then waits for a key. */
  | { kind: 'listen'; text: string; seconds: number }
  /** Says the text, then waits for digits and the key that ends them. */
  | { kind: 'collect'; text: string; seconds: number; most: number; end: string }
  | { kind: 'invoke'; functionArn: string; seconds: number; parameters: Record<string, string> };

/** The call's result: the key, the function's reply, or nothing (silence, or a failed function). */
export type StepResult = string | Record<string, string> | undefined;

/** What a flow's JSONPaths read. */
export interface FlowData {
  contactId: string;
  attributes: Record<string, string>;
}

type Action<Type extends FlowAction['Type']> = Extract<FlowAction, { Type: Type }>;
type Input = Action<'GetParticipantInput'>;
type Menu = Extract<Input, { Parameters: { StoreInput: 'False' } }>;
type Store = Extract<Input, { Parameters: { StoreInput: 'True' } }>;
type Branching = Menu | Action<'Compare' | 'Loop'>;
/** Yields what the call has to do, and returns the next action. */
type Performing = Generator<FlowStep, string, StepResult>;

/** A flow under way. */
interface Run {
  data: FlowData;
  /** The last function's reply. */
  external: Record<string, string>;
  /** The digits that were typed last, or `Timeout`. */
  stored: string;
  /** Loop → rounds gone through. */
  rounds: Map<string, number>;
}

/**
 * Runs a contact flow; the caller speaks, listens and invokes for it.
 * @throws Error on a JSONPath that this machine does not read
 */
export function* runContactFlow(
  { start, actions }: ContactFlow,
  data: FlowData,
): Generator<FlowStep, void, StepResult> {
  const run: Run = {
    data,
    external: {},
    stored: '',
    rounds: new Map(),
  };
  for (
    let action = actions.get(start);
    action !== undefined && action.Type !== 'DisconnectParticipant';
  ) {
    action = actions.get(yield* perform(action, run));
  }
}

function* perform(
  action: Exclude<FlowAction, { Type: 'DisconnectParticipant' }>,
  run: Run,
): Performing {
  switch (action.Type) {
    case 'UpdateContactTextToSpeechVoice':
      yield {
        kind: 'voice',
        voice: action.Parameters.TextToSpeechVoice,
      };
      return action.Transitions.NextAction;
    case 'MessageParticipant':
      return yield* say(action, run);
    case 'GetParticipantInput':
      return isStore(action) ? yield* store(action, run) : yield* ask(action, run);
    case 'InvokeLambdaFunction':
      return yield* invoke(action, run);
    case 'Compare':
      return (
        branch(action, read(action.Parameters.ComparisonValue, run)) ??
        errorBranch(action, 'NoMatchingCondition')
      );
    case 'Loop':
      return loop(action, run);
  }
}

function* say(action: Action<'MessageParticipant'>, run: Run): Performing {
  const text = read(action.Parameters.Text, run);
  if (text === '') return errorBranch(action, 'NoMatchingError');
  yield { kind: 'say', text };
  return action.Transitions.NextAction;
}

function isStore(action: Input): action is Store {
  return action.Parameters.StoreInput === 'True';
}

function* store({ Parameters, Transitions }: Store, run: Run): Performing {
  const text = read(Parameters.Text, run);
  const { InputTimeLimitSeconds: seconds, InputValidation, DTMFConfiguration } = Parameters;
  const most = InputValidation.CustomValidation.MaximumLength;
  const end = DTMFConfiguration.InputTerminationSequence;
  const digits = yield {
    kind: 'collect',
    text,
    seconds,
    most,
    end,
  };
  run.stored = typeof digits === 'string' ? digits : 'Timeout';
  return Transitions.NextAction;
}

function* ask(action: Menu, run: Run): Performing {
  const text = read(action.Parameters.Text, run);
  if (text === '') return errorBranch(action, 'NoMatchingError');
  const key = yield {
    kind: 'listen',
    text,
    seconds: action.Parameters.InputTimeLimitSeconds,
  };
  if (typeof key !== 'string') return errorBranch(action, 'InputTimeLimitExceeded');
  return branch(action, key) ?? errorBranch(action, 'NoMatchingCondition');
}

function* invoke(action: Action<'InvokeLambdaFunction'>, run: Run): Performing {
  const {
    LambdaFunctionARN: functionArn,
    InvocationTimeLimitSeconds: seconds,
    LambdaInvocationAttributes,
  } = action.Parameters;
  const parameters = Object.fromEntries(
    Object.entries(LambdaInvocationAttributes).map(([name, value]) => [name, read(value, run)]),
  );
  const reply = yield {
    kind: 'invoke',
    functionArn,
    seconds,
    parameters,
  };
  run.external = isStringMap(reply) ? reply : {};
  return isStringMap(reply)
    ? action.Transitions.NextAction
    : errorBranch(action, 'NoMatchingError');
}

function loop(action: Action<'Loop'>, { rounds }: Run): string {
  const round = (rounds.get(action.Identifier) ?? 0) + 1;
  const goesOn = round <= action.Parameters.LoopCount;
  rounds.set(action.Identifier, goesOn ? round : 0);
  return branch(action, goesOn ? 'ContinueLooping' : 'DoneLooping') ?? '';
}

function branch({ Transitions }: Branching, operand: string): string | undefined {
  return Transitions.Conditions.find(({ Condition }) => Condition.Operands[0] === operand)
    ?.NextAction;
}

/** `readContactFlow` made sure that every error has its branch. */
function errorBranch({ Transitions }: FlowAction, error: string): string {
  const { Errors = [] } = Transitions as { Errors?: { ErrorType: string; NextAction: string }[] };
  return Errors.find(({ ErrorType }) => ErrorType === error)?.NextAction ?? '';
}

function read(value: string, { data: { contactId, attributes }, external, stored }: Run): string {
  if (!value.startsWith('$.')) return value;
  const [root, name, ...deeper] = value.slice(2).split('.');
  if (value === '$.ContactId') return contactId;
  if (value === '$.StoredCustomerInput') return stored;
  if (root === 'Attributes' && name !== undefined && deeper.length === 0)
    return attributes[name] ?? '';
  if (root === 'External' && name !== undefined && deeper.length === 0) return external[name] ?? '';
  throw new Error(
    `A contact flow reads ${value}. The local machine reads ` +
      '$.ContactId, $.StoredCustomerInput, $.Attributes.<name> and $.External.<name> only.',
  );
}

/** STRING_MAP: a flat object of strings, 32 KB at most. */
function isStringMap(reply: unknown): reply is Record<string, string> {
  return (
    typeof reply === 'object' &&
    reply !== null &&
    !Array.isArray(reply) &&
    Object.values(reply).every((value) => typeof value === 'string') &&
    JSON.stringify(reply).length <= 32 * 1024
  );
}
