import { UndoLinksStore } from '../../../../lambdas/capabilities/messages/undo-links.store.ts';
import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { followEvent } from '../../../../lambdas/capabilities/messages/notices.ts';
import { NOTICES_OVERLOOK } from '../../../../lambdas/capabilities/messages/notices.needs.ts';
import {
  noticeDestinations,
  noticeFor,
} from '../../../../lambdas/capabilities/messages/notices.rules.ts';
import { textsIn } from '../../../../lambdas/capabilities/messages/texts/texts.rules.ts';
import type { NoticeName } from '../../../../lambdas/capabilities/messages/purposes.rules.ts';
import type {
  AuditEventName,
  RecordedEvent,
} from '../../../../lambdas/ground/audit/audit.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, anEmailUser, anInvited, type Some } from '../../../fakes/builders.ts';

const AT = '2026-10-05T12:00:00.000Z';

const recorded = (event: AuditEventName, outcome?: string): RecordedEvent => ({
  accountId: 'account-1',
  event,
  eventId: `id of ${event}`,
  at: AT,
  ...(outcome === undefined ? {} : { outcome }),
});

async function following(account = anAccount()) {
  const backend = new Backend();
  await backend.has(account);
  const { marks, email, text, pool, settings, clock } = backend;
  const { portalName, portalOrigins } = settings;
  const undoLinks = new UndoLinksStore(backend.database, 'flows');
  const portalOrigin = portalOrigins[0] ?? '';
  const portal = { portalName, portalOrigin, undoLinks };
  const deps = { ...backend.shared, marks, email, text, pool, ...portal, sleep: clock.sleep };
  return { backend, follow: (event: RecordedEvent) => followEvent(deps, event) };
}

describe('the notice of an event', () => {
  test.each<[AuditEventName, string | undefined, NoticeName | undefined]>([
    ['REGISTRATION_COMPLETED', 'FIRST', 'REGISTRATION_COMPLETE'],
    ['REGISTRATION_COMPLETED', 'AGAIN', 'REENROLMENT_COMPLETE'],
    ['REGISTRATION_RESET', 'RESET', 'REGISTRATION_RESET'],
    ['REGISTRATION_RESET', 'LINK_ONLY', undefined],
    ['STATUS_CHANGED', 'DISABLED', 'ACCOUNT_DISABLED'],
    ['STATUS_CHANGED', 'ACTIVE', 'ACCOUNT_ENABLED'],
    ['CONTACT_EMAIL_CHANGED', 'ON_RECORD', 'ADDRESS_CHANGED'],
    ['CONTACT_EMAIL_CHANGED', undefined, 'ADDRESS_CHANGED'],
    ['PASSWORD_RESET_COMPLETED', undefined, 'PASSWORD_CHANGED'],
    ['PASSWORD_CHANGED', undefined, 'PASSWORD_CHANGED'],
    ['PASSWORD_CHANGED', 'UNCONFIRMED', 'PASSWORD_UNCERTAIN'],
    ['PASSWORD_SET', undefined, 'PASSWORD_SET'],
    ['DEVICE_REMEMBERED', undefined, 'DEVICE_REMEMBERED'],
    ['CALL_DENIED', 'SIGN_IN', 'CALL_NOT_REQUESTED'],
    ['ACCOUNT_LOCKED', 'SIGN_IN', 'ACCOUNT_LOCKED'],
    ['ROLE_CHANGED', 'ADMIN', 'ROLE_CHANGED'],
    ['SIGNED_IN', undefined, undefined],
    ['CODE_REFUSED', undefined, undefined],
  ])('%s with outcome %s is %s', (event, outcome, notice) => {
    expect(noticeFor(recorded(event, outcome))).toBe(notice);
  });

  test('is of no event that the function does not see', () => {
    const overlooked: readonly AuditEventName[] = NOTICES_OVERLOOK;
    expect(overlooked.filter((event) => noticeFor(recorded(event)) !== undefined)).toEqual([]);
  });

  /** What is committed with a sign-out or a move that is due, and what goes before new tokens. */
  const FOLLOWED: AuditEventName[] = [
    'CALL_PLACED',
    'CODE_SENT',
    'CONTACT_EMAIL_CHANGED',
    'EMAIL_CHANGED',
    'EMAIL_CHANGE_UNDONE',
    'PASSWORD_CHANGED',
    'PASSWORD_RESET_COMPLETED',
    'REGISTRATION_COMPLETED',
    'REGISTRATION_RESET',
    'ROLE_CHANGED',
    'SIGNED_OUT_EVERYWHERE',
    'STATUS_CHANGED',
  ];

  test('reaches the function where Cognito has something to follow', () => {
    const overlooked: readonly AuditEventName[] = NOTICES_OVERLOOK;
    expect(FOLLOWED.filter((event) => overlooked.includes(event))).toEqual([]);
  });
});

describe('a notice goes', () => {
  const to = (notice: NoticeName, more: Some<Account>) =>
    noticeDestinations(notice, anEmailUser({ email: 'new@a.example', ...more }), AT);

  test('to the verified address and the one on record, once where they are one', () => {
    expect(to('PASSWORD_CHANGED', { recordEmail: 'record@a.example' })).toEqual({
      emails: ['new@a.example', 'record@a.example'],
      phones: [],
    });
    expect(to('PASSWORD_CHANGED', { recordEmail: 'new@a.example' }).emails).toHaveLength(1);
  });

  test('after an enrolment also to the former address and the former phones', () => {
    const before = { formerEmail: 'old@a.example', formerPhone: '+1', contactPhone: '+2' };
    expect(to('REENROLMENT_COMPLETE', { recordEmail: 'record@a.example', ...before })).toEqual({
      emails: ['new@a.example', 'record@a.example', 'old@a.example'],
      phones: ['+1', '+2'],
    });
    expect(to('PASSWORD_CHANGED', before).phones).toEqual([]);
  });

  test('to no phone that is the factor now', () => {
    expect(to('REGISTRATION_COMPLETE', { phone: '+1', contactPhone: '+1' }).phones).toEqual([]);
  });

  test('to the former address, and to it alone, where the one on record was moved', () => {
    const at = Date.parse(AT);
    const replacedEmails = [
      { email: 'first@a.example', at: at - 1 },
      { email: 'before@a.example', at },
    ];
    const moved = { recordEmail: 'record@a.example', replacedEmails };
    expect(to('ADDRESS_CHANGED', moved)).toEqual({ emails: ['before@a.example'], phones: [] });
    expect(to('ADDRESS_CHANGED', {})).toEqual({ emails: [], phones: [] });
  });
});

describe('the language of a notice', () => {
  const spanish = { language: 'es', formerLanguage: 'en' } as const;

  test("is the account's", async () => {
    const { backend, follow } = await following(anAccount({ language: 'es' }));
    await follow(recorded('PASSWORD_RESET_COMPLETED'));
    expect(backend.email.sent[0]?.email.subject).toContain('Se cambió su contraseña');
  });

  test('of an enrolment is the former one at a former destination', async () => {
    const before = { formerEmail: 'old@a.example', formerPhone: '+12025550188' };
    const { backend, follow } = await following(anAccount({ ...spanish, ...before }));
    await follow(recorded('REGISTRATION_COMPLETED', 'AGAIN'));
    const subjects = new Map(backend.email.sent.map(({ to, email }) => [to, email.subject]));
    expect(subjects.get('pat@cedargrove.example')).toContain('Se configuró de nuevo su acceso');
    expect(subjects.get('old@a.example')).toContain('Your sign-in was set up anew');
    expect(backend.text.sent[0]?.text).toContain('Your account was registered again');
  });

  test('of a password that an enrolment sets is the former one, too', async () => {
    const account = anAccount({ ...spanish, recordEmail: 'record@a.example' });
    const { backend, follow } = await following(account);
    await follow(recorded('PASSWORD_SET'));
    expect(backend.email.sent.map(({ email }) => email.html.slice(0, 32))).toEqual([
      expect.stringContaining('lang="es"'),
      expect.stringContaining('lang="en"'),
    ]);
  });

  test('of anything else is the present one, wherever it goes', async () => {
    const account = anAccount({ ...spanish, formerPhone: '+12025550188' });
    const { backend, follow } = await following(account);
    await follow(recorded('PHONE_REMOVED'));
    expect(backend.text.sent[0]?.text).toContain('Su cuenta ya no tiene este teléfono.');
  });

  test('has a text message for each that goes to a phone', () => {
    const everywhere = anAccount({ phone: '+1', formerPhone: '+2', contactPhone: '+3' });
    const all = Object.keys(textsIn('en').notices.of) as NoticeName[];
    const toPhones = all.filter(
      (notice) => noticeDestinations(notice, everywhere, AT).phones.length,
    );
    expect(toPhones.sort()).toEqual(Object.keys(textsIn('es').notices.texts).sort());
  });
});

describe('the follower of the trail', () => {
  test('sends a notice once, however often the stream brings the event', async () => {
    const { backend, follow } = await following();
    expect(await follow(recorded('PASSWORD_RESET_COMPLETED'))).toBe('SENT');
    expect(await follow(recorded('PASSWORD_RESET_COMPLETED'))).toBe('NOTHING_TO_SEND');
    expect(backend.email.sent).toMatchObject([
      { to: 'pat@cedargrove.example', purpose: 'PASSWORD_CHANGED' },
    ]);
  });

  test('texts the former phone after a re-enrolment', async () => {
    const { backend, follow } = await following(anAccount({ formerPhone: '+12025550188' }));
    await follow(recorded('REGISTRATION_COMPLETED', 'AGAIN'));
    expect(backend.text.sent).toMatchObject([
      { to: '+12025550188', purpose: 'REENROLMENT_COMPLETE' },
    ]);
  });

  test('sends nothing for an event that calls for none, or of an account that is gone', async () => {
    const { backend, follow } = await following();
    expect(await follow(recorded('SIGNED_IN'))).toBe('NOTHING_TO_SEND');
    const gone = { ...recorded('PASSWORD_SET'), accountId: 'gone' };
    expect(await follow(gone)).toBe('NOTHING_TO_SEND');
    expect(backend.email.sent).toEqual([]);
  });

  test('sends to the contact address of a person who has no other', async () => {
    const { backend, follow } = await following(anInvited());
    await follow(recorded('STATUS_CHANGED', 'DISABLED'));
    expect(backend.email.sent).toMatchObject([{ to: 'pat@cedargrove.example' }]);
  });

  test.each(['email', 'text'] as const)(
    'lets the stream bring the event again where the %s is not taken',
    async (channel) => {
      const { backend, follow } = await following(anAccount({ formerPhone: '+12025550188' }));
      backend[channel].failNext('send');
      const event = recorded('REGISTRATION_COMPLETED', 'AGAIN');
      await expect(follow(event)).rejects.toMatchObject({ name: 'DeliveryFailed' });
      expect(await follow(event)).toBe('SENT');
      expect(backend.text.sent).toHaveLength(1);
    },
  );

  test('does not repeat a send whose answer was lost, nor one before it', async () => {
    const { backend, follow } = await following(anAccount({ formerPhone: '+12025550188' }));
    const event = recorded('REGISTRATION_COMPLETED', 'AGAIN');
    backend.text.failNext('send', { afterEffect: true });
    expect(await follow(event)).toBe('SENT');
    expect(await follow(event)).toBe('NOTHING_TO_SEND');
    expect([backend.email.sent.length, backend.text.sent.length]).toEqual([1, 1]);
    expect(backend.lines.codes()).toContain('NOTICE_UNCERTAIN');
  });

  test('of a second change of the address has a link for each former one, and none for the new', async () => {
    const undo = { changedAt: 1, until: 9e15 };
    const [first, second] = ['first@cedargrove.example', 'second@cedargrove.example'];
    const { backend, follow } = await following(
      anAccount({
        recordEmail: first,
        formerEmail: second,
        emailUndos: [
          { ...undo, email: first },
          { ...undo, email: second, changedAt: 2 },
        ],
      }),
    );
    await follow(recorded('EMAIL_CHANGED'));
    const linked = backend.email.sent
      .filter(({ email }) => email.text.includes('/undo-email#'))
      .map(({ to }) => to);
    expect(linked.sort()).toEqual([first, second]);
    expect(backend.email.sent).toHaveLength(3);
  });

  test('sends no e-mail again where the text after it was refused', async () => {
    const { backend, follow } = await following(anAccount({ formerPhone: '+12025550188' }));
    const event = recorded('REGISTRATION_COMPLETED', 'AGAIN');
    backend.text.failNext('send');
    await expect(follow(event)).rejects.toMatchObject({ name: 'DeliveryFailed' });
    expect(await follow(event)).toBe('SENT');
    expect([backend.email.sent.length, backend.text.sent.length]).toEqual([1, 1]);
  });

  test('does not repeat a notice whose mark could not be written', async () => {
    const { backend, follow } = await following();
    backend.database.failNext('commit');
    expect(await follow(recorded('PASSWORD_RESET_COMPLETED'))).toBe('SENT');
    expect(backend.lines.codes()).toEqual(['NOTICE_NOT_MARKED']);
  });

  test('finishes a sign-out that Cognito did not take, after the five seconds of its own request', async () => {
    const { backend, follow } = await following();
    await backend.alter('account-1', { signOutDue: backend.now() });
    const before = backend.now();
    await follow(recorded('SIGNED_OUT_EVERYWHERE'));
    expect(backend.now() - before).toBe(5_000);
    expect(backend.pool.user('user-of-account-1').signOuts).toBe(1);
    expect(await backend.account()).not.toHaveProperty('signOutDue');
    expect(backend.lines.codes()).toEqual(['SIGN_OUT_FINISHED']);
  });

  test('leaves a sign-out alone that its own request finishes meanwhile', async () => {
    const { backend, follow } = await following();
    await backend.alter('account-1', { signOutDue: backend.now() });
    backend.clock.duringSleep = () => backend.alter('account-1', { signOutDue: undefined });
    await follow(recorded('SIGNED_OUT_EVERYWHERE'));
    expect(backend.pool.calls).toEqual([]);
  });

  test('finishes a change of the address that Cognito did not follow', async () => {
    const { backend, follow } = await following(anAccount({ email: 'new@cedargrove.example' }));
    backend.pool.user('user-of-account-1').email = 'pat@cedargrove.example';
    await backend.alter('account-1', { poolEmailDue: 1 });
    await follow(recorded('EMAIL_CHANGED'));
    expect(backend.pool.user('user-of-account-1').email).toBe('new@cedargrove.example');
    expect(await backend.account()).not.toHaveProperty('poolEmailDue');
    expect(backend.lines.codes()).toContain('ADDRESS_MOVE_FINISHED');
  });

  test('lets the stream bring the event again while another user has the address', async () => {
    const { backend, follow } = await following(anAccount({ poolEmailDue: 1 }));
    backend.pool.user('user-of-account-1').email = 'before@cedargrove.example';
    backend.pool.add({ username: 'other', email: 'pat@cedargrove.example', accountId: 'other' });
    const error = { name: 'AddressHeld' };
    await expect(follow(recorded('EMAIL_CHANGED'))).rejects.toMatchObject(error);
  });

  test('lets the stream bring the event again while Cognito does not sign out', async () => {
    const { backend, follow } = await following();
    await backend.alter('account-1', { signOutDue: 1 });
    backend.pool.failNext('signOutEverywhere');
    await expect(follow(recorded('PASSWORD_RESET_COMPLETED'))).rejects.toMatchObject({
      name: 'UserPoolUnavailable',
    });
    expect(backend.email.sent).toEqual([]);
    expect(await follow(recorded('PASSWORD_RESET_COMPLETED'))).toBe('SENT');
  });
});

describe('an event of long ago', () => {
  const ago = (backend: Backend, ms: number) => ({
    ...recorded('PASSWORD_RESET_COMPLETED'),
    at: new Date(backend.clock.now() - ms).toISOString(),
  });

  test('notifies nobody after a day: a restore brings every event again', async () => {
    const { backend, follow } = await following();
    expect(await follow(ago(backend, 86_400_001))).toBe('NOTHING_TO_SEND');
    expect(backend.email.sent).toEqual([]);
  });

  test('notifies within a day, which is as long as the stream keeps it', async () => {
    const { backend, follow } = await following();
    expect(await follow(ago(backend, 86_399_000))).toBe('SENT');
    expect(backend.email.sent.length).toBeGreaterThan(0);
  });
});

test('the notice of a used recovery code says how many are left', async () => {
  const { backend, follow } = await following(anAccount({ recoveryCodes: ['mac', 'mac'] }));
  await follow(recorded('RECOVERY_CODE_USED'));
  expect(backend.email.sent.at(-1)?.email.text).toContain('2 unused codes are left');
});
