import { describe, expect, test } from '@jest/globals';
import { unlock } from '../../../../lambdas/capabilities/accounts/staff.transitions.ts';
import { unlock as unlockAccount } from '../../../../lambdas/capabilities/support/support.ts';
import { startReset } from '../../../../lambdas/journeys/recovery/password-reset.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  aDevice,
  aGrant,
  anAccount,
  anEmailUser,
  ELSEWHERE,
  GOOD_PASSWORD,
  HOUR,
  MINUTE,
  SOURCE,
} from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';
import { SignIn } from '../sign-in/sign-in.ts';
import { depsOf, EMAIL, Resetter } from './resetter.ts';

/** Ten e-mails within an hour. */
const FEW_OF_A_SOURCE = { unprovenSendsPerSourceHour: 1 };

const OUT_OF_ORDER = { refused: 'STEP_OUT_OF_ORDER' };

async function resetting(
  account = anAccount(),
  some: ConstructorParameters<typeof Backend>[0] = {},
) {
  const backend = new Backend(some);
  await backend.has(account);
  return { backend, person: await Resetter.start(backend) };
}

describe('a password reset', () => {
  test('of a phone user goes by e-mail and phone to a ticket that signs in', async () => {
    const { backend, person } = await resetting();
    expect(await person.proveEmail()).toEqual({
      reset: {
        step: 'CHOOSE_CHANNEL',
        maskedEmail: 'p***@cedargrove.example',
        maskedPhone: '***-***-0143',
      },
    });
    expect(await person.choose('SMS')).toMatchObject({ reset: { step: 'VERIFY_PHONE' } });
    expect(await person.verifyPhone({ code: backend.text.lastCode() })).toMatchObject({
      reset: { step: 'SET_PASSWORD' },
    });
    const done = await person.setPassword();
    expect(done).toMatchObject({ reset: { step: 'DONE' }, ticket: expect.any(String) });
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer({ ticket: (done as { ticket: string }).ticket })).toBe(true);
    expect(backend.eventNames().slice(0, 6)).toEqual([
      'CODE_SENT',
      'PASSWORD_RESET_STARTED',
      'EMAIL_VERIFIED',
      'CODE_SENT',
      'PHONE_VERIFIED',
      'PASSWORD_RESET_COMPLETED',
    ]);
  });

  test('of an e-mail user goes from the code to the password', async () => {
    const { person } = await resetting(anEmailUser());
    expect(await person.proveEmail()).toMatchObject({ reset: { step: 'SET_PASSWORD' } });
    expect(await person.setPassword()).toMatchObject({ reset: { step: 'DONE' } });
  });

  test('goes by a call that is confirmed, once', async () => {
    const { backend, person } = await resetting();
    await person.proveEmail();
    await person.choose('CALL');
    expect(await person.verifyPhone({ call: 'CONFIRMED' })).toEqual({
      refused: 'CALL_NOT_CONFIRMED',
    });
    await backend.press('CONFIRMED');
    const confirmed = { call: 'CONFIRMED' } as const;
    const outcomes = await Promise.all([
      person.verifyPhone(confirmed),
      person.verifyPhone(confirmed),
    ]);
    expect(outcomes.filter((outcome) => 'reset' in outcome)).toHaveLength(1);
  });

  test('ends every session, device, grant and lock', async () => {
    const { backend, person } = await resetting(
      anAccount({
        failuresInARow: 100,
        wrongAnswers: { endsAt: 9e15, count: 20 },
        grants: [aGrant()],
      }),
    );
    await backend.write({
      kind: 'put',
      table: 'rememberedDevices',
      when: [],
      item: { ...aDevice({ expiresAt: 9e15 }) },
    });
    await person.toPassword();
    await person.setPassword();
    const account = await backend.account();
    expect(account).toMatchObject({ epoch: 2, failuresInARow: 0, validAfter: backend.now() });
    for (const gone of ['wrongAnswers', 'grants', 'passwordLease', 'signOutDue'])
      expect(account).not.toHaveProperty(gone);
    expect(await backend.devices.list(account, backend.now())).toEqual([]);
    expect(backend.pool.user('user-of-account-1')).toMatchObject({
      signOuts: 1,
      password: GOOD_PASSWORD,
    });
  });

  test('closes the sign-ins that the former password opened', async () => {
    const { backend, person } = await resetting();
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'EMAIL' });
    const code = backend.email.lastCode();
    await person.toPassword();
    await person.setPassword();
    expect(await signIn.answer({ code })).toBe(false);
    expect(await signIn.answer({ code })).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
  });

  test('cannot be finished by a phone user without the phone', async () => {
    const { person } = await resetting();
    expect(await person.setPassword()).toEqual(OUT_OF_ORDER);
    await person.proveEmail();
    expect(await person.setPassword()).toEqual(OUT_OF_ORDER);
    expect(await person.verifyPhone({ code: '123456' })).toEqual(OUT_OF_ORDER);
    await person.choose('SMS');
    expect(await person.setPassword()).toEqual(OUT_OF_ORDER);
  });

  test('shows the phone only once the mailbox is proven', async () => {
    const { person } = await resetting();
    const before = await person.show();
    expect(before).toMatchObject({ reset: { step: 'VERIFY_EMAIL' } });
    expect(before).not.toHaveProperty('reset.maskedPhone');
  });

  test('has no call where the stage has no Connect', async () => {
    const { person } = await resetting(anAccount(), { connect: undefined });
    await person.proveEmail();
    expect(await person.choose('CALL')).toEqual({ refused: 'PHONE_NOT_ALLOWED' });
  });
});

describe('a reset of an unknown address', () => {
  const UNKNOWN = 'nobody@cedargrove.example';

  test('looks like one of a known address, at every step', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const shown = async (email: string) => {
      const person = await Resetter.start(backend, email);
      const sent = await work(backend);
      const wrong = [];
      for (let time = 1; time <= 6; time += 1) wrong.push(await person.verifyEmail('000000'));
      const { reset } = (await person.show()) as { reset: { code: object } };
      return { sent, rest: [wrong, reset.code] };
    };
    const [known, unknown] = [await shown(EMAIL), await shown(UNKNOWN)];
    expect(unknown.rest).toEqual(known.rest);
    expect([known.sent, unknown.sent]).toEqual(['SENT', 'NOTHING_TO_SEND']);
  });

  test('sends nothing and is a mismatch whatever is entered', async () => {
    const backend = new Backend();
    const person = await Resetter.start(backend, UNKNOWN);
    await work(backend);
    expect(backend.email.sent).toEqual([]);
    expect(await person.verifyEmail('')).toEqual({ refused: 'CODE_MISMATCH' });
    expect(await person.verifyEmail('123456')).toEqual({ refused: 'CODE_MISMATCH' });
  });

  test('ages as one of a known address: an hour, then a day, then it is unknown', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const people = [await Resetter.start(backend, EMAIL), await Resetter.start(backend, UNKNOWN)];
    const ages = [];
    for (const age of [HOUR - 1, 1, 24 * HOUR - 1, 1]) {
      backend.clock.pass(age);
      ages.push(await Promise.all(people.map((person) => person.show())));
    }
    expect(ages.map(([one]) => Object.keys(one ?? {})[0])).toEqual([
      'reset',
      'refused',
      'refused',
      'refused',
    ]);
    expect(ages.slice(1).map(([one]) => one)).toEqual([
      { refused: 'FLOW_EXPIRED' },
      { refused: 'FLOW_EXPIRED' },
      { refused: 'TOKEN_INVALID' },
    ]);
    for (const [known, unknown] of ages.slice(1)) expect(unknown).toEqual(known);
  });

  test('goes on through a revocation of the account, as one of an unknown address does', async () => {
    const { backend, person } = await resetting();
    await work(backend);
    await backend.alter('account-1', { epoch: 2 });
    expect(await person.show()).toMatchObject({ reset: { step: 'VERIFY_EMAIL' } });
  });

  test('of an account that is not ACTIVE is one of nobody', async () => {
    const { backend } = await resetting(anAccount({ status: 'RESET' }));
    expect(await work(backend)).toBe('NOTHING_TO_SEND');
  });
});

describe('the limits of a reset', () => {
  test('bound the requests of a source, and not those of others', async () => {
    const backend = new Backend({ limits: { requestsPerSourceQuarterHour: 1 } });
    await Resetter.start(backend);
    expect(await startReset(depsOf(backend), EMAIL, { source: SOURCE })).toEqual({
      refused: 'RATE_LIMITED',
      retryAfterSeconds: 900,
    });
    expect(await startReset(depsOf(backend), EMAIL, { source: ELSEWHERE })).toHaveProperty(
      'flowToken',
    );
  });

  test('do not show where the mails of an address are spent: the flow opens, nothing is sent', async () => {
    const backend = new Backend({ limits: { emailSendsPerQuarterHour: 1 } });
    await Resetter.start(backend);
    await Resetter.start(backend);
    expect(backend.outbox.messages).toHaveLength(1);
  });

  test('spend nothing of what a source has sent for addresses that no account has', async () => {
    const { backend } = await resetting(anEmailUser(), { limits: FEW_OF_A_SOURCE });
    for (let time = 1; time <= 30; time += 1)
      await Resetter.start(backend, `nobody${time}@elsewhere.example`);
    await Resetter.start(backend);
    await work(backend);
    expect(backend.email.sent).toHaveLength(1);
  });

  test('end what a source has sent, silently, with the hour', async () => {
    const limits = { ...FEW_OF_A_SOURCE, emailSendsPerQuarterHour: 50, unprovenSendsPerDay: 100 };
    const { backend } = await resetting(anEmailUser(), { limits });
    const begin = async () => {
      await Resetter.start(backend);
      await work(backend);
    };
    for (let time = 1; time <= 11; time += 1) await begin();
    expect(backend.email.sent).toHaveLength(10);
    backend.clock.pass(HOUR);
    await begin();
    expect(backend.email.sent).toHaveLength(11);
  });

  test('count the wrong codes of an address alike once staff have unlocked its account', async () => {
    const { backend } = await resetting(anEmailUser(), { limits: { wrongAnswersPerHour: 5 } });
    await backend.write(backend.accounts.apply(await backend.account(), unlock()));
    const sent = await Resetter.start(backend);
    await work(backend);
    for (let time = 1; time <= 5; time += 1) await sent.verifyEmail('000000');
    const unsent = await Resetter.start(backend);
    expect(await unsent.verifyEmail('000000')).toEqual({ refused: 'TOO_MANY_ATTEMPTS' });
  });

  test('end for the right code, too, until staff unlock the account', async () => {
    const { backend } = await resetting(anEmailUser(), { limits: { wrongAnswersPerHour: 5 } });
    const guesser = await Resetter.start(backend);
    await work(backend);
    for (let time = 1; time <= 5; time += 1) await guesser.verifyEmail('000000');
    const owner = await Resetter.start(backend);
    expect(await owner.proveEmail()).toEqual({ refused: 'TOO_MANY_ATTEMPTS' });
    const deps = { ...backend.shared, events: backend.events, settings: backend.settings };
    await unlockAccount(deps, await backend.account(), { actor: 'OPERATOR' });
    expect(await owner.verifyEmail(backend.email.lastCode())).toHaveProperty('reset');
  });

  test('count wrong codes by address for an hour, over flows, and a right one takes its count back', async () => {
    const { backend } = await resetting(anEmailUser(), { limits: { wrongAnswersPerHour: 5 } });
    const first = await Resetter.start(backend);
    for (let time = 1; time <= 5; time += 1) await first.verifyEmail('000000');
    const second = await Resetter.start(backend);
    await work(backend);
    const code = backend.email.lastCode();
    expect(await second.verifyEmail(code)).toEqual({ refused: 'TOO_MANY_ATTEMPTS' });
    backend.clock.pass(HOUR);
    const third = await Resetter.start(backend);
    expect(await third.proveEmail()).toHaveProperty('reset');
  });

  test('of sign-in codes begin anew with a completed reset', async () => {
    const { backend, person } = await resetting(anEmailUser(), {
      limits: { emailSendsPerQuarterHour: 1 },
    });
    const before = await SignIn.afterPassword(backend);
    await before.answer({ factor: 'EMAIL' });
    await person.proveEmail();
    await person.setPassword();
    const after = await SignIn.afterPassword(backend);
    await after.answer({ factor: 'EMAIL' });
    expect(after.parameters).not.toHaveProperty('reason');
  });
});

describe('a reset, when something changes or fails', () => {
  test('ends with the epoch of the account once the mailbox is proven', async () => {
    const { backend, person } = await resetting();
    await person.proveEmail();
    await backend.alter('account-1', { epoch: 2, validAfter: backend.now() });
    expect(await person.show()).toEqual({ refused: 'FLOW_EXPIRED' });
  });

  test('ends where the callee presses 9', async () => {
    const { backend, person } = await resetting();
    await person.proveEmail();
    await person.choose('CALL');
    await backend.press('DENIED');
    expect(await person.show()).toEqual({ refused: 'FLOW_EXPIRED' });
  });

  test('is refused a call while another flow has the number', async () => {
    const { backend, person } = await resetting();
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'CALL' });
    await person.proveEmail();
    expect(await person.choose('CALL')).toEqual({
      refused: 'CALL_IN_PROGRESS',
      retryAfterSeconds: 120,
    });
  });

  test('takes the password of one of two requests at once, and Cognito keeps that one', async () => {
    const { backend, person } = await resetting();
    await person.toPassword();
    const [one, other] = ['quartz-lantern-47-otter', 'violet-harbour-93-finch'];
    const outcomes = await Promise.all([person.setPassword(one), person.setPassword(other)]);
    const kept = outcomes.map((outcome) => 'ticket' in outcome);
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(backend.pool.user('user-of-account-1').password).toBe(kept[0] === true ? one : other);
  });

  test('takes another password at once where Cognito refuses the first', async () => {
    const { person } = await resetting(anEmailUser());
    await person.proveEmail();
    expect(await person.setPassword('refused by Cognito')).toEqual({ refused: 'PASSWORD_INVALID' });
    expect(await person.setPassword()).toHaveProperty('ticket');
  });

  test('takes the same password again where Cognito failed, before or after its effect', async () => {
    for (const afterEffect of [false, true]) {
      const { backend, person } = await resetting(anEmailUser());
      await person.proveEmail();
      backend.pool.failNext('setPassword', { afterEffect });
      await expect(person.setPassword()).rejects.toMatchObject({ name: 'UserPoolUnavailable' });
      expect(await backend.account()).toMatchObject({ epoch: 1 });
      expect(await person.setPassword()).toHaveProperty('ticket');
    }
  });

  test('goes on at the repeat where any commit failed before its effect', async () => {
    for (let after = 0; after < 2; after += 1) {
      const { backend, person } = await resetting(anEmailUser());
      await person.proveEmail();
      backend.database.failNext('commit', { after });
      await expect(person.setPassword()).rejects.toMatchObject({ name: 'StoreUnavailable' });
      expect(await backend.account()).toMatchObject({ epoch: 1 });
      expect(await person.setPassword()).toHaveProperty('ticket');
    }
  });

  test('is complete where Cognito does not sign out: that stays due', async () => {
    const { backend, person } = await resetting(anEmailUser());
    await person.proveEmail();
    backend.pool.failNext('signOutEverywhere');
    expect(await person.setPassword()).toHaveProperty('ticket');
    expect(await backend.account()).toMatchObject({ signOutDue: backend.now() });
  });

  test('is an outage where the queue takes nothing, and starts at the repeat', async () => {
    const backend = new Backend();
    backend.outbox.failNext('put');
    await expect(Resetter.start(backend)).rejects.toMatchObject({ name: 'QueueUnavailable' });
    await Resetter.start(backend);
    expect(backend.outbox.messages).toHaveLength(1);
  });

  test('keeps its step where the text is not taken', async () => {
    const { backend, person } = await resetting();
    await person.proveEmail();
    backend.text.failNext('send');
    expect(await person.choose('SMS')).toEqual({ refused: 'DELIVERY_FAILED' });
    expect(await person.show()).toMatchObject({ reset: { step: 'CHOOSE_CHANNEL' } });
  });

  test('takes no code that has expired', async () => {
    const { backend, person } = await resetting();
    await work(backend);
    backend.clock.pass(10 * MINUTE);
    expect(await person.verifyEmail(backend.email.lastCode())).toEqual({ refused: 'CODE_EXPIRED' });
  });
});
