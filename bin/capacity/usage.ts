/**
 * What one sign-in takes, by the way that it goes. test/journeys/sign-in/usage.test.ts compares it
 * with what the running stack calls.
 */
export const WAYS = ['EMAIL', 'SMS', 'CALL', 'DEVICE'] as const;
export type Way = (typeof WAYS)[number];

export interface Usage {
  /** InitiateAuth, whose quota RespondToAuthChallenge may exceed threefold. */
  initiations: number;
  responses: number;
  /** Invocations of the four triggers, and of what follows a call. */
  invocations: number;
  /** Requests of DynamoDB: transactions, single updates, reads. */
  transactions: number;
  updates: number;
  reads: number;
  /** Codes made and compared. */
  macs: number;
  send?: 'EMAIL' | 'SMS' | 'CALL';
}

/** Once the terms are accepted, without a wrong answer, and with the breaker's allotment taken. */
export const USAGE: Record<Way, Usage> = {
  EMAIL: {
    initiations: 1,
    responses: 3,
    invocations: 9,
    transactions: 4,
    updates: 1,
    reads: 3,
    macs: 2,
    send: 'EMAIL',
  },
  SMS: {
    initiations: 1,
    responses: 3,
    invocations: 9,
    transactions: 4,
    updates: 1,
    reads: 3,
    macs: 2,
    send: 'SMS',
  },
  CALL: {
    initiations: 1,
    responses: 3,
    invocations: 12,
    transactions: 5,
    updates: 1,
    reads: 7,
    macs: 0,
    send: 'CALL',
  },
  DEVICE: {
    initiations: 1,
    responses: 1,
    invocations: 5,
    transactions: 1,
    updates: 1,
    reads: 2,
    macs: 0,
  },
};
