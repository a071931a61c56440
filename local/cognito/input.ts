import { AwsError } from '../gateway/aws-error.ts';
import { invalidParameter, missing } from './errors.ts';
import type { Pool, PoolClient } from './pool.ts';
import type { Input } from './services.ts';

/** A required string member. @throws AwsError InvalidParameterException */
export function requiredText(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw missing(name);
  return value;
}

/** An optional string; null counts as absent, as clients send it. */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A map of strings; members with null are left out. */
export function textMap(input: Input, name: string): Record<string, string> {
  const value = input[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw invalidParameter(`${name} is not a map of strings.`);
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** The client that a public operation names. @throws AwsError ResourceNotFoundException */
export function clientOf(pool: Pool, input: Input): PoolClient {
  const id = requiredText(input, 'ClientId');
  const client = pool.clients.get(id);
  if (client === undefined)
    throw new AwsError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
  return client;
}

/** Only this stack's pool exists. @throws AwsError ResourceNotFoundException */
export function checkPool(pool: Pool, input: Input): void {
  const id = requiredText(input, 'UserPoolId');
  if (id !== pool.id)
    throw new AwsError('ResourceNotFoundException', `User pool ${id} does not exist.`);
}
