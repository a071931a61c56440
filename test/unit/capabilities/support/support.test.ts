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
import { subjectOfResets } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import { sha256 } from '../../../../lambdas/ground/platform/secrets.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  aDevice,
  anAccount,
  anEmailUser,
  anEnrolling,
  anImported,
  anInvited,
  aReset,
  HOUR,
} from '../../../fakes/builders.ts';

const ACT = { actor: 'OPERATOR', reason: 'asked by phone' };

async function supporting(account: Account = anAccount()) {
  const backend = new Backend();
  await backend.has(account);
  const { names, devices, events, outbox, pool, settings } = backend;
  const flows: SupportDeps['flows'] = new TokenFlowsStore(backend.database, 'flows');
  const deps: SupportDeps = {
    ...backend.shared,
    ...{ names, devices, events, outbox, pool, settings, flows },
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

  test('says why a send failed, and that mail came back', async () => {
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

  test('has another address corrected where mail comes back', async () => {
    const { deps, account, backend } = await supporting(anInvited());
    const address = sha256(account.contactEmail ?? '');
    await backend.alter(account.accountId, { bounced: { address, at: backend.now() } });
    const explained = await explain(deps, await backend.account(account.accountId));
    expect(explained.steps).toEqual(['CORRECT_BOUNCED_EMAIL']);
    expect(explained.nextSteps[0]).toContain('comes back');
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
  expect(subjectOfResets('pat@x.example', await backend.account())).not.toBe(
    subjectOfResets('pat@x.example', account),
  );
  expect(backend.trail()).toMatchObject([{ event: 'ACCOUNT_UNLOCKED', ...ACT }]);
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
      ...{ kind: 'put', table: 'rememberedDevices', when: [] },
      item: { ...device },
    });
    expect(await eraseAccount(deps, account, ACT)).toBeUndefined();
    expect(await backend.accounts.get(accountId)).toBeUndefined();
    expect(await backend.accounts.ownerOf(email, 0)).toBeUndefined();
    expect(await backend.devices.all(accountId)).toEqual([]);
    expect(backend.eventNames(accountId)).toEqual(['STATUS_CHANGED', 'ACCOUNT_ERASED']);
    expect(JSON.stringify(backend.trail(accountId))).not.toContain(email);
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
    const { deps, account, backend } = await supporting(anEmailUser());
    backend.pool.failNext('deleteUser');
    await expect(eraseAccount(deps, account, ACT)).rejects.toThrow();
    const left = await backend.account(account.accountId);
    expect(left.status).toBe('DISABLED');
    expect(await eraseAccount(deps, left, ACT)).toBeUndefined();
    expect(await backend.accounts.get(account.accountId)).toBeUndefined();
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
