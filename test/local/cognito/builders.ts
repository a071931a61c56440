/** The parts of a user pool, in memory. */
import { createClock, type Clock } from '../../../local/clock.ts';
import { createPasswordLockout } from '../../../local/cognito/lockout.ts';
import type { Pool, PoolClient } from '../../../local/cognito/pool.ts';
import type { CognitoServices } from '../../../local/cognito/services.ts';
import { createSessions } from '../../../local/cognito/sessions.ts';
import { createSignIns } from '../../../local/cognito/sign-ins.ts';
import { loadSigningKey, type SigningKey } from '../../../local/cognito/signing-keys.ts';
import { createTokens } from '../../../local/cognito/tokens.ts';
import { createUsers, type User } from '../../../local/cognito/users.ts';
import { openState, type Section } from '../../../local/state.ts';

export const CLIENT: PoolClient = {
  id: 'client-1',
  flows: new Set(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']),
  sessionSeconds: 900,
  accessSeconds: 900,
  idSeconds: 1800,
  refreshSeconds: 14_400,
  revocation: true,
  hidesExistence: true,
};

export function poolWith(more: Partial<Pool> = {}): Pool {
  return {
    id: 'us-east-1_TestPool1',
    arn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_TestPool1',
    region: 'us-east-1',
    issuer: 'http://localhost:4566/us-east-1_TestPool1',
    triggers: { define: 'arn:d', create: 'arn:c', verify: 'arn:v', tokenGate: undefined },
    selfSignUp: false,
    selfRecovery: false,
    passwordPolicy: { minimumLength: 8, classes: [] },
    customAttributes: new Map([['custom:account_id', { mutable: false }]]),
    clients: new Map([[CLIENT.id, CLIENT]]),
    ...more,
  };
}

/** A section of state that is in memory only. */
export function section<T>(value: T): Section<T> {
  return openState(undefined).section('tested', () => value);
}

let key: Promise<SigningKey> | undefined;

/** One key for all tests of a file: making one takes a while. */
export function signingKey(): Promise<SigningKey> {
  return (key ??= loadSigningKey(section({})));
}

/** Every service of a pool; triggers are not called. */
export async function servicesWith(
  more: Partial<CognitoServices> = {},
): Promise<CognitoServices & { clock: Clock }> {
  const pool = more.pool ?? poolWith();
  const clock = more.clock ?? createClock();
  const signIns = createSignIns(section({}));
  return {
    pool,
    clock,
    users: createUsers(section({})),
    sessions: createSessions(section({}), pool, clock),
    signIns,
    tokens: createTokens(pool, await signingKey(), clock, signIns),
    lockout: createPasswordLockout(),
    callTrigger: () => Promise.reject(new Error('No trigger should be called.')),
    simulationSecret: 'secret',
    ...more,
  };
}

export function addUser(
  { users }: Pick<CognitoServices, 'users'>,
  email = 'pat@test.example',
  attributes: Record<string, string> = {},
): User {
  const user = { ...users.create(email, attributes, 0), status: 'CONFIRMED' as const };
  users.save(user, 0);
  return users.get(user.sub);
}
