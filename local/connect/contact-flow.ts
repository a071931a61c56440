import { z } from 'zod';

const text = z.string().min(1);
const seconds = (most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(1).max(most));
const errors = (...names: string[]) =>
  z
    .array(z.strictObject({ ErrorType: z.enum(names), NextAction: text }))
    .refine(
      (given) => names.every((name) => given.some(({ ErrorType }) => ErrorType === name)),
      `needs a branch for each of the errors ${names.join(', ')}`,
    );
const conditions = (operand: z.ZodString) =>
  z.array(
    z.strictObject({
      NextAction: text,
      Condition: z.strictObject({
        Operator: z.literal('Equals'),
        Operands: z.tuple([operand]),
      }),
    }),
  );

const action = <Type extends string, Parameters extends z.ZodType, Transitions extends z.ZodType>(
  type: Type,
  Parameters: Parameters,
  Transitions: Transitions,
) =>
  z.strictObject({
    Identifier: text.max(50),
    Type: z.literal(type),
    Parameters,
    Transitions,
  });

const Menu = action(
  'GetParticipantInput',
  z.strictObject({
    Text: text,
    InputTimeLimitSeconds: seconds(180),
    StoreInput: z.literal('False'),
  }),
  z.strictObject({
    NextAction: text,
    Conditions: conditions(z.string().regex(/^[0-9*#]$/)),
    Errors: errors('InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'),
  }),
);

/** Input that is stored: it leads on whatever was typed. */
const Store = action(
  'GetParticipantInput',
  z.strictObject({
    Text: text,
    InputTimeLimitSeconds: seconds(180),
    StoreInput: z.literal('True'),
    InputValidation: z.strictObject({
      CustomValidation: z.strictObject({
        MaximumLength: z
          .string()
          .regex(/^\d{1,2}$/)
          .transform(Number),
      }),
    }),
    DTMFConfiguration: z.strictObject({
      InputTerminationSequence: z.string().regex(/^[0-9*#]$/),
      DisableCancelKey: z.literal('True'),
    }),
  }),
  z.strictObject({ NextAction: text, Errors: errors('NoMatchingError') }),
);

const Action = z.union([
  Menu,
  Store,
  action(
    'UpdateContactTextToSpeechVoice',
    z.strictObject({
      TextToSpeechVoice: text,
      TextToSpeechEngine: text.optional(),
    }),
    z.strictObject({ NextAction: text, Errors: errors('NoMatchingError') }),
  ),
  action(
    'MessageParticipant',
    z.strictObject({ Text: text }),
    z.strictObject({ NextAction: text, Errors: errors('NoMatchingError') }),
  ),
  action(
    'InvokeLambdaFunction',
    z.strictObject({
      LambdaFunctionARN: text,
      InvocationTimeLimitSeconds: seconds(8),
      LambdaInvocationAttributes: z.record(z.string(), z.string()).default({}),
      ResponseValidation: z.strictObject({ ResponseType: z.literal('STRING_MAP') }),
    }),
    z.strictObject({ NextAction: text, Errors: errors('NoMatchingError') }),
  ),
  action(
    'Compare',
    z.strictObject({ ComparisonValue: z.string().startsWith('$.') }),
    z.strictObject({
      NextAction: text,
      Conditions: conditions(text),
      Errors: errors('NoMatchingCondition'),
    }),
  ),
  action(
    'Loop',
    z.strictObject({
      LoopCount: z
        .string()
        .regex(/^\d{1,3}$/)
        .transform(Number),
    }),
    z.strictObject({
      NextAction: text.optional(),
      Conditions: conditions(z.string().regex(/^(Continue|Done)Looping$/)).length(2),
    }),
  ),
  action('DisconnectParticipant', z.strictObject({}), z.strictObject({})),
]);

/** One block of a flow. */
export type FlowAction = z.infer<typeof Action>;

const Flow = z.strictObject({
  Version: z.literal('2019-10-30'),
  StartAction: text,
  Actions: z.array(Action).min(1).max(250),
});

/** A contact flow, read and checked. */
export interface ContactFlow {
  start: string;
  actions: ReadonlyMap<string, FlowAction>;
}

const MOST_CHARACTERS = 256_000;

/**
 * Reads a flow as Connect's flow language has it.
 * @throws Error naming every type, property, missing branch or dangling target that cannot run here
 */
export function readContactFlow(content: string, where: string): ContactFlow {
  if (content.length > MOST_CHARACTERS)
    throw new Error(
      `The contact flow ${where} has ${content.length} characters. ` +
        `Connect accepts ${MOST_CHARACTERS} at most: shorten it.`,
    );
  const parsed = Flow.safeParse(JSON.parse(content));
  if (!parsed.success)
    throw new Error(`The contact flow ${where} cannot run here: ${z.prettifyError(parsed.error)}`);
  const { StartAction, Actions } = parsed.data;
  const actions = new Map(Actions.map((one) => [one.Identifier, one]));
  if (actions.size !== Actions.length)
    throw new Error(`The contact flow ${where} has two actions with the same identifier.`);
  for (const target of [StartAction, ...Actions.flatMap(targetsOf)]) {
    if (!actions.has(target))
      throw new Error(
        `The contact flow ${where} leads to ${target}, which is not one of its actions.`,
      );
  }
  return { start: StartAction, actions };
}

function targetsOf({ Transitions }: FlowAction): string[] {
  const {
    NextAction,
    Errors = [],
    Conditions = [],
  } = Transitions as {
    NextAction?: string;
    Errors?: { NextAction: string }[];
    Conditions?: { NextAction: string }[];
  };
  return [
    ...(NextAction === undefined ? [] : [NextAction]),
    ...[...Errors, ...Conditions].map((branch) => branch.NextAction),
  ];
}

/** The functions that a flow invokes. */
export function functionsOf({ actions }: ContactFlow): string[] {
  return [...actions.values()].flatMap((one) =>
    one.Type === 'InvokeLambdaFunction' ? [one.Parameters.LambdaFunctionARN] : [],
  );
}
