import { describe, expect, test } from '@jest/globals';
import {
  type Fault,
  faultsOf,
  lineOf,
  type Snapshot,
} from '../../lambdas/capabilities/upkeep/faults.rules.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { anAccount, anInvited, HOUR, type Some } from '../fakes/builders.ts';

const NOW = 100 * HOUR;
const EMAIL = 'pat@cedargrove.example';
const OTHER = 'other@cedargrove.example';

/** A stage of one account, with its names and its user, and what differs. */
function stageOf(account: Account, more: Partial<Snapshot> = {}): Snapshot {
  const { accountId, username, email, cognitoUsername } = account;
  return {
    accounts: new Map([[accountId, account]]),
    names: [
      { kind: 'USERNAME', name: username, accountId },
      ...(email === undefined ? [] : [{ kind: 'EMAIL' as const, name: email, accountId }]),
    ],
    users:
      cognitoUsername === undefined || email === undefined
        ? []
        : [{ username: cognitoUsername, email, accountId }],
    now: NOW,
    ...more,
  };
}

/** The faults of a stage, as `fault act`. */
const found = (snapshot: Snapshot) =>
  faultsOf(snapshot).map(({ fault, repair }: Fault) => `${fault} ${repair?.act ?? 'LEFT'}`);

/** The stage with one more name. */
const withName = (account: Account, name: Snapshot['names'][number]) => {
  const stage = stageOf(account);
  return { ...stage, names: [...stage.names, name] };
};

test('a stage of people who registered, and of those who have not, has no fault', () => {
  expect(found(stageOf(anAccount()))).toEqual([]);
  expect(found(stageOf(anInvited()))).toEqual([]);
});

describe('a name', () => {
  const email = (more: { accountId: string; claimedUntil?: number }) => ({
    kind: 'EMAIL' as const,
    name: OTHER,
    ...more,
  });

  test.each([
    ['of nobody', email({ accountId: 'gone' }), 'NAME_OF_NOBODY RELEASE'],
    [
      'of a former portal, of nobody',
      { kind: 'LEGACY' as const, name: 'old', accountId: 'gone' },
      'NAME_OF_NOBODY RELEASE_LEGACY',
    ],
    ['that its account does not use', email({ accountId: 'account-1' }), 'NAME_NOT_NEEDED RELEASE'],
    [
      'whose claim lapsed a minute ago',
      email({ accountId: 'account-1', claimedUntil: NOW - 60_001 }),
      'CLAIM_LAPSED RELEASE_LAPSED',
    ],
  ])('%s is released', (_what, name, expected) => {
    expect(found(withName(anAccount(), name))).toEqual([expected]);
  });

  test.each<[string, Partial<Account>]>([
    ['a password is being set for', { pendingEmail: OTHER }],
    ['staff keep on record', { recordEmail: OTHER }],
    ['may still undo a change', { emailUndo: { email: OTHER, changedAt: 0, until: NOW + 1 } }],
    ['is the former one of a registration that goes on', { status: 'RESET', formerEmail: OTHER }],
  ])('that %s is kept', (_what, more) => {
    const name = { kind: 'EMAIL' as const, name: OTHER, accountId: 'account-1' };
    expect(found(withName(anAccount(more), name))).toEqual([]);
  });

  test('that can undo nothing any more is released', () => {
    const emailUndo = { email: OTHER, changedAt: 0, until: NOW - 1 };
    const name = { kind: 'EMAIL' as const, name: OTHER, accountId: 'account-1' };
    const account = anAccount({ emailUndo, formerEmail: OTHER });
    expect(found(withName(account, name))).toEqual(['NAME_NOT_NEEDED RELEASE']);
  });

  test('that names no account or another one is found from the account', () => {
    const account = anAccount();
    const username = { kind: 'USERNAME' as const, name: account.username, accountId: 'account-1' };
    expect(found(stageOf(account, { names: [username] }))).toEqual(['ADDRESS_NOT_CLAIMED CLAIM']);
    const email = { kind: 'EMAIL' as const, name: EMAIL, accountId: 'account-1' };
    expect(found(stageOf(account, { names: [email] }))).toEqual(['USERNAME_NOT_CLAIMED LEFT']);
    const second = anInvited({ accountId: 'account-2', username: 'second' });
    const accounts = new Map([
      ['account-1', account],
      ['account-2', { ...second, pendingEmail: EMAIL }],
    ]);
    const names = [
      username,
      { kind: 'USERNAME' as const, name: 'second', accountId: 'account-2' },
      { kind: 'EMAIL' as const, name: EMAIL, accountId: 'account-2' },
    ];
    expect(found(stageOf(account, { accounts, names }))).toEqual(['ADDRESS_OF_TWO LEFT']);
  });
});

describe('a user of Cognito', () => {
  const user = (more: object = {}) => ({
    username: 'user-of-account-1',
    email: EMAIL,
    accountId: 'account-1',
    ...more,
  });

  test('that is missing needs a reset', () => {
    expect(found(stageOf(anAccount(), { users: [] }))).toEqual(['USER_MISSING LEFT']);
    const without = anAccount({ cognitoUsername: undefined });
    expect(found(stageOf(without))).toEqual(['USER_MISSING LEFT']);
  });

  test('that is missing is made by a registration that is to come', () => {
    expect(found(stageOf(anAccount({ status: 'RESET' }), { users: [] }))).toEqual([]);
  });

  test('with another address is moved, unless a request is at it', () => {
    const users = [user({ email: OTHER })];
    expect(found(stageOf(anAccount(), { users }))).toEqual(['USER_ELSEWHERE MOVE_USER']);
    for (const more of [
      { passwordLease: { id: 'lease', until: NOW + 1 } },
      { poolEmailDue: NOW - HOUR / 20 },
    ])
      expect(found(stageOf(anAccount(more), { users }))).toEqual([]);
  });

  test('that no account refers to is deleted, unless it is being made', () => {
    const users = [user(), user({ username: 'stray', email: OTHER })];
    expect(found(stageOf(anAccount(), { users }))).toEqual(['USER_UNKNOWN DELETE_USER']);
    const claim = { kind: 'EMAIL' as const, name: OTHER, accountId: 'account-1' };
    const stage = withName(anAccount({ pendingEmail: OTHER }), {
      ...claim,
      claimedUntil: NOW,
    });
    expect(found({ ...stage, users })).toEqual([]);
  });

  test('that is not ours is left to a person', () => {
    const users = [user(), user({ username: 'by-hand', email: OTHER, accountId: undefined })];
    expect(found(stageOf(anAccount(), { users }))).toEqual(['USER_NOT_OURS LEFT']);
  });
});

describe('an account', () => {
  test.each<[string, Some<Account>, string[]]>([
    ['without its phone', { phone: undefined }, ['FACTOR_MISSING LEFT']],
    ['signed out for five minutes', { signOutDue: NOW - 300_001 }, ['SIGN_OUT_DUE SIGN_OUT']],
    ['signed out just now', { signOutDue: NOW - 1 }, []],
    [
      'whose password somebody may have set an hour ago',
      { passwordLease: { id: 'lease', until: NOW - 3_600_001 } },
      ['PASSWORD_UNRECORDED RECORD_PASSWORD'],
    ],
    ['whose request may still come again', { passwordLease: { id: 'lease', until: NOW - 1 } }, []],
  ])('%s', (_what, more, expected) => {
    expect(found(stageOf(anAccount(more)))).toEqual(expected);
  });

  test('has no grant of more than a minute', () => {
    const grant = (expiresAt: number) => ({
      flowId: 'f',
      clientId: 'c',
      loginMethod: 'PHONE' as const,
      epoch: 1,
      factorAt: NOW,
      expiresAt,
    });
    expect(found(stageOf(anAccount({ grants: [grant(NOW + 60_000)] })))).toEqual([]);
    const long = anAccount({ grants: [grant(NOW + 60_001)] });
    expect(found(stageOf(long))).toEqual(['GRANT_TOO_LONG LEFT']);
    const ended = { status: 'DISABLED' as const, epoch: 1, grants: [grant(NOW + 1)] };
    expect(found(stageOf(anAccount(ended)))).toEqual(['GRANT_OF_ENDED LEFT']);
    for (const more of [{ epoch: 2 }, { grants: [grant(NOW)] }])
      expect(found(stageOf(anAccount({ ...ended, ...more })))).toEqual([]);
  });
});

test('a line says what is wrong, and whether repair mends it', () => {
  const [fault] = faultsOf(stageOf(anAccount({ phone: undefined })));
  expect(lineOf(fault!)).toBe(
    'FACTOR_MISSING  pphone: it is ACTIVE without its factor: ops users reset',
  );
  const [stray] = faultsOf({ ...stageOf(anAccount()), names: [] }).filter(({ repair }) => repair);
  expect(lineOf(stray!)).toMatch(/\(ops repair mends it\)$/);
});
