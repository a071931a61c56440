import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import {
  aReset,
  anAccount,
  anEnrolling,
  anImported,
  anInvited,
  GOOD_PASSWORD,
  type SomeSettings,
} from '../../../fakes/builders.ts';
import { SignIn } from '../sign-in/sign-in.ts';
import { Registrant } from './registrant.ts';

async function registering(account = anInvited(), some: SomeSettings = {}) {
  const backend = new Backend(some);
  await backend.has(account);
  return { backend, person: await Registrant.byLink(backend) };
}

const OUT_OF_ORDER = { refused: 'STEP_OUT_OF_ORDER' };
const secret = expect.stringMatching(/^[\w-]{43}$/);

describe('a registration by e-mail', () => {
  test('goes from the method to DONE, and its ticket signs in at once', async () => {
    const { backend, person } = await registering();
    expect(await person.show()).toEqual({ registration: { step: 'CHOOSE_METHOD' } });
    expect(await person.choose('EMAIL')).toMatchObject({ registration: { step: 'ENTER_EMAIL' } });
    expect(await person.enterEmail()).toMatchObject({
      registration: {
        step: 'VERIFY_EMAIL',
        maskedEmail: 'p***@cedargrove.example',
        code: { attemptsLeft: 5, expiresAt: '2026-10-05T12:10:00.000Z' },
      },
    });
    expect(await person.verifyEmail()).toEqual({
      registration: {
        step: 'SET_PASSWORD',
        method: 'EMAIL',
        maskedEmail: 'p***@cedargrove.example',
      },
    });
    const done = await person.setPassword();
    expect(done).toEqual({
      registration: { step: 'DONE', method: 'EMAIL', maskedEmail: 'p***@cedargrove.example' },
      ticket: secret,
      email: 'pat@cedargrove.example',
    });
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer({ ticket: (done as { ticket: string }).ticket })).toBe(true);
  });

  test('leaves an ACTIVE account with its password in Cognito, and nothing of the import', async () => {
    const { backend, person } = await registering(anImported());
    await person.toPassword('EMAIL');
    await person.setPassword();
    const account = await backend.account();
    expect(account).toMatchObject({
      status: 'ACTIVE',
      method: 'EMAIL',
      email: 'pat@cedargrove.example',
      recordEmail: 'pat@cedargrove.example',
      cognitoUsername: 'user-1',
      registeredAt: backend.now(),
    });
    for (const gone of [
      'importedPassword',
      'registrationFlow',
      'passwordLease',
      'registrationLink',
    ])
      expect(account).not.toHaveProperty(gone);
    expect(backend.pool.user('user-1').password).toBe(GOOD_PASSWORD);
    expect(backend.eventNames()).toEqual([
      'REGISTRATION_OPENED',
      'LINK_USED',
      'CODE_SENT',
      'EMAIL_VERIFIED',
      'REGISTRATION_COMPLETED',
    ]);
  });

  test('stores neither code, password nor token', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    const code = backend.email.lastCode();
    await person.verifyEmail();
    await person.setPassword();
    const stored = JSON.stringify(
      ['accounts', 'flows', 'auditEvents', 'limits'].map((table) => backend.database.all(table)),
    );
    for (const kept of [`"${code}"`, GOOD_PASSWORD, person.flowToken])
      expect(stored).not.toContain(kept);
  });
});

describe('a registration by phone', () => {
  test('asks for the phone after the password, and is DONE by the code of the text', async () => {
    const { backend, person } = await registering();
    await person.toPassword('PHONE');
    expect(await person.setPassword()).toMatchObject({ registration: { step: 'ENTER_PHONE' } });
    expect(await backend.account()).toMatchObject({ status: 'ENROLLING', epoch: 2 });
    expect(await person.enterPhone()).toMatchObject({
      registration: {
        step: 'VERIFY_PHONE',
        maskedPhone: '***-***-0143',
        code: { attemptsLeft: 5 },
      },
    });
    expect(await person.verifyText()).toMatchObject({
      registration: { step: 'DONE' },
      ticket: secret,
    });
    expect(await backend.account()).toMatchObject({ status: 'ACTIVE', phone: '+12025550143' });
  });

  test('is DONE by a call that is confirmed, and by no other', async () => {
    const { backend, person } = await registering();
    await person.toPhone();
    const called = await person.enterPhone('CALL');
    expect(called).toMatchObject({ registration: { call: { status: 'CALLING' } } });
    expect(await person.verifyPhone({ call: 'CONFIRMED' })).toEqual({
      refused: 'CALL_NOT_CONFIRMED',
    });
    await backend.press('CONFIRMED');
    expect(await person.show()).toMatchObject({ registration: { call: { status: 'CONFIRMED' } } });
    expect(await person.verifyPhone({ call: 'CONFIRMED' })).toMatchObject({
      registration: { step: 'DONE' },
    });
  });

  test('ends where the callee presses 9', async () => {
    const { backend, person } = await registering();
    await person.toPhone();
    await person.enterPhone('CALL');
    await backend.press('DENIED');
    expect(await person.show()).toEqual({ refused: 'FLOW_EXPIRED' });
    expect(backend.eventNames()).toContain('CALL_DENIED');
  });

  test.each([
    ['202 555 0143 x5', 'PHONE_EXTENSION'],
    ['800 555 0143', 'PHONE_NOT_ALLOWED'],
    ['12', 'PHONE_INVALID'],
    ['+442079460018', 'PHONE_NOT_ALLOWED'],
  ])('refuses the number %s: %s, and sends nothing', async (typed, refused) => {
    const { backend, person } = await registering();
    await person.toPhone();
    expect(await person.enterPhone('SMS', typed)).toEqual({ refused });
    expect(backend.text.sent).toEqual([]);
  });

  test('refuses a call where the stage has no Connect', async () => {
    const { person } = await registering(anInvited(), { connect: undefined });
    await person.toPhone();
    expect(await person.enterPhone('CALL')).toEqual({ refused: 'PHONE_NOT_ALLOWED' });
  });

  test('may change the number: the code of the former one is void', async () => {
    const { backend, person } = await registering();
    await person.toPhone();
    await person.enterPhone();
    const former = backend.text.lastCode();
    backend.clock.pass(15_000);
    await person.enterPhone('SMS', '(202) 555-0188');
    expect(await person.verifyPhone({ code: former })).toMatchObject({ refused: 'CODE_MISMATCH' });
    await person.verifyText();
    expect(await backend.account()).toMatchObject({ phone: '+12025550188' });
  });

  test('is resumed by a link at the phone, and by the password at the mailbox', async () => {
    const backend = new Backend();
    await backend.has(anEnrolling({ method: 'PHONE' }), { password: GOOD_PASSWORD });
    const byLink = await Registrant.byLink(backend);
    expect(await byLink.show()).toMatchObject({ registration: { step: 'ENTER_PHONE' } });
    const byPassword = await Registrant.byPassword(backend, 'pphone', GOOD_PASSWORD);
    expect(await byPassword.show()).toMatchObject({ registration: { step: 'VERIFY_EMAIL' } });
    expect(await byPassword.choose('EMAIL')).toEqual(OUT_OF_ORDER);
    expect(await byPassword.enterEmail('new@cedargrove.example')).toMatchObject({
      refused: 'EMAIL_NOT_ON_RECORD',
    });
    await byPassword.enterEmail();
    expect(await byPassword.verifyEmail()).toMatchObject({ registration: { step: 'ENTER_PHONE' } });
  });
});

describe('a step out of order is refused and changes nothing:', () => {
  test.each<[string, (person: Registrant) => Promise<unknown>]>([
    ['the address before the method', (person) => person.enterEmail()],
    ['the code before the address', (person) => person.verifyEmail('123456')],
    ['the password before the code', (person) => person.setPassword()],
    ['the phone before the password', (person) => person.enterPhone()],
    ['the code of the phone', (person) => person.verifyPhone({ code: '123456' })],
    ['the confirmation of a call', (person) => person.verifyPhone({ call: 'CONFIRMED' })],
  ])('%s', async (_what, take) => {
    const { person } = await registering();
    expect(await take(person)).toEqual(OUT_OF_ORDER);
    expect(await person.show()).toEqual({ registration: { step: 'CHOOSE_METHOD' } });
  });

  test('a confirmation where a text was sent', async () => {
    const { person } = await registering();
    await person.toPhone();
    await person.enterPhone();
    expect(await person.verifyPhone({ call: 'CONFIRMED' })).toEqual(OUT_OF_ORDER);
  });

  test('any step after DONE', async () => {
    const { person } = await registering();
    await person.toPassword('EMAIL');
    await person.setPassword();
    expect(await person.setPassword()).toEqual(OUT_OF_ORDER);
    expect(await person.choose('PHONE')).toEqual(OUT_OF_ORDER);
    expect(await person.show()).toMatchObject({ registration: { step: 'DONE' } });
  });

  test('one of two steps at once', async () => {
    const { person } = await registering();
    const outcomes = await Promise.all([person.choose('EMAIL'), person.choose('PHONE')]);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([OUT_OF_ORDER]);
  });

  test('one of two sends at once, and one message goes out', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    const outcomes = await Promise.all([person.enterEmail(), person.enterEmail()]);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([OUT_OF_ORDER]);
    expect(backend.email.sent).toHaveLength(1);
  });

  test('one of two passwords at once: the one that is reported as set is the one that Cognito keeps', async () => {
    const { backend, person } = await registering();
    await person.toPassword('EMAIL');
    const [one, other] = ['quartz-lantern-47-otter', 'violet-harbour-93-finch'];
    const outcomes = await Promise.all([person.setPassword(one), person.setPassword(other)]);
    const kept = outcomes.map((outcome) => 'ticket' in outcome);
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(backend.pool.user('user-1').password).toBe(kept[0] === true ? one : other);
  });
});

describe('the address of a registration', () => {
  test('of employees is refused', async () => {
    const { person } = await registering();
    await person.choose('EMAIL');
    expect(await person.enterEmail('a@portal-staff.example')).toEqual({
      refused: 'WORKFORCE_EMAIL',
    });
    expect(await person.enterEmail('a@sub.portal-staff.example')).toEqual({
      refused: 'WORKFORCE_EMAIL',
    });
  });

  test('may be another one by a link, and only the one on record by a password', async () => {
    const byLink = await registering(anImported());
    await byLink.person.choose('EMAIL');
    expect(await byLink.person.enterEmail('new@cedargrove.example')).toHaveProperty('registration');
    const backend = new Backend();
    await backend.has(anImported());
    const person = await Registrant.byPassword(backend);
    await person.choose('EMAIL');
    expect(await person.enterEmail('new@cedargrove.example')).toEqual({
      refused: 'EMAIL_NOT_ON_RECORD',
      detail: 'Only the e-mail address on record can be used here: p***@cedargrove.example.',
    });
    expect(await person.enterEmail()).toHaveProperty('registration');
  });

  test('of another account is refused only after its code, so that nobody probes for it', async () => {
    const { backend, person } = await registering();
    await backend.has(anAccount({ accountId: 'account-2', username: 'other' }));
    await person.choose('EMAIL');
    expect(await person.enterEmail()).toHaveProperty('registration');
    expect(await person.verifyEmail()).toEqual({ refused: 'EMAIL_TAKEN' });
  });

  test('is resent after 15 seconds, not before', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    backend.clock.pass(10_000);
    expect(await person.enterEmail()).toEqual({ refused: 'RESEND_TOO_SOON', retryAfterSeconds: 5 });
    backend.clock.pass(5_000);
    expect(await person.enterEmail()).toHaveProperty('registration');
  });

  test('that was given up is free for others once the registration has another one', async () => {
    const { backend, person } = await registering(
      aReset({ formerEmail: undefined, email: 'old@cedargrove.example', recordEmail: undefined }),
    );
    await person.toPassword('EMAIL');
    await person.setPassword();
    expect(await backend.accounts.ownerOf('old@cedargrove.example', 0)).toBeUndefined();
    expect(await backend.accounts.ownerOf('pat@cedargrove.example', 0)).toBe('account-1');
  });
});

describe('the code of a registration', () => {
  test('has five attempts, whatever the limits', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    const right = backend.email.lastCode();
    const wrong = right === '000000' ? '000001' : '000000';
    for (let time = 1; time <= 4; time += 1)
      expect(await person.verifyEmail(wrong)).toEqual({ refused: 'CODE_MISMATCH' });
    expect(await person.verifyEmail(wrong)).toEqual({ refused: 'TOO_MANY_ATTEMPTS' });
    expect(await person.verifyEmail(right)).toEqual({ refused: 'TOO_MANY_ATTEMPTS' });
    expect(backend.eventNames().filter((event) => event === 'CODE_REFUSED')).toHaveLength(5);
  });

  test('expires', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    backend.clock.pass(600_000);
    expect(await person.verifyEmail()).toEqual({ refused: 'CODE_EXPIRED' });
  });

  test('that is right takes its count back', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    await person.verifyEmail();
    const answers = backend.database
      .all('limits')
      .filter(({ pk }) => `${String(pk)}`.includes('ANSWER'));
    expect(answers).toMatchObject([{ count: 0 }]);
  });

  test('that is right passes where the count cannot be taken back', async () => {
    const { backend, person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    // The first commit counts, the second takes the count back.
    backend.database.failNext('commit', { after: 1 });
    expect(await person.verifyEmail()).toMatchObject({ registration: { step: 'SET_PASSWORD' } });
    expect(backend.lines.lines).toMatchObject([{ code: 'ATTEMPT_NOT_TAKEN_BACK' }]);
  });

  test('passes once for two requests at once', async () => {
    const { person } = await registering();
    await person.choose('EMAIL');
    await person.enterEmail();
    const outcomes = await Promise.all([person.verifyEmail(), person.verifyEmail()]);
    expect(outcomes.filter((outcome) => 'registration' in outcome)).toHaveLength(1);
  });
});

describe('the password of a registration', () => {
  test.each([
    ['short', 'PASSWORD_TOO_SHORT'],
    ['common-enough', 'PASSWORD_COMMON'],
    ['it-is-pphone-47', 'PASSWORD_CONTAINS_IDENTITY'],
    [' quartz-lantern', 'PASSWORD_INVALID'],
  ])('%p is refused: %s', async (password, refused) => {
    const { backend, person } = await registering();
    await person.toPassword('EMAIL');
    expect(await person.setPassword(password)).toEqual({ refused });
    expect(backend.pool.calls).toEqual([]);
  });

  test('that Cognito refuses may be followed by another one at once', async () => {
    const { person } = await registering();
    await person.toPassword('EMAIL');
    expect(await person.setPassword('refused by Cognito')).toEqual({ refused: 'PASSWORD_INVALID' });
    expect(await person.setPassword()).toHaveProperty('ticket');
  });

  test('is set in NFC', async () => {
    const { backend, person } = await registering();
    await person.toPassword('EMAIL');
    await person.setPassword('cafe\u0301-lantern-47-otter');
    expect(backend.pool.user('user-1').password).toBe('caf\u00e9-lantern-47-otter');
  });
});
