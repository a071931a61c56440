import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import type {
  Name,
  PoolUser,
  Snapshot,
} from '../../../../lambdas/capabilities/upkeep/faults.rules.ts';
import { MOST_MENDED, sweep } from '../../../../lambdas/capabilities/upkeep/sweep.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, MINUTE } from '../../../fakes/builders.ts';

const EMAIL = 'pat@cedargrove.example';
const USERNAME = 'user-of-account-1';

/** A stage of one person, and what a look at it finds besides. */
async function stage(
  more: { names?: Name[]; users?: PoolUser[]; account?: Partial<Account> } = {},
) {
  const backend = new Backend();
  const account = await backend.has(anAccount(more.account));
  const { accountId, username } = account;
  const looks: Snapshot[] = [];
  const snapshot = async (): Promise<Snapshot> => ({
    accounts: new Map([[accountId, account]]),
    names: [
      { kind: 'USERNAME', name: username, accountId },
      { kind: 'EMAIL', name: EMAIL, accountId },
      ...(more.names ?? []),
    ],
    users: [{ username: USERNAME, email: EMAIL, accountId }, ...(more.users ?? [])],
    now: backend.now(),
  });
  const deps = {
    ...backend.shared,
    names: backend.names,
    pool: backend.pool,
    snapshot: async () => {
      const look = looks.length === 0 ? await snapshot() : (looks.shift() as Snapshot);
      return look;
    },
  };
  return { backend, deps, snapshot, looks, run: () => sweep(deps) };
}

const stray = (number: number): PoolUser => ({
  username: `stray-${number}`,
  email: `stray${number}@cedargrove.example`,
  accountId: 'gone',
});

describe('the sweep', () => {
  test('says that it found nothing', async () => {
    const { run, backend } = await stage();
    expect(await run()).toEqual({ faults: 0, mended: 0 });
    expect(backend.lines.lines).toEqual([
      { level: 'INFO', code: 'SWEPT', faults: 0, mended: 0, left: 0 },
    ]);
  });

  test('deletes a user of Cognito that no account refers to', async () => {
    const { run, backend } = await stage({ users: [stray(1)] });
    backend.pool.add({ ...stray(1), accountId: 'gone' });
    expect(await run()).toEqual({ faults: 1, mended: 1 });
    expect(backend.pool.byEmail('stray1@cedargrove.example')).toBeUndefined();
    expect(backend.lines.codes()).toEqual(['FAULT_MENDED', 'SWEPT']);
  });

  test('leaves a user whose account came back to it since, or is about to', async () => {
    const user = { username: 'second', email: 'second@cedargrove.example', accountId: 'account-1' };
    const { run, backend } = await stage({ users: [user] });
    for (const more of [
      { cognitoUsername: 'second' },
      { cognitoUsername: USERNAME, passwordLease: { id: 'l', until: backend.now() + 1 } },
    ]) {
      await backend.alter('account-1', more);
      expect(await run()).toEqual({ faults: 1, mended: 0 });
    }
    expect(backend.pool.calls).not.toContain('deleteUser');
  });

  test('moves a user whose account has another address', async () => {
    const { run, backend, snapshot, looks } = await stage();
    backend.pool.user(USERNAME).email = 'elsewhere@cedargrove.example';
    const look = await snapshot();
    const users = [
      { username: USERNAME, email: 'elsewhere@cedargrove.example', accountId: 'account-1' },
    ];
    looks.push({ ...look, users }, { ...look, users });
    expect(await run()).toEqual({ faults: 1, mended: 1 });
    expect(backend.pool.user(USERNAME).email).toBe(EMAIL);
  });

  test('leaves a user whose address somebody else has in Cognito', async () => {
    const { run, backend, snapshot, looks } = await stage();
    backend.pool.user(USERNAME).email = 'elsewhere@cedargrove.example';
    backend.pool.add({ username: 'other', email: EMAIL, accountId: 'other' });
    const users = [
      { username: USERNAME, email: 'elsewhere@cedargrove.example', accountId: 'account-1' },
    ];
    const look = { ...(await snapshot()), users };
    looks.push(look, look);
    expect(await run()).toEqual({ faults: 1, mended: 0 });
    expect(backend.lines.codes()).toEqual(['FAULT_FOUND', 'FAULTS_LEFT']);
  });

  test('gives an address back that its account does not use', async () => {
    const name = {
      kind: 'EMAIL' as const,
      name: 'held@cedargrove.example',
      accountId: 'account-1',
    };
    const { run, backend } = await stage({ names: [name] });
    await backend.write(backend.names.claim(name.name, 'account-1'));
    expect(await run()).toEqual({ faults: 1, mended: 1 });
    await backend.write(backend.names.claim(name.name, 'somebody-else'));
  });

  test("leaves an address that is somebody else's by now", async () => {
    const name = { kind: 'EMAIL' as const, name: 'held@cedargrove.example', accountId: 'gone' };
    const { run, backend } = await stage({ names: [name] });
    await backend.write(backend.names.claim(name.name, 'somebody-else'));
    expect(await run()).toEqual({ faults: 1, mended: 0 });
  });

  describe('after its looks', () => {
    const HELD = 'held@cedargrove.example';
    const held = { kind: 'EMAIL' as const, name: HELD, accountId: 'account-1' };
    const isHeld = async ({ backend }: Awaited<ReturnType<typeof stage>>) =>
      (await backend.accounts.ownerOf(HELD, backend.now())) === 'account-1';

    test('gives back an address whose claim has lapsed, and the account still intends it', async () => {
      const lapsed = { claimedUntil: 1 };
      const person = await stage({
        names: [{ ...held, ...lapsed }],
        account: { pendingEmail: HELD },
      });
      const { backend } = person;
      await backend.write(backend.names.claim(HELD, 'account-1', { until: 1 }));
      expect(await person.run()).toEqual({ faults: 1, mended: 1 });
      await backend.write(backend.names.claim(HELD, 'somebody-else'));
    });

    test('leaves an address whose claim was confirmed meanwhile', async () => {
      const person = await stage({ names: [{ ...held, claimedUntil: 1 }] });
      const { backend } = person;
      await backend.write(backend.names.claim(HELD, 'account-1'));
      await backend.alter('account-1', { email: HELD });
      expect(await person.run()).toEqual({ faults: 1, mended: 0 });
      expect(await isHeld(person)).toBe(true);
    });

    test('leaves an address that its account uses by now', async () => {
      const person = await stage({ names: [held] });
      const { backend } = person;
      await backend.write(backend.names.claim(HELD, 'account-1'));
      await backend.alter('account-1', { pendingEmail: HELD });
      expect(await person.run()).toEqual({ faults: 1, mended: 0 });
      expect(await isHeld(person)).toBe(true);
    });

    test('leaves an address that its account takes up at the same moment', async () => {
      const person = await stage({ names: [held] });
      const { backend } = person;
      await backend.write(backend.names.claim(HELD, 'account-1'));
      backend.database.beforeCommit = () => backend.alter('account-1', { email: HELD });
      expect(await person.run()).toEqual({ faults: 1, mended: 0 });
      expect(await isHeld(person)).toBe(true);
    });

    test('leaves a user whose account sets a password at another address meanwhile', async () => {
      const { run, backend, snapshot, looks } = await stage();
      const elsewhere = 'elsewhere@cedargrove.example';
      backend.pool.user(USERNAME).email = elsewhere;
      const users = [{ username: USERNAME, email: elsewhere, accountId: 'account-1' }];
      const look = { ...(await snapshot()), users };
      looks.push(look, look);
      const passwordLease = { id: 'lease', until: backend.now() + MINUTE };
      await backend.alter('account-1', { passwordLease });
      expect(await run()).toEqual({ faults: 1, mended: 0 });
      expect(backend.pool.user(USERNAME).email).toBe(elsewhere);
    });

    test('leaves a password that somebody sets meanwhile', async () => {
      const left = { passwordLease: { id: 'lease', until: 0 } };
      const { run, backend } = await stage({ account: left });
      await backend.alter('account-1', { passwordLease: { id: 'another', until: 0 } });
      expect(await run()).toEqual({ faults: 1, mended: 0 });
      expect(await backend.account()).toMatchObject({ epoch: 1 });
    });

    test('moves a user to the address that the account has by then', async () => {
      const { run, backend, snapshot, looks } = await stage();
      backend.pool.user(USERNAME).email = 'elsewhere@cedargrove.example';
      const users = [
        { username: USERNAME, email: 'elsewhere@cedargrove.example', accountId: 'account-1' },
      ];
      const look = { ...(await snapshot()), users };
      looks.push(look, look);
      await backend.alter('account-1', { email: HELD });
      expect(await run()).toEqual({ faults: 1, mended: 1 });
      expect(backend.pool.user(USERNAME).email).toBe(HELD);
    });
  });

  test('records a password that may be new: the owner is notified, and the sessions end', async () => {
    const left = { passwordLease: { id: 'lease', until: 0 } };
    const { run, backend } = await stage({ account: left });
    expect(await run()).toEqual({ faults: 1, mended: 1 });
    expect(backend.trail()).toMatchObject([
      { event: 'PASSWORD_CHANGED', outcome: 'UNCONFIRMED', actor: 'SYSTEM' },
    ]);
    const account = await backend.account();
    expect(account).toMatchObject({ epoch: 2 });
    expect(account).not.toHaveProperty('passwordLease');
  });

  test('ends the sign-outs and records the passwords of an outage, however many', async () => {
    const { run, backend, snapshot, looks } = await stage();
    const many = Array.from({ length: MOST_MENDED + 1 }, (_, number) =>
      anAccount({
        accountId: `of-an-outage-${number}`,
        username: `person${number}`,
        email: `person${number}@cedargrove.example`,
        cognitoUsername: `user-${number}`,
        passwordLease: { id: 'lease', until: 0 },
      }),
    );
    for (const account of many) {
      const { accountId, email = '', cognitoUsername: username = '' } = account;
      await backend.has(account);
      backend.pool.add({ username, email, accountId });
    }
    const look = await snapshot();
    const ofAll = (kind: 'EMAIL' | 'USERNAME') =>
      many.map(({ accountId, username, email = '' }) => ({
        kind,
        name: kind === 'EMAIL' ? email : username,
        accountId,
      }));
    const whole = {
      ...look,
      accounts: new Map([...look.accounts, ...many.map((one) => [one.accountId, one] as const)]),
      names: [...look.names, ...ofAll('EMAIL'), ...ofAll('USERNAME')],
      users: [
        ...look.users,
        ...many.map(({ accountId, email = '', cognitoUsername: username = '' }) => ({
          accountId,
          email,
          username,
        })),
      ],
    };
    looks.push(whole, whole);
    expect(await run()).toEqual({ faults: many.length, mended: many.length });
  });

  test('mends what can be mended, however much needs a person', async () => {
    const { run, backend, snapshot, looks } = await stage({ users: [stray(1)] });
    backend.pool.add({ ...stray(1), accountId: 'gone' });
    const look = await snapshot();
    const unmendable = Array.from({ length: MOST_MENDED + 5 }, (_, number) => {
      const accountId = `lost-${number}`;
      const lost = anAccount({ accountId, username: accountId, cognitoUsername: undefined });
      return [accountId, lost] as const;
    });
    const accounts = new Map([...unmendable, ...look.accounts]);
    looks.push({ ...look, accounts }, { ...look, accounts });
    const { faults, mended } = await run();
    expect(faults).toBeGreaterThan(MOST_MENDED + 5);
    expect(mended).toBe(1);
    expect(backend.pool.byEmail('stray1@cedargrove.example')).toBeUndefined();
  });

  test('claims the address of an account that nobody claims', async () => {
    const { run, backend, snapshot, looks } = await stage();
    await backend.write(backend.names.release(EMAIL, 'account-1'));
    const look = await snapshot();
    const names = look.names.filter(({ kind }) => kind === 'USERNAME');
    looks.push({ ...look, names }, { ...look, names });
    expect(await run()).toEqual({ faults: 1, mended: 1 });
    await expect(backend.write(backend.names.claim(EMAIL, 'thief', { now: 1 }))).rejects.toThrow();
  });

  test('releases a username of a former portal that names nobody', async () => {
    const name = { kind: 'LEGACY' as const, name: 'old', accountId: 'gone' };
    const { run, backend } = await stage({ names: [name] });
    await backend.write(backend.names.claimLegacy('old', 'gone'));
    expect(await run()).toEqual({ faults: 1, mended: 1 });
    await backend.write(backend.names.claimLegacy('old', 'account-1'));
  });

  test('finishes a sign-out that has been due for five minutes', async () => {
    const { run, backend, snapshot, looks } = await stage();
    const signOutDue = backend.now() - 6 * MINUTE;
    await backend.alter('account-1', { signOutDue });
    const look = await snapshot();
    const accounts = new Map([['account-1', await backend.account()]]);
    looks.push({ ...look, accounts }, { ...look, accounts });
    expect(await run()).toEqual({ faults: 1, mended: 1 });
    expect(backend.pool.user(USERNAME).signOuts).toBe(1);
    expect(await backend.account()).not.toHaveProperty('signOutDue');
  });

  test('takes no notice of what a request has finished by the second look', async () => {
    const { run, backend, snapshot, looks } = await stage({ users: [stray(1)] });
    const first = await snapshot();
    looks.push(first, { ...first, users: first.users.slice(0, 1) });
    expect(await run()).toEqual({ faults: 0, mended: 0 });
    expect(backend.pool.calls).toEqual([]);
  });

  test('leaves what only the second look sees to the next night', async () => {
    const { run, backend, snapshot, looks } = await stage({ users: [stray(1)] });
    const first = await snapshot();
    looks.push(first, { ...first, users: [...first.users.slice(0, 1), stray(2)] });
    expect(await run()).toEqual({ faults: 0, mended: 0 });
    expect(backend.pool.calls).toEqual([]);
  });

  test('leaves to a person what needs a decision, and says so', async () => {
    const { run, backend } = await stage({ users: [{ ...stray(1), accountId: undefined }] });
    expect(await run()).toEqual({ faults: 1, mended: 0 });
    expect(backend.lines.lines).toEqual([
      {
        level: 'WARN',
        code: 'FAULT_FOUND',
        fault: 'USER_NOT_OURS',
        account: undefined,
        act: undefined,
      },
      { level: 'WARN', code: 'FAULTS_LEFT', faults: 1, mended: 0, left: 1, mayMend: true },
    ]);
  });

  test('mends nothing where so much is wrong that it must be a restore', async () => {
    const users = Array.from({ length: MOST_MENDED + 1 }, (_, index) => stray(index));
    const { run, backend } = await stage({ users });
    expect(await run()).toEqual({ faults: MOST_MENDED + 1, mended: 0 });
    expect(backend.pool.calls).toEqual([]);
    expect(backend.lines.lines.at(-1)).toMatchObject({ code: 'FAULTS_LEFT', mayMend: false });
  });

  test('goes on after one that cannot be mended now, and logs the cause', async () => {
    const { run, backend } = await stage({ users: [stray(1), stray(2)] });
    backend.pool.failNext('deleteUser');
    expect(await run()).toEqual({ faults: 2, mended: 1 });
    expect(backend.lines.lines).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        code: 'FAULT_NOT_MENDED',
        account: 'gone',
        error: 'UserPoolUnavailable',
      }),
    );
  });

  test('writes no address and no name to its log', async () => {
    const name = {
      kind: 'EMAIL' as const,
      name: 'held@cedargrove.example',
      accountId: 'account-1',
    };
    const { run, backend } = await stage({ names: [name], users: [stray(1)] });
    await run();
    expect(JSON.stringify(backend.lines.lines)).not.toMatch(/@|pphone/);
  });
});
