import { AwsError } from '../gateway/aws-error.ts';
import type { Pool, PoolClient } from './pool.ts';

/** The client that a public operation names. @throws AwsError ResourceNotFoundException */
export function clientOf({ clients }: Pool, id: string): PoolClient {
  const client = clients.get(id);
  if (client === undefined)
    throw new AwsError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
  return client;
}

/** Only this stack's pool exists. @throws AwsError ResourceNotFoundException */
export function checkPool(pool: Pool, id: string): void {
  if (id !== pool.id)
    throw new AwsError('ResourceNotFoundException', `User pool ${id} does not exist.`);
}
