/** AWS clients, one of each per process, with the time-outs that a five-second trigger allows. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { once } from './once.ts';

/**
 * Reads and conditional writes: safe to repeat once, since transactions carry an idempotency token.
 */
export const STORE_CALL = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 500,
    requestTimeout: 1_200,
    throwOnRequestTimeout: true,
  },
} as const;
/** Sends: one attempt, at most two seconds; a repeat could reach a person twice. */
export const SEND_CALL = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 500,
    requestTimeout: 2_000,
    throwOnRequestTimeout: true,
  },
} as const;
/** Reads of the whole, page by page, where nobody waits. */
export const PATIENT_CALL = {
  maxAttempts: 8,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  },
} as const;

export const documentClient = once(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient(STORE_CALL), {
    marshallOptions: { removeUndefinedValues: true },
  }),
);
