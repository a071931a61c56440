import type * as z from 'zod';

/** Every fault of a row, with the column that it is in. */
export function faultsOf({ issues }: z.ZodError): string {
  return issues
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown members: ${issue.keys.map((key) => key.slice(0, 24)).join(', ')}`
        : `${issue.path.join('.') || 'row'}: ${issue.message}`,
    )
    .join('; ');
}

/** An NPI that a program wrote as a number is read as its ten digits. */
export function npiOf(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
}
