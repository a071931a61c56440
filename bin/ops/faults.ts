import type * as z from 'zod';

/** Every fault of a row, with the column that it is in. */
export function faultsOf({ issues }: z.ZodError): string {
  return issues
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown members: ${issue.keys.map((key) => key.slice(0, 24)).join(', ')}`
        : `${issue.path.join('.') || 'row'}: ${wordsOf(issue)}`,
    )
    .join('; ');
}

function wordsOf({ code, message }: z.core.$ZodIssue): string {
  if (code !== 'invalid_type') return message;
  const [, expected, received] = /expected (\w+), received (\w+)/.exec(message) ?? [];
  if (received === 'undefined') return 'is missing';
  return expected === undefined ? message : `must be a ${expected}, not a ${received}`;
}

/** An NPI that a program wrote as a number is read as its ten digits. */
export function npiOf(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
}
