import { describe, expect, test } from '@jest/globals';
import { mailStaffLink } from '../../../../lambdas/capabilities/outbox/staff-link.ts';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import {
  correctEmail,
  type ManageDeps,
  resetRegistration,
  setRole,
  setStatus,
} from '../../../../lambdas/capabilities/management/manage-users.ts';
import type { Actor } from '../../../../lambdas/capabilities/management/users.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  anAccount,
  anEnrolling,
  anImported,
  anInvited,
  aReset,
  HOUR,
  MINUTE,
  PROVIDER,
  SOURCE,
} from '../../../fakes/builders.ts';

const ADMIN: Actor = { accountId: 'admin-1', npi: PROVIDER.npi, ...SOURCE };
const OPERATOR: Actor = { accountId: 'OPERATOR', npi: 'ALL' };

async function managing(account: Account = anAccount()) {
  const backend = new Backend();
  await backend.has(account);
  const { marks, outbox, pool, settings } = backend;
  const deps: ManageDeps = { ...backend.shared, marks, outbox, pool, settings };
  return { backend, deps, account };
}

describe('the reset of a registration', () => {
  test.each([anAccount(), anEnrolling()])(
    'of an account that is $status ends everything it has open, and a link is on its way',
    async (user) => {
      const { backend, deps, account } = await managing(user);
      expect(
        await resetRegistration(deps, ADMIN, account, { reason: 'lost phone' }),
      ).toBeUndefined();
      expect(await backend.account()).toMatchObject({ status: 'RESET', epoch: 2 });
      expect(backend.outbox.messages).toMatchObject([
        { kind: 'LINK', epoch: 2, lane: 'ADMIN_LINK' },
      ]);
      expect(backend.pool.user('user-of-account-1').signOuts).toBe(1);
      expect(backend.trail()).toMatchObject([
        {
          event: 'REGISTRATION_RESET',
          outcome: 'RESET',
          actor: 'admin-1',
          reason: 'lost phone',
          ...SOURCE,
        },
      ]);
    },
  );

  test.each([anInvited(), anImported(), aReset()])(
    'of an account that is $status sends a link and changes nothing',
    async (user) => {
      const { backend, deps, account } = await managing(user);
      await resetRegistration(deps, ADMIN, account);
      expect(await backend.account()).toEqual(account);
      expect(backend.outbox.messages).toMatchObject([{ kind: 'LINK', epoch: 1 }]);
      expect(backend.trail()).toMatchObject([{ outcome: 'LINK_ONLY' }]);
    },
  );

  test('mails the link of a new epoch within the minute, because the one before has ended', async () => {
    const { backend, deps, account } = await managing(anEnrolling());
    await mailStaffLink(deps, account, 'ADMIN_LINK');
    await resetRegistration(deps, ADMIN, account);
    expect(backend.outbox.messages).toMatchObject([{ epoch: 1 }, { epoch: 2 }]);
  });

  test('sends one link a minute', async () => {
    const { backend, deps, account } = await managing(anInvited());
    await resetRegistration(deps, ADMIN, account);
    await resetRegistration(deps, ADMIN, account);
    expect(backend.outbox.messages).toHaveLength(1);
    backend.clock.pass(MINUTE);
    await resetRegistration(deps, ADMIN, account);
    expect(backend.outbox.messages).toHaveLength(2);
  });

  test('of oneself, and of an account that is disabled, is refused', async () => {
    const own = await managing(anAccount({ accountId: 'admin-1' }));
    expect(await resetRegistration(own.deps, ADMIN, own.account)).toEqual({
      refused: 'SELF_RESET',
    });
    const disabled = await managing(anAccount({ status: 'DISABLED' }));
    expect(await resetRegistration(disabled.deps, ADMIN, disabled.account)).toEqual({
      refused: 'ACCOUNT_DISABLED',
    });
  });

  test('by an operator spends the links of operators', async () => {
    const { backend, deps, account } = await managing(anInvited());
    await resetRegistration(deps, OPERATOR, account);
    expect(backend.outbox.messages).toMatchObject([{ lane: 'OPERATOR_LINK' }]);
  });

  test('of an account that changed meanwhile is refused, and nothing is sent', async () => {
    const { backend, deps, account } = await managing();
    await backend.alter('account-1', { epoch: 2 });
    expect(await resetRegistration(deps, ADMIN, account)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(backend.outbox.messages).toEqual([]);
  });

  test('is made once by two requests at once', async () => {
    const { backend, deps, account } = await managing();
    const outcomes = await Promise.all([
      resetRegistration(deps, ADMIN, account),
      resetRegistration(deps, ADMIN, account),
    ]);
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(await backend.account()).toMatchObject({ epoch: 2 });
  });

  test('counts where Cognito does not sign out: that stays due', async () => {
    const { backend, deps, account } = await managing();
    backend.pool.failNext('signOutEverywhere');
    await resetRegistration(deps, ADMIN, account);
    expect(await backend.account()).toMatchObject({ status: 'RESET', signOutDue: backend.now() });
    expect(backend.outbox.messages).toHaveLength(1);
  });
});

describe('the same request for a reset again', () => {
  const KEY = { idempotencyKey: 'key-1' };

  test('does nothing where the first one did everything', async () => {
    const { backend, deps, account } = await managing();
    await resetRegistration(deps, ADMIN, account, KEY);
    backend.clock.pass(MINUTE);
    expect(await resetRegistration(deps, ADMIN, await backend.account(), KEY)).toBeUndefined();
    expect(await backend.account()).toMatchObject({ epoch: 2 });
    expect(backend.outbox.messages).toHaveLength(1);
    expect(backend.eventNames()).toEqual(['REGISTRATION_RESET']);
  });

  test('sends the link that the queue did not take, and resets nothing a second time', async () => {
    const { backend, deps, account } = await managing();
    backend.outbox.failNext('put');
    await expect(resetRegistration(deps, ADMIN, account, KEY)).rejects.toMatchObject({
      name: 'QueueUnavailable',
    });
    expect(await resetRegistration(deps, ADMIN, await backend.account(), KEY)).toBeUndefined();
    expect(await backend.account()).toMatchObject({ epoch: 2 });
    expect(backend.outbox.messages).toMatchObject([{ epoch: 2 }]);
  });

  test('finishes the sign-out that Cognito did not take', async () => {
    const { backend, deps, account } = await managing();
    backend.pool.failNext('signOutEverywhere');
    backend.outbox.failNext('put');
    await expect(resetRegistration(deps, ADMIN, account, KEY)).rejects.toThrow();
    await resetRegistration(deps, ADMIN, await backend.account(), KEY);
    expect(await backend.account()).not.toHaveProperty('signOutDue');
  });

  test('goes on where the answer of the reset was lost', async () => {
    const { backend, deps, account } = await managing();
    backend.database.failNext('commit', { afterEffect: true });
    await expect(resetRegistration(deps, ADMIN, account, KEY)).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(await backend.account()).toMatchObject({ status: 'RESET', epoch: 2 });
    await resetRegistration(deps, ADMIN, await backend.account(), KEY);
    expect(await backend.account()).toMatchObject({ epoch: 2 });
    expect(backend.outbox.messages).toHaveLength(1);
  });

  test('of another admin, or for another user, is another request', async () => {
    const { backend, deps, account } = await managing(anInvited());
    await resetRegistration(deps, ADMIN, account, KEY);
    await resetRegistration(deps, { ...ADMIN, accountId: 'admin-2' }, account, KEY);
    expect(backend.eventNames()).toHaveLength(2);
  });
});

describe('the correction of an address on record', () => {
  const correct = (deps: ManageDeps, account: Account, email = 'right@cedargrove.example') =>
    correctEmail(deps, ADMIN, account, { email });

  test('of an incomplete registration starts it over: its sessions and its password end', async () => {
    const { backend, deps, account } = await managing(anEnrolling());
    expect(await correct(deps, account)).toMatchObject({ status: 'RESET' });
    const { epoch, recordEmail } = await backend.account();
    expect({ epoch, recordEmail }).toEqual({
      epoch: account.epoch + 1,
      recordEmail: 'right@cedargrove.example',
    });
    expect(backend.eventNames()).toEqual(['CONTACT_EMAIL_CHANGED', 'REGISTRATION_RESET']);
    expect(backend.outbox.messages).toHaveLength(1);
  });

  test('of an incomplete registration to the address that it verified leaves it as it is', async () => {
    const { backend, deps, account } = await managing(anEnrolling());
    await backend.alter('account-1', { recordEmail: 'former@cedargrove.example' });
    const verified = account.email ?? '';
    expect(await correct(deps, await backend.account(), verified)).toMatchObject({
      status: 'ENROLLING',
    });
    expect(backend.eventNames()).toEqual(['CONTACT_EMAIL_CHANGED']);
  });

  test.each([anInvited(), anImported(), aReset()])(
    'of an account that is $status ends its link and mails a new one there',
    async (user) => {
      const { backend, deps, account } = await managing(user);
      await backend.alter('account-1', { registrationLink: 'former', registrationFlow: 'former' });
      expect(await correct(deps, account)).toMatchObject({
        maskedEmail: 'r***@cedargrove.example',
        status: account.status,
      });
      const after = await backend.account();
      expect(after).toMatchObject({
        recordEmail: 'right@cedargrove.example',
        replacedEmails: [{ email: 'pat@cedargrove.example', at: backend.now() }],
      });
      expect(after).not.toHaveProperty('registrationLink');
      expect(after).not.toHaveProperty('registrationFlow');
      expect(backend.outbox.messages).toHaveLength(1);
    },
  );

  test('and back within the minute mails a link each time, because the former one has ended', async () => {
    const { backend, deps, account } = await managing(anInvited());
    for (const to of ['right', 'wrong', 'right'])
      await correct(deps, await backend.account(account.accountId), `${to}@cedargrove.example`);
    expect(backend.outbox.messages).toHaveLength(3);
  });

  test('to what it is already mails the link again and notifies nobody', async () => {
    const { backend, deps, account } = await managing(anInvited());
    await correct(deps, account, account.contactEmail);
    expect(backend.outbox.messages).toHaveLength(1);
    expect((await backend.account()).replacedEmails).toEqual([]);
  });

  test('twice before anybody is notified keeps both of the former addresses', async () => {
    const { backend, deps, account } = await managing(anInvited());
    await correct(deps, account, 'first@elsewhere.example');
    backend.clock.pass(1);
    await correct(deps, await backend.account(), 'second@elsewhere.example');
    const { replacedEmails } = await backend.account();
    expect(replacedEmails?.map(({ email }) => email)).toEqual([
      'pat@cedargrove.example',
      'first@elsewhere.example',
    ]);
    backend.clock.pass(24 * HOUR + 1);
    await correct(deps, await backend.account(), 'third@elsewhere.example');
    expect((await backend.account()).replacedEmails).toHaveLength(1);
  });

  test('is refused where another one has moved the address meanwhile', async () => {
    const { deps, account } = await managing(anInvited());
    await correct(deps, account, 'first@elsewhere.example');
    expect(await correct(deps, account, 'second@elsewhere.example')).toEqual({
      refused: 'STEP_OUT_OF_ORDER',
    });
  });

  test.each([OPERATOR, ADMIN])('within the minute mails the new address (%#)', async (actor) => {
    const { backend, deps, account } = await managing(anInvited());
    await mailStaffLink(deps, account, 'OPERATOR_LINK');
    await correctEmail(deps, actor, account, { email: 'right@cedargrove.example' });
    expect(backend.outbox.messages).toHaveLength(2);
  });

  test.each([
    [anAccount(), 'ALREADY_REGISTERED'],
    [anAccount({ status: 'DISABLED' }), 'ACCOUNT_DISABLED'],
  ])('of an account that is $status is refused', async (user, refused) => {
    const { deps, account } = await managing(user);
    expect(await correct(deps, account)).toEqual({ refused });
  });

  test('to an address of employees is refused', async () => {
    const { deps, account } = await managing(anInvited());
    expect(await correct(deps, account, 'a@portal-staff.example')).toEqual({
      refused: 'WORKFORCE_EMAIL',
    });
  });

  test('of an account that changed meanwhile is refused', async () => {
    const { backend, deps, account } = await managing(anInvited());
    await backend.alter('account-1', { status: 'ENROLLING' });
    expect(await correct(deps, account)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(backend.outbox.messages).toEqual([]);
  });

  test('may be repeated where the queue did not take the link', async () => {
    const { backend, deps, account } = await managing(anInvited());
    backend.outbox.failNext('put');
    await expect(correct(deps, account)).rejects.toMatchObject({ name: 'QueueUnavailable' });
    await correct(deps, await backend.account());
    expect(backend.outbox.messages).toHaveLength(1);
  });
});

describe('the status of a user', () => {
  const set = (deps: ManageDeps, account: Account, status: 'DISABLED' | 'ENABLED') =>
    setStatus(deps, ADMIN, account, { status });

  test('DISABLED ends the sessions and remembers what the account was', async () => {
    const { backend, deps, account } = await managing();
    expect(await set(deps, account, 'DISABLED')).toMatchObject({ status: 'DISABLED' });
    expect(await backend.account()).toMatchObject({ statusBefore: 'ACTIVE', epoch: 2 });
    expect(backend.pool.user('user-of-account-1').signOuts).toBe(1);
  });

  test('ENABLED makes it again what it was, without its former sessions', async () => {
    const { backend, deps, account } = await managing(
      anAccount({ status: 'DISABLED', statusBefore: 'ENROLLING' }),
    );
    expect(await set(deps, account, 'ENABLED')).toMatchObject({ status: 'ENROLLING' });
    expect(await backend.account()).toMatchObject({ status: 'ENROLLING', epoch: 2 });
    expect(await backend.account()).not.toHaveProperty('statusBefore');
  });

  test('that the account already has changes nothing and records no event', async () => {
    const { backend, deps, account } = await managing();
    expect(await set(deps, account, 'ENABLED')).toMatchObject({ status: 'ACTIVE' });
    expect(backend.trail()).toEqual([]);
    expect(await backend.account()).toEqual(account);
  });

  test('of oneself is refused', async () => {
    const { deps, account } = await managing(anAccount({ accountId: 'admin-1' }));
    expect(await set(deps, account, 'DISABLED')).toEqual({ refused: 'FORBIDDEN' });
  });

  test('of an account that changed meanwhile is refused', async () => {
    const { backend, deps, account } = await managing();
    await backend.alter('account-1', { epoch: 2 });
    expect(await set(deps, account, 'DISABLED')).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
  });
});

describe('the role of a user', () => {
  test('counts at once: tokens of the old one end', async () => {
    const { backend, deps, account } = await managing();
    const changed = await setRole(deps, OPERATOR, account, { role: 'ADMIN' });
    expect(changed).toMatchObject({ role: 'ADMIN' });
    expect(await backend.account()).toMatchObject({ role: 'ADMIN', epoch: 2 });
    expect(backend.trail()).toMatchObject([
      { event: 'ROLE_CHANGED', outcome: 'ADMIN', actor: 'OPERATOR' },
    ]);
  });

  test('that the user has already changes nothing', async () => {
    const { backend, deps, account } = await managing();
    await setRole(deps, OPERATOR, account, { role: 'STANDARD' });
    expect(await backend.account()).toEqual(account);
  });

  test('of an account that changed meanwhile is refused', async () => {
    const { backend, deps, account } = await managing();
    await backend.alter('account-1', { epoch: 2 });
    expect(await setRole(deps, OPERATOR, account, { role: 'ADMIN' })).toEqual({
      refused: 'STEP_OUT_OF_ORDER',
    });
  });
});
