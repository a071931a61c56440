/** Finds the mistakes that Connect refuses in a flow, or accepts and handles wrongly. */
import type { Action, FlowDocument } from './flow-language.ts';

interface Rule {
  required: readonly string[];
  optional?: readonly string[];
  /** It speaks, and needs exactly one of the prompts. */
  prompt?: true;
  errors: readonly string[];
  /** The operands that it may branch on. Absent if it does not branch. */
  branchesOn?: RegExp;
  /** Operands that it must branch on. */
  branches?: readonly string[];
  /** It ends the call. */
  ends?: true;
}

const PROMPTS = ['Text', 'SSML', 'PromptId'];

const RULES: Record<string, Rule> = {
  MessageParticipant: {
    required: [],
    prompt: true,
    errors: ['NoMatchingError'],
  },
  GetParticipantInput: {
    required: ['InputTimeLimitSeconds', 'StoreInput'],
    optional: ['InputValidation', 'DTMFConfiguration'],
    prompt: true,
    errors: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'],
    branchesOn: /^[0-9*#]$/,
  },
  InvokeLambdaFunction: {
    required: ['LambdaFunctionARN', 'InvocationTimeLimitSeconds'],
    optional: ['LambdaInvocationAttributes', 'ResponseValidation'],
    errors: ['NoMatchingError'],
  },
  Compare: {
    required: ['ComparisonValue'],
    errors: ['NoMatchingCondition'],
    branchesOn: /./,
  },
  UpdateContactTextToSpeechVoice: {
    required: ['TextToSpeechVoice'],
    optional: ['TextToSpeechEngine'],
    errors: ['NoMatchingError'],
  },
  Loop: {
    required: ['LoopCount'],
    errors: [],
    branchesOn: /^(Continue|Done)Looping$/,
    branches: ['ContinueLooping', 'DoneLooping'],
  },
  DisconnectParticipant: { required: [], errors: [], ends: true },
};

/** Every mistake in a flow, with the value and the remedy. */
export function faultsOf(flow: FlowDocument): string[] {
  const names = flow.Actions.map(({ Identifier }) => Identifier);
  return [
    ...limitFaults(flow),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `two actions are named ${name}: rename one`),
    ...(names.includes(flow.StartAction)
      ? []
      : [`the start "${flow.StartAction}" is not an action of the flow: name one that is`]),
    ...flow.Actions.flatMap((action) => actionFaults(action, names)),
    ...unreachable(flow).map((name) => `${name} is never reached: lead to it or remove it`),
  ];
}

function limitFaults(flow: FlowDocument): string[] {
  const length = JSON.stringify(flow).length;
  return [
    ...(flow.Actions.length > 250
      ? [`${flow.Actions.length} actions: Connect accepts at most 250`]
      : []),
    ...(length > 256_000 ? [`${length} characters: Connect accepts at most 256000`] : []),
    ...flow.Actions.filter(({ Identifier }) => !/^[A-Za-z0-9_-]{1,50}$/.test(Identifier)).map(
      ({ Identifier }) =>
        `the name "${Identifier}" must have 1 to 50 letters, digits, dashes or underscores`,
    ),
  ];
}

/** Input that is stored leads on whatever was typed: it cannot branch, nor can it time out. */
function ruleOf({ Type, Parameters }: Action): Rule | undefined {
  const rule = RULES[Type];
  return rule !== undefined && Type === 'GetParticipantInput' && Parameters.StoreInput === 'True'
    ? { ...rule, errors: ['NoMatchingError'] }
    : rule;
}

function actionFaults(action: Action, names: string[]): string[] {
  const rule = ruleOf(action);
  if (rule === undefined)
    return [
      `${action.Identifier}: the type ${action.Type} is unknown: ` +
        `use one of ${Object.keys(RULES).join(', ')}`,
    ];
  const faults = [
    ...parameterFaults(action, rule),
    ...valueFaults(action),
    ...transitionFaults(action, rule),
    ...branchFaults(action, rule),
  ];
  const dangling = [...new Set(targetsOf(action))].filter((target) => !names.includes(target));
  return [
    ...faults,
    ...dangling.map((target) => `leads to "${target}", which is not an action of the flow`),
  ].map((fault) => `${action.Identifier}: ${fault}`);
}

function parameterFaults(
  { Type, Parameters }: Action,
  { required, optional = [], prompt }: Rule,
): string[] {
  const given = Object.keys(Parameters);
  const known = [...required, ...optional, ...(prompt ? PROMPTS : [])];
  const prompts = given.filter((name) => PROMPTS.includes(name));
  return [
    ...required.filter((name) => !given.includes(name)).map((name) => `${Type} needs ${name}`),
    ...given
      .filter((name) => !known.includes(name))
      .map((name) => `${Type} has no parameter ${name}`),
    ...(prompt && prompts.length !== 1
      ? [
          `${Type} has ${prompts.length} prompts (${prompts.join(', ')}): ` +
            `give exactly one of ${PROMPTS.join(', ')}`,
        ]
      : []),
  ];
}

/** In the flow language, numbers and booleans are written as text. */
function valueFaults({ Parameters, Transitions: { Conditions = [] } }: Action): string[] {
  const within = (name: string, least: number, most: number): string[] => {
    const value = Parameters[name];
    const fits =
      typeof value === 'string' &&
      /^\d+$/.test(value) &&
      Number(value) >= least &&
      Number(value) <= most;
    return value === undefined || fits
      ? []
      : [`${name} is ${JSON.stringify(value)}: give "${least}" to "${most}", as text`];
  };
  const { StoreInput } = Parameters;
  return [
    ...within('InputTimeLimitSeconds', 1, 180),
    ...within('InvocationTimeLimitSeconds', 1, 8),
    ...within('LoopCount', 1, 100),
    ...(StoreInput === undefined || StoreInput === 'True' || StoreInput === 'False'
      ? []
      : [`StoreInput is ${JSON.stringify(StoreInput)}: give "True" or "False", as text`]),
    ...(StoreInput === 'True' && Conditions.length > 0
      ? ['input that is stored cannot branch: remove the Conditions, or set StoreInput to "False"']
      : []),
  ];
}

function transitionFaults(
  { Type, Transitions: { NextAction, Errors = [] } }: Action,
  { errors, ends }: Rule,
): string[] {
  const given = Errors.map(({ ErrorType }) => ErrorType);
  if (ends)
    return NextAction === undefined && given.length === 0
      ? []
      : [`${Type} ends the call: remove what follows`];
  return [
    ...(NextAction === undefined ? [`${Type} needs a NextAction`] : []),
    ...errors
      .filter((error) => !given.includes(error))
      .map((error) => `${Type} needs a branch for the error ${error}`),
    ...given
      .filter((error) => !errors.includes(error))
      .map((error) => `${Type} has no error ${error}`),
  ];
}

function branchFaults(
  { Type, Transitions: { Conditions = [] } }: Action,
  { branchesOn, branches = [] }: Rule,
): string[] {
  if (branchesOn === undefined)
    return Conditions.length === 0 ? [] : [`${Type} does not branch: remove its Conditions`];
  const operands = Conditions.map(({ Condition }) => Condition.Operands[0] ?? '');
  return [
    ...Conditions.filter(
      ({ Condition }) => Condition.Operator !== 'Equals' || Condition.Operands.length !== 1,
    ).map(() => `${Type} branches by Equals on one operand each`),
    ...operands
      .filter((operand) => !branchesOn.test(operand))
      .map((operand) => `${Type} cannot branch on "${operand}"`),
    ...branches
      .filter((operand) => !operands.includes(operand))
      .map((operand) => `${Type} needs a branch for ${operand}`),
  ];
}

function targetsOf({
  Transitions: { NextAction, Errors = [], Conditions = [] },
}: Action): string[] {
  return [
    ...(NextAction === undefined ? [] : [NextAction]),
    ...Errors.map((error) => error.NextAction),
    ...Conditions.map((condition) => condition.NextAction),
  ];
}

function unreachable({ StartAction, Actions }: FlowDocument): string[] {
  const reached = new Set<string>();
  const waiting = [StartAction];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...Actions.filter(({ Identifier }) => Identifier === name).flatMap(targetsOf));
  }
  return Actions.map(({ Identifier }) => Identifier).filter((name) => !reached.has(name));
}
