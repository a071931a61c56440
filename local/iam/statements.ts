import { z } from 'zod';

/** One statement of a policy document, normalised to lists. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  actions: Pattern[] | undefined;
  notActions: Pattern[] | undefined;
  resources: Pattern[] | undefined;
  notResources: Pattern[] | undefined;
  /** In resource policies: who the statement is about. */
  principal: unknown;
  /** operator → key → values */
  conditions: Record<string, Record<string, string[]>>;
}

/** A string with `*` and `?`, ready to match. */
export type Pattern = (text: string) => boolean;

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));
const values = z.preprocess((value) => [value].flat().map(String), z.array(z.string()));

const Document = z.object({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([z.unknown().array(), z.unknown().transform((one) => [one])]),
});

const StatementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: list.optional(),
  NotAction: list.optional(),
  Resource: list.optional(),
  NotResource: list.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).optional(),
});

/**
 * Reads a policy document.
 * @throws Error naming the element that this machine does not evaluate.
 */
export function readPolicy(document: unknown, where: string): Statement[] {
  return parseOrThrow(Document, document, where).Statement.map((statement) => {
    const shape = parseOrThrow(StatementShape, statement, where);
    return {
      effect: shape.Effect,
      actions: shape.Action?.map((action) => pattern(action.toLowerCase())),
      notActions: shape.NotAction?.map((action) => pattern(action.toLowerCase())),
      resources: shape.Resource?.map(pattern),
      notResources: shape.NotResource?.map(pattern),
      principal: shape.Principal,
      conditions: shape.Condition ?? {},
    };
  });
}

function parseOrThrow<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new Error(
      `The policy of ${where} cannot be evaluated here: ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}

/** Turns `*` and `?` into a matcher; everything else is literal. */
export function pattern(text: string): Pattern {
  if (text === '*') return () => true;
  if (!/[*?]/.test(text)) return (candidate) => candidate === text;
  const expression = new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  );
  return (candidate) => expression.test(candidate);
}
