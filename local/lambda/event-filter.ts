/**
 * Filters of event source mappings (developer guide, "Control which events Lambda sends to your
 * function"): equal values, and `anything-but`.
 */
import { z } from 'zod';

const Rule = z.union([z.string(), z.strictObject({ 'anything-but': z.array(z.string()) })]);

/**
 * Whether a record has, at each place that the pattern names, a value that one of its rules admits.
 * A place that the record lacks admits nothing.
 * @throws Error on a rule that this machine does not evaluate
 */
export function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((rule) => admits(rule, value));
  return Object.entries(pattern as object).every(([name, inner]) =>
    matches(inner, (value as Record<string, unknown> | undefined)?.[name]),
  );
}

function admits(given: unknown, value: unknown): boolean {
  const { data: rule } = Rule.safeParse(given);
  if (rule === undefined)
    throw new Error(
      `The local machine cannot evaluate the rule ${JSON.stringify(given)} of an event filter.`,
    );
  if (typeof rule === 'string') return value === rule;
  return typeof value === 'string' && !rule['anything-but'].includes(value);
}
