import { describe, expect, test } from '@jest/globals';
import { sessionOf } from '../../../../lambdas/capabilities/accounts/session.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, CLIENT_ID } from '../../../fakes/builders.ts';

const claims = (more: Record<string, string> = {}) => ({
  token_use: 'access',
  client_id: CLIENT_ID,
  portal_username: 'pphone',
  username: 'user-of-account-1',
  auth_time: '1000',
  session_epoch: '1',
  ...more,
});

async function session(
  more: Record<string, string> = {},
  account: Parameters<typeof anAccount>[0] = {},
  role?: 'ADMIN',
) {
  const backend = new Backend();
  await backend.has(anAccount(account));
  return sessionOf({ accounts: backend.accounts, clientId: CLIENT_ID }, claims(more), role);
}

describe('the session of an access token', () => {
  test('is that of its account', async () => {
    expect(await session()).toMatchObject({ account: { accountId: 'account-1' } });
  });

  test.each([
    ['an id token', { token_use: 'id' }],
    ['the token of another client', { client_id: 'another' }],
    ['a token without a username', { portal_username: '' }],
    ['a token of nobody', { portal_username: 'nobody' }],
    ['a token of an older epoch', { session_epoch: '0' }],
    ['a token of a newer epoch', { session_epoch: '2' }],
    ['a token of another user in Cognito', { username: 'another' }],
  ])('is none for %s', async (_what, more) => {
    expect(await session(more)).toEqual({ refused: 'TOKEN_INVALID' });
  });

  test.each(['RESET', 'DISABLED', 'ENROLLING', 'INVITED'] as const)(
    'is none once the account is %s, whatever the token says',
    async (status) => {
      expect(await session({}, { status })).toEqual({ refused: 'TOKEN_INVALID' });
    },
  );

  test('ends with a revocation; a sign-in within the same second counts', async () => {
    expect(await session({}, { validAfter: 1_000_999 })).toHaveProperty('account');
    expect(await session({}, { validAfter: 1_001_000 })).toEqual({ refused: 'TOKEN_INVALID' });
  });

  test('requires the role where the route does', async () => {
    expect(await session({}, { role: 'STANDARD' }, 'ADMIN')).toEqual({ refused: 'FORBIDDEN' });
    expect(await session({}, { role: 'ADMIN' }, 'ADMIN')).toHaveProperty('account');
  });

  test('takes the role of the account, not that of the token', async () => {
    const demoted = await session({ portal_role: 'ADMIN' }, { role: 'STANDARD' }, 'ADMIN');
    expect(demoted).toEqual({ refused: 'FORBIDDEN' });
  });

  test('is an outage while the accounts cannot be read', async () => {
    const backend = new Backend();
    backend.database.failNext('read');
    const deps = { accounts: backend.accounts, clientId: CLIENT_ID };
    await expect(sessionOf(deps, claims())).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});
