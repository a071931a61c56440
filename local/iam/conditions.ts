import { pattern } from './statements.ts';

/**
 * The condition keys of a request. A key with the value `undefined` is absent from the request;
 * a key that is not listed at all cannot be evaluated, and is an error.
 */
export type ConditionContext = Record<string, string | undefined>;

type Compare = (actual: string, wanted: string) => boolean;

const equal: Compare = (actual, wanted) => actual === wanted;
const like: Compare = (actual, wanted) => pattern(wanted)(actual);
const ignoreCase: Compare = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const numeric =
  (compare: (actual: number, wanted: number) => boolean): Compare =>
  (actual, wanted) =>
    compare(Number(actual), Number(wanted));

const OPERATORS: Record<string, { compare: Compare; negated: boolean }> = {
  StringEquals: { compare: equal, negated: false },
  StringNotEquals: { compare: equal, negated: true },
  StringEqualsIgnoreCase: { compare: ignoreCase, negated: false },
  StringNotEqualsIgnoreCase: { compare: ignoreCase, negated: true },
  StringLike: { compare: like, negated: false },
  StringNotLike: { compare: like, negated: true },
  ArnEquals: { compare: like, negated: false },
  ArnLike: { compare: like, negated: false },
  ArnNotEquals: { compare: like, negated: true },
  ArnNotLike: { compare: like, negated: true },
  Bool: { compare: ignoreCase, negated: false },
  NumericEquals: {
    compare: numeric((actual, wanted) => actual === wanted),
    negated: false,
  },
  NumericLessThan: {
    compare: numeric((actual, wanted) => actual < wanted),
    negated: false,
  },
  NumericLessThanEquals: {
    compare: numeric((actual, wanted) => actual <= wanted),
    negated: false,
  },
  NumericGreaterThan: {
    compare: numeric((actual, wanted) => actual > wanted),
    negated: false,
  },
  NumericGreaterThanEquals: {
    compare: numeric((actual, wanted) => actual >= wanted),
    negated: false,
  },
};

/**
 * Whether every condition of a statement holds.
 * @throws Error on an operator or key that this machine cannot evaluate: it must not guess.
 */
export function conditionsHold(
  conditions: Record<string, Record<string, string[]>>,
  context: ConditionContext,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      conditionHolds(operator, wanted, valueOf(key, operator, context)),
    ),
  );
}

function valueOf(key: string, operator: string, context: ConditionContext): string | undefined {
  const known = Object.keys(context).find(
    (candidate) => candidate.toLowerCase() === key.toLowerCase(),
  );
  if (known === undefined)
    throw new Error(
      `A policy condition (${operator}) uses the key ${key}, which the local machine cannot ` +
        "evaluate for this request. Supply it in the service's authorisation.",
    );
  return context[known];
}

function conditionHolds(operator: string, wanted: string[], actual: string | undefined): boolean {
  if (operator === 'Null')
    return wanted.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
  const ifExists = operator.endsWith('IfExists');
  const name = ifExists ? operator.slice(0, -'IfExists'.length) : operator;
  const known = OPERATORS[name];
  if (known === undefined)
    throw new Error(
      `A policy uses the condition operator ${operator}, which the local machine does not ` +
        `evaluate. It evaluates Null, ${Object.keys(OPERATORS).join(', ')}.`,
    );
  if (actual === undefined) return ifExists || known.negated;
  return wanted.some((value) => known.compare(actual, value)) !== known.negated;
}
