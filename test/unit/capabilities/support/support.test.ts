import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { findPeople } from '../../../../lambdas/capabilities/support/find-people.ts';
import {
  eraseAccount,
  explain,
  recordLook,
  resendLink,
  setLegalHold,
  type SupportDeps,
  unlock,
} from '../../../../lambdas/capabilities/support/support.ts';
import { mailStaffLink } from '../../../../lambdas/capabilities/outbox/staff-link.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import { limitsOf } from '../../../../lambdas/ground/limits/budgets.rules.ts';
import { sha256 } from '../../../../lambdas/ground/platform/secrets.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  aDevice,
  anAccount,
  anEmailUser,
  anEnrolling,
  anImported,
  anInvited,
  aPasskey,
  aReset,
  HOUR,
  type SomeSettings,
} from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';
import { Resetter } from '../../journeys/recovery/resetter.ts';

const ACT = { actor: 'OPERATOR', reason: 'asked by phone' };

async function supporting(account: Account = anAccount(), some: SomeSettings = {}) {
  const backend = new Backend(some);
  await backend.has(account);
  const { names, devices, passkeys, events, outbox, pool, settings } = backend;
  const flows: SupportDeps['flows'] = new TokenFlowsStore(backend.database, 'flows');
  const deps: SupportDeps = {
    ...backend.shared,
    names,
    devices,
    passkeys,
    events,
    outbox,
    pool,
    settings,
    flows,
  };
  return { backend, deps, account };
}

describe('an explanation', () => {
  test.each([
    [anAccount(), 'Nothing stops a sign-in'],
    [anImported({ importedPassword: '$2b$05$x' }), 'username and password of the former portal'],
    [anImported({ importedPassword: undefined }), 'Mail the link again'],
    [anInvited(), 'Mail the link again'],
    [anEnrolling(), 'the registration goes on'],
    [aReset(), 'Mail the link again'],
    [anAccount({ status: 'DISABLED' }), 'enable it if it may be'],
    [anImported({ contactEmail: undefined, importedPassword: undefined }), 'Ask for an e-mail'],
  ])('says what to do next (%#)', async (user, step) => {
    const { deps, account } = await supporting(user);
    const { status, nextSteps } = await explain(deps, account);
    expect(status).toBe(account.status);
    expect(nextSteps[0]).toContain(step);
  });

  test('does not send a person to the portal login once old passwords have ended', async () => {
    const { deps, account, backend } = await supporting(
      anImported({ importedPassword: '$2b$05$x', createdAt: new Backend().now() }),
      { importedPasswordsEndAfter: 30 },
    );
    expect((await explain(deps, account)).steps[0]).toBe('FORMER_PORTAL_LOGIN');
    backend.clock.pass(30 * 24 * HOUR);
    expect((await explain(deps, account)).steps).toEqual(['MAIL_LINK']);
  });

  test('has the locks with their end, and masks what it shows', async () => {
    const { deps, account, backend } = await supporting();
    const { limits } = deps.settings;
    const endsAt = backend.now() + HOUR;
    await backend.alter(account.accountId, {
      wrongAnswers: { endsAt, count: limits.wrongAnswersPerHour },
      portalPasswordFailures: limits.wrongAnswersInARow,
    });
    const explained = await explain(deps, await backend.account());
    expect(explained.locks).toEqual([
      {
        lock: 'HOUR_OF_WRONG_CODES',
        what: expect.stringContaining('within an hour'),
        until: new Date(endsAt).toISOString(),
      },
      {
        lock: 'PORTAL_PASSWORDS',
        what: expect.stringContaining('wrong portal passwords in a row'),
      },
    ]);
    expect(explained.nextSteps[0]).toContain('unlock the account');
    expect(explained.steps).toEqual(['WAIT_OR_UNLOCK']);
    expect(JSON.stringify(explained)).not.toContain(account.email);
    expect(JSON.stringify(explained)).not.toContain(account.phone);
  });

  test('lists the last sends and sign-ins, the newest first', async () => {
    const { deps, account, backend } = await supporting();
    const { accountId } = account;
    for (const [index, event] of (['CODE_SENT', 'CALL_PLACED', 'SIGNED_IN'] as const).entries())
      await backend.write(
        backend.audit.write({ accountId, event, loginMethod: 'PHONE' }, backend.now() + index),
      );
    const { sends, signIns } = await explain(deps, account);
    expect(sends.map(({ what }) => what)).toEqual(['A call was placed.', 'A code was sent.']);
    expect(signIns).toEqual([expect.objectContaining({ loginMethod: 'PHONE' })]);
  });

  test('says why a send failed, and that mail bounced', async () => {
    const { deps, account, backend } = await supporting();
    const { accountId } = account;
    const failed = { outcome: 'DELIVERY_FAILED', factor: 'SMS', cause: 'DENIED' };
    const trail = [
      [0, { event: 'CODE_SENT', outcome: 'EMAIL', flowId: 'a' }],
      // Each send is recorded before it is tried.
      [1, { event: 'CODE_SENT', outcome: 'SMS', flowId: 'b' }],
      [1, { event: 'CODE_SENT', ...failed, flowId: 'b' }],
      [2, { event: 'EMAIL_BOUNCED', outcome: 'BOUNCE' }],
    ] as const;
    for (const [later, event] of trail)
      await backend.write(backend.audit.write({ accountId, ...event }, backend.now() + later));
    const { sends } = await explain(deps, account);
    expect(sends).toMatchObject([
      { event: 'EMAIL_BOUNCED', cause: 'BOUNCE' },
      { event: 'CODE_SENT', cause: 'DELIVERY_FAILED', factor: 'SMS', failure: 'DENIED' },
      { event: 'CODE_SENT', cause: 'EMAIL' },
    ]);
  });

  test('advises to correct an address that mail does not reach', async () => {
    const { deps, account, backend } = await supporting(anInvited());
    const address = sha256(account.contactEmail ?? '');
    await backend.alter(account.accountId, { bounced: { address, at: backend.now() } });
    const explained = await explain(deps, await backend.account(account.accountId));
    expect(explained.steps).toEqual(['CORRECT_BOUNCED_EMAIL']);
    expect(explained.nextSteps[0]).toContain('undeliverable');
  });

  test('counts passkeys and unused recovery codes', async () => {
    const { deps } = await supporting();
    const owner = anAccount({ passkeyCount: 2, recoveryCodes: ['a', 'b', 'c'] });
    expect((await explain(deps, owner)).factors).toMatchObject({ passkeys: 2, recoveryCodes: 3 });
    expect((await explain(deps, anAccount())).factors).not.toHaveProperty('passkeys');
    const spanish = anAccount({ language: 'es' });
    expect((await explain(deps, spanish)).factors).toMatchObject({ language: 'es' });
  });
});

describe('a link', () => {
  test('is mailed again once a minute, and recorded', async () => {
    const { deps, account, backend } = await supporting(anInvited());
    expect(await resendLink(deps, account, ACT, 'OPERATOR_LINK')).toBe('QUEUED');
    expect(await resendLink(deps, account, ACT, 'OPERATOR_LINK')).toBe('TOO_SOON');
    expect(backend.eventNames()).toEqual(['LINK_RESENT']);
  });

  test('is mailed sixty times within an hour at most, wherever it goes, and says so', async () => {
    const { deps, account } = await supporting(anInvited());
    for (let epoch = 1; epoch <= 60; epoch += 1)
      expect(await mailStaffLink(deps, { ...account, epoch }, 'OPERATOR_LINK')).toBe('QUEUED');
    expect(await resendLink(deps, { ...account, epoch: 61 }, ACT, 'OPERATOR_LINK')).toBe(
      'TOO_MANY',
    );
  });

  test('is not mailed where nobody would get it', async () => {
    const { deps, account, backend } = await supporting(anImported({ contactEmail: undefined }));
    expect(await resendLink(deps, account, ACT, 'OPERATOR_LINK')).toBe('NO_DESTINATION');
    expect(backend.eventNames()).toEqual([]);
  });
});

test('unlocking lifts every lock, and says by whom and why', async () => {
  const { deps, account, backend } = await supporting();
  const failures = { failuresInARow: 100, portalPasswordFailures: 100 };
  const wrongAnswers = { endsAt: backend.now() + HOUR, count: 20 };
  await backend.alter(account.accountId, { ...failures, wrongAnswers });
  expect(await unlock(deps, await backend.account(), ACT)).toBeUndefined();
  const { locks } = await explain(deps, await backend.account());
  expect(locks).toEqual([]);
  expect(backend.trail()).toMatchObject([{ event: 'ACCOUNT_UNLOCKED', ...ACT }]);
});

test('unlocking lifts the wrong codes of a password reset, which goes on with the right one', async () => {
  const most = 4;
  const { deps, account, backend } = await supporting(anEmailUser(), {
    limits: { wrongAnswersPerHour: most },
  });
  const guesser = await Resetter.start(backend);
  await work(backend);
  for (let time = 0; time < most; time += 1) await guesser.verifyEmail('000000');
  const person = await Resetter.start(backend);
  expect(await person.proveEmail()).toEqual({ refused: 'TOO_MANY_ATTEMPTS' });
  expect(await unlock(deps, await backend.account(account.accountId), ACT)).toBeUndefined();
  expect(await person.verifyEmail(backend.email.lastCode())).toMatchObject({
    reset: { step: 'SET_PASSWORD' },
  });
});

describe('portal passwords that are refused at one source', () => {
  const SOURCE = '192.0.2.7';

  async function guessed(account = anImported({ importedPassword: '$2b$05$x' })) {
    const found = await supporting(account);
    const { backend, deps } = found;
    const { accountId, username: subject } = account;
    const guess = (source: string) =>
      backend.limits.count(
        limitsOf('PORTAL_PASSWORD', { subject, source }, deps.settings),
        backend.now(),
      );
    const refuse = async (sourceAddress: string) => {
      await guess(sourceAddress);
      const event = { accountId, event: 'PORTAL_PASSWORD_REFUSED', sourceAddress } as const;
      await backend.write(backend.audit.write(event, backend.now()));
    };
    const most = deps.settings.limits.wrongCredentialsPerSubjectHour;
    for (let time = 0; time < most; time += 1) await refuse(SOURCE);
    return { ...found, guess, refuse };
  }

  test('are a lock with its end, which an unlocking lifts', async () => {
    const { backend, deps, account, guess } = await guessed();
    expect((await guess(SOURCE)).outcome).toBe('EXHAUSTED');
    const until = new Date(backend.now() + HOUR).toISOString();
    const explained = await explain(deps, account);
    expect(explained.locks).toMatchObject([{ lock: 'HOUR_OF_PORTAL_PASSWORDS', until }]);
    // The source of the guesses may be a stranger's, and another one is open.
    expect(explained.steps).toEqual(['WAIT_OR_UNLOCK', 'FORMER_PORTAL_LOGIN', 'MAIL_LINK']);
    expect(explained.nextSteps[0]).toContain(until);
    expect(explained.acts).toContain('UNLOCK');
    expect(await unlock(deps, account, ACT)).toBeUndefined();
    expect((await explain(deps, await backend.account(account.accountId))).locks).toEqual([]);
    expect((await guess(SOURCE)).outcome).toBe('DONE');
  });

  test('stay counted where the unlocking is refused', async () => {
    const { backend, deps, account, guess } = await guessed();
    await backend.alter(account.accountId, { epoch: account.epoch + 1 });
    expect(await unlock(deps, account, ACT)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(backend.eventNames(account.accountId)).not.toContain('ACCOUNT_UNLOCKED');
    expect((await guess(SOURCE)).outcome).toBe('EXHAUSTED');
  });

  test('are found behind a page of other events, and end with the hour', async () => {
    const { backend, deps, account } = await guessed();
    for (let time = 0; time < 120; time += 1) await recordLook(deps, account, ACT, 'SHOWN');
    expect((await explain(deps, account)).locks).toHaveLength(1);
    backend.clock.pass(HOUR);
    expect((await explain(deps, account)).locks).toEqual([]);
  });

  test('leave what the source may try over all usernames as it is', async () => {
    const { backend, deps, account } = await guessed();
    const all = limitsOf(
      'PORTAL_PASSWORD',
      { subject: account.username, source: SOURCE },
      deps.settings,
    ).filter(({ key }) => key.includes('#SOURCE#'));
    const [before] = await backend.limits.windows(all);
    await unlock(deps, account, ACT);
    expect(before?.count).toBeGreaterThan(0);
    expect(await backend.limits.windows(all)).toEqual([before]);
  });

  test('do not keep a registered person from signing in', async () => {
    const { deps, account } = await guessed(anAccount());
    const { locks, steps, waitUntil } = await explain(deps, account);
    expect(locks).toHaveLength(1);
    expect(steps[0]).toBe('USE_EMAIL_ADDRESS');
    expect(waitUntil).toBeUndefined();
  });

  test('do not lengthen the wait for a password that is being set', async () => {
    const { backend, deps, account } = await guessed(anAccount());
    const leaseEnds = backend.now() + 5_000;
    await backend.alter(account.accountId, { passwordLease: { id: 'a', until: leaseEnds } });
    const explained = await explain(deps, await backend.account());
    expect(explained.steps).toEqual(['WAIT_OR_UNLOCK']);
    expect(explained.waitUntil).toBe(new Date(leaseEnds).toISOString());
    expect(explained.nextSteps[0]).toContain(explained.waitUntil);
  });

  test('close the portal login longer than an hour of wrong codes that ends before', async () => {
    const { backend, deps, account } = await guessed(anEnrolling());
    const { wrongAnswersPerHour: count } = deps.settings.limits;
    const wrongAnswers = { endsAt: backend.now() + HOUR / 2, count };
    await backend.alter(account.accountId, { wrongAnswers });
    const explained = await explain(deps, await backend.account());
    expect(explained.locks).toHaveLength(2);
    expect(explained.waitUntil).toBe(new Date(backend.now() + HOUR).toISOString());
    expect(explained.nextSteps[0]).toContain(explained.waitUntil);
  });

  test('do not send a person to the portal login where a hundred in a row have closed it', async () => {
    const { backend, deps, account } = await supporting(
      anImported({ importedPassword: '$2b$05$x' }),
    );
    const { accountId } = account;
    await backend.alter(accountId, { portalPasswordFailures: 100 });
    expect((await explain(deps, await backend.account(accountId))).steps).toEqual(['MAIL_LINK']);
  });
});

test('a look is an event', async () => {
  const { deps, account, backend } = await supporting();
  await recordLook(deps, account, ACT, 'SHOWN');
  expect(backend.trail()).toMatchObject([{ event: 'LOOKED_AT', outcome: 'SHOWN', ...ACT }]);
});

describe('erasure', () => {
  test('takes the account, its address, its user and its devices, and leaves the trail', async () => {
    const { deps, account, backend } = await supporting(anEmailUser());
    const { accountId, email = '' } = account;
    const device = aDevice({ accountId });
    await backend.write({
      kind: 'put',
      table: 'rememberedDevices',
      when: [],
      item: { ...device },
    });
    expect(await eraseAccount(deps, account, ACT)).toBeUndefined();
    expect(await backend.accounts.get(accountId)).toBeUndefined();
    expect(await backend.accounts.ownerOf(email, 0)).toBeUndefined();
    expect(await backend.devices.all(accountId)).toEqual([]);
    expect(backend.eventNames(accountId)).toEqual(['STATUS_CHANGED', 'ACCOUNT_ERASED']);
    expect(JSON.stringify(backend.trail(accountId))).not.toContain(email);
  });

  test('takes passkeys, also those from before a reset, and the flows that the account refers to', async () => {
    const token = 'hash-of-the-token';
    const { deps, account, backend } = await supporting(
      anEmailUser({ passkeyEpoch: 1, registrationFlow: token, emailChange: 'hash-2' }),
    );
    const { accountId } = account;
    for (const [passkeyId, passkeyEpoch] of [
      ['before', 0],
      ['after', 1],
    ] as const)
      await backend.write(backend.passkeys.add(aPasskey({ accountId, passkeyId, passkeyEpoch })));
    for (const tokenHash of [token, 'hash-2', 'of-somebody-else'])
      await backend.write({
        kind: 'put',
        table: 'flows',
        when: [],
        item: { pk: `TOKEN#${tokenHash}`, tokenHash, email: account.email },
      });
    expect(await eraseAccount(deps, account, ACT)).toBeUndefined();
    expect(await backend.passkeys.all(accountId)).toEqual([]);
    expect(await deps.flows.get(token)).toBeUndefined();
    expect(await deps.flows.get('hash-2')).toBeUndefined();
    expect(await deps.flows.get('of-somebody-else')).toBeDefined();
  });

  test('is refused under a legal hold, also one that is placed meanwhile', async () => {
    const { deps, account, backend } = await supporting(anEmailUser({ status: 'DISABLED' }));
    await setLegalHold(deps, account, ACT, true);
    expect(await eraseAccount(deps, await backend.account(account.accountId), ACT)).toEqual({
      refused: 'LEGAL_HOLD',
    });
    expect(await eraseAccount(deps, account, ACT)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(await backend.accounts.get(account.accountId)).toBeDefined();
  });

  test('that Cognito interrupts is finished by the same call', async () => {
    const { deps, account, backend } = await supporting(
      anEmailUser({ registrationFlow: 'hash-1', emailChange: 'hash-2' }),
    );
    for (const tokenHash of ['hash-1', 'hash-2'])
      await backend.write({
        kind: 'put',
        table: 'flows',
        when: [],
        item: { pk: `TOKEN#${tokenHash}`, tokenHash, email: account.email },
      });
    backend.pool.failNext('deleteUser');
    await expect(eraseAccount(deps, account, ACT)).rejects.toThrow();
    const left = await backend.account(account.accountId);
    expect(left.status).toBe('DISABLED');
    expect(await eraseAccount(deps, left, ACT)).toBeUndefined();
    expect(await backend.accounts.get(account.accountId)).toBeUndefined();
    expect(await deps.flows.get('hash-1')).toBeUndefined();
    expect(await deps.flows.get('hash-2')).toBeUndefined();
  });
});

test('a legal hold is placed once, and released once', async () => {
  const { deps, account, backend } = await supporting();
  const refused = { refused: 'STEP_OUT_OF_ORDER' };
  expect(await setLegalHold(deps, account, ACT, false)).toEqual(refused);
  expect(await setLegalHold(deps, account, ACT, true)).toBeUndefined();
  expect(await setLegalHold(deps, account, ACT, true)).toEqual(refused);
  expect(await setLegalHold(deps, account, ACT, false)).toBeUndefined();
  expect(backend.eventNames()).toEqual(['LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED']);
});

test('a name is looked for however it is split', async () => {
  const asked: [string, string][] = [];
  const people = {
    byEmail: async () => [],
    byPhone: async () => [],
    byName: async (last: string, first: string) => {
      asked.push([last, first]);
      return [];
    },
  };
  await findPeople(people, { name: 'Ana Maria Cruz' });
  await findPeople(people, { name: 'Cruz, Ana' });
  expect(asked).toEqual([
    ['Ana Maria Cruz', ''],
    ['Maria Cruz', 'Ana'],
    ['Cruz', 'Ana Maria'],
    ['Cruz', 'Ana'],
  ]);
});
