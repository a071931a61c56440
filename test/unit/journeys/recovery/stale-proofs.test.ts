import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  aGrant,
  anAccount,
  anEmailUser,
  GOOD_PASSWORD,
  type Some,
} from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';
import { EMAIL, Resetter } from './resetter.ts';

const FORMER = 'former@cedargrove.example';
const OTHER_PHONE = '+12025550199';
const EXPIRED = { refused: 'FLOW_EXPIRED' };
const USER = 'user-of-account-1';

async function resetting(account: Account, email = EMAIL) {
  const backend = new Backend();
  await backend.has(account);
  // The address on record stays the account's when its owner moves to another one.
  await backend.write(backend.names.claim(FORMER, 'account-1'));
  return { backend, person: await Resetter.start(backend, email) };
}

/** A reset of an EMAIL user whose mailbox is proven, and then the account changes. */
async function provenThen(more: Some<Account>) {
  const { backend, person } = await resetting(anEmailUser());
  await person.proveEmail();
  await backend.alter('account-1', more);
  return { backend, person };
}

/** A reset whose account changes while Cognito takes the password. */
async function overtakenBy(more: Some<Account>) {
  const { backend, person } = await resetting(anEmailUser({ grants: [aGrant()] }));
  await person.proveEmail();
  backend.pool.before = async (operation) => {
    backend.pool.before = undefined;
    if (operation === 'setPassword') await backend.alter('account-1', more);
  };
  return { backend, outcome: await person.setPassword() };
}

describe('a reset by an address that the account has left', () => {
  test('gets no code, and refuses every one', async () => {
    const { backend, person } = await resetting(anEmailUser(), FORMER);
    await work(backend);
    expect(backend.eventNames()).toEqual([]);
    expect(await person.verifyEmail('123456')).toEqual({ refused: 'CODE_MISMATCH' });
  });

  test('refuses the right code, where the account has left it since the code was sent', async () => {
    const { backend, person } = await resetting(anEmailUser());
    await work(backend);
    const code = backend.email.lastCode();
    await backend.alter('account-1', { email: FORMER });
    expect(await person.verifyEmail(code)).toEqual({ refused: 'CODE_MISMATCH' });
  });

  test('is over, where the account has left it since it was proven', async () => {
    const { backend, person } = await provenThen({ email: FORMER });
    expect(await person.show()).toEqual(EXPIRED);
    expect(await person.setPassword()).toEqual(EXPIRED);
    expect(backend.pool.user(USER).password).toBe('the password before');
  });
});

describe('a reset by an address alone', () => {
  test('is over once the account has a phone', async () => {
    const { backend, person } = await provenThen({ method: 'PHONE', phone: OTHER_PHONE });
    expect(await person.setPassword()).toEqual(EXPIRED);
    expect(backend.pool.user(USER).password).toBe('the password before');
  });
});

describe('a reset whose account changes before Cognito takes the password', () => {
  test('sets nothing', async () => {
    const { backend, person } = await resetting(anEmailUser());
    await person.proveEmail();
    backend.database.beforeCommit = () => backend.alter('account-1', { email: FORMER });
    expect(await person.setPassword()).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(backend.pool.calls).not.toContain('setPassword');
  });
});

describe('a reset by a phone', () => {
  test('is over once the account has another number', async () => {
    const { backend, person } = await resetting(anAccount());
    await person.toPassword();
    await backend.alter('account-1', { phone: OTHER_PHONE });
    expect(await person.setPassword()).toEqual(EXPIRED);
    expect(backend.pool.user(USER).password).toBe('the password before');
  });

  test('goes on by the number that the account has when the channel is chosen', async () => {
    const { backend, person } = await resetting(anAccount());
    await person.proveEmail();
    await backend.alter('account-1', { phone: OTHER_PHONE });
    expect(await person.choose('SMS')).toMatchObject({ reset: { maskedPhone: '***-***-0199' } });
    await person.verifyPhone({ code: backend.text.lastCode() });
    expect(await person.setPassword()).toHaveProperty('ticket');
  });

  test('is over before the phone is proven, once the account has none', async () => {
    const { backend, person } = await resetting(anAccount());
    await person.proveEmail();
    await backend.alter('account-1', { method: 'EMAIL', phone: undefined });
    expect(await person.show()).toEqual(EXPIRED);
  });

  test('goes on once it is proven, where the account has none any more', async () => {
    const { backend, person } = await resetting(anAccount());
    await person.toPassword();
    await backend.alter('account-1', { method: 'EMAIL', phone: undefined });
    expect(await person.setPassword()).toMatchObject({ reset: { step: 'DONE' } });
  });
});

describe('a reset that is overtaken while Cognito takes the password', () => {
  test.each<[string, Some<Account>, number]>([
    ['by a revocation', { epoch: 2 }, 3],
    ['by another address', { email: FORMER }, 2],
    ['by a phone', { method: 'PHONE', phone: OTHER_PHONE }, 2],
  ])('%s is over, ends the sessions and notifies the owner', async (_, more, epoch) => {
    const { backend, outcome } = await overtakenBy(more);
    expect(outcome).toEqual(EXPIRED);
    expect(backend.pool.user(USER)).toMatchObject({ password: GOOD_PASSWORD, signOuts: 1 });
    expect(backend.eventNames()).toContain('PASSWORD_RESET_COMPLETED');
    const account = await backend.account();
    expect(account).toMatchObject({ ...more, epoch });
    for (const gone of ['passwordLease', 'grants']) expect(account).not.toHaveProperty(gone);
  });

  test('leaves a log line with the account where it cannot be recorded', async () => {
    const { backend, person } = await resetting(anEmailUser());
    await person.proveEmail();
    backend.pool.before = async () => {
      backend.pool.before = undefined;
      await backend.alter('account-1', { epoch: 2 });
      backend.database.failNext('commit', { after: 1 });
    };
    await expect(person.setPassword()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(backend.lines.lines).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        code: 'PASSWORD_NOT_RECORDED',
        account: 'account-1',
      }),
    );
  });

  test('is left to the night where the account changes at every try', async () => {
    const { backend, person } = await resetting(anEmailUser());
    await person.proveEmail();
    let epoch = 1;
    const change = async (): Promise<void> => {
      await backend.alter('account-1', { epoch: (epoch += 1) });
      backend.database.beforeCommit = change;
    };
    backend.pool.before = async () => {
      backend.pool.before = undefined;
      backend.database.beforeCommit = change;
    };
    await expect(person.setPassword()).rejects.toMatchObject({ name: 'AccountChanging' });
    backend.database.beforeCommit = undefined;
    expect(backend.lines.codes()).toContain('PASSWORD_NOT_RECORDED');
    expect(await backend.account()).toHaveProperty('passwordLease');
  });

  test('by staff who disable the account notifies the owner, and leaves it disabled', async () => {
    const { backend, outcome } = await overtakenBy({ epoch: 2, status: 'DISABLED' });
    expect(outcome).toEqual(EXPIRED);
    expect(backend.eventNames()).toContain('PASSWORD_RESET_COMPLETED');
    expect(await backend.account()).toMatchObject({ epoch: 2, status: 'DISABLED' });
  });
});
