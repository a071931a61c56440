import { describe, expect, test } from '@jest/globals';
import {
  createEmailChange,
  createOwnAccount,
  createPhoneChange,
  type PendingChange,
} from '../../packages/auth-client/src/own-account.ts';
import { accepted, refused } from '../../packages/auth-client/src/refusals.ts';
import type { CallAsUser } from '../../packages/auth-client/src/call-with-token.ts';
import { keptFor } from '../../packages/auth-client/src/tab-storage.ts';
import { fakeApi, memoryStorage } from './fakes.ts';

const EMAIL = 'new@cedargrove.example';
const code = { expiresAt: 'later', resendAt: 'soon', attemptsLeft: 5 };
const ME = { username: 'pphone' };

function opened(answers: Parameters<typeof fakeApi>[0], storage = memoryStorage()) {
  const { call, calls } = fakeApi(answers);
  let person = 'pat';
  const asUser: CallAsUser = call;
  const kept = keptFor<PendingChange>(storage, 'change', () => person);
  return {
    calls,
    email: createEmailChange(asUser, kept),
    phone: createPhoneChange(asUser, kept),
    own: createOwnAccount(asUser),
    become: (other: string) => (person = other),
  };
}

describe('a change of the address', () => {
  test('is pending until the code is right, and counts the attempts that are left', async () => {
    const { email } = opened({
      changeEmail: [{ code }],
      verifyNewEmail: ['CODE_MISMATCH', 'UNREACHABLE', 'TOO_MANY_ATTEMPTS', ME],
    });
    expect(await email.start(EMAIL)).toEqual(accepted({ code, destination: EMAIL }));
    expect(await email.verify('000000')).toEqual(refused('CODE_MISMATCH'));
    expect(email.pending).toMatchObject({ destination: EMAIL, code: { attemptsLeft: 4 } });
    await email.verify('000000');
    expect(email.pending).toMatchObject({ code: { attemptsLeft: 4 } });
    await email.verify('000000');
    expect(email.pending).toMatchObject({ code: { attemptsLeft: 0 } });
    expect(await email.verify('123456')).toEqual(accepted(ME));
    expect(email.pending).toBeUndefined();
  });

  test.each([
    ['EMAIL_TAKEN', 'EMAIL_TAKEN'],
    ['STEP_OUT_OF_ORDER', 'FLOW_EXPIRED'],
  ] as const)('that meets %s begins again with %s', async (met, shown) => {
    const { email } = opened({ changeEmail: [{ code }], verifyNewEmail: [met] });
    await email.start(EMAIL);
    expect(await email.verify('123456')).toEqual(refused(shown));
    expect(email.pending).toBeUndefined();
  });

  test('is nobody else’s who signs in in the same tab, and can be given up', async () => {
    const { email, become } = opened({ changeEmail: [{ code }, { code }] });
    await email.start(EMAIL);
    become('lee');
    expect(email.pending).toBeUndefined();
    become('pat');
    expect(email.pending).toMatchObject({ destination: EMAIL });
    email.abandon();
    expect(email.pending).toBeUndefined();
  });

  test('that could not be started is not pending', async () => {
    const { email } = opened({ changeEmail: ['FACTOR_TOO_OLD'] });
    expect(await email.start(EMAIL)).toEqual(refused('FACTOR_TOO_OLD'));
    expect(email.pending).toBeUndefined();
  });
});

describe('a change of the number', () => {
  test('keeps the number in the page only, and its last digits for a reload', async () => {
    const storage = memoryStorage();
    const { phone, calls } = opened({ changePhone: [{ code }], verifyNewPhone: [ME] }, storage);
    await phone.start('+1 (202) 555-0177', 'SMS');
    expect(phone.typed).toBe('+1 (202) 555-0177');
    expect(storage.getItem('change')).not.toContain('555');
    expect(phone.pending).toMatchObject({ destination: '***-***-0177' });
    await phone.verify('123456');
    expect(calls.map(({ name, body }) => [name, body])).toEqual([
      ['changePhone', { phoneNumber: '+1 (202) 555-0177', channel: 'SMS' }],
      ['verifyNewPhone', { code: '123456' }],
    ]);
  });

  test('is confirmed by a call', async () => {
    const call = { callId: 'A'.repeat(22), status: 'CALLING', expiresAt: 'later' };
    const { phone, calls } = opened({
      changePhone: [{ call }],
      verifyNewPhone: ['CALL_NOT_CONFIRMED', ME],
    });
    await phone.start('+12025550177', 'CALL');
    expect(await phone.confirmCall()).toEqual(refused('CALL_NOT_CONFIRMED'));
    expect(phone.pending).toMatchObject({ call });
    expect(await phone.confirmCall()).toEqual(accepted(ME));
    expect(calls.at(-1)?.body).toEqual({ call: 'CONFIRMED' });
  });
});

test('passwords are normalized, and other requests carry what was asked', async () => {
  const { own, calls } = opened({
    changePassword: [{ ticket: 'ticket' }],
    startPasskey: [{ challenge: 'abc' }],
    addPasskey: [{}],
    renamePasskey: [{}],
    removePasskey: [undefined],
    issueRecoveryCodes: [{ codes: [] }],
    countRecoveryCodes: [{ unused: 3 }],
    listMyEvents: [{}, {}],
    chooseLanguage: [ME],
  });
  await own.changePassword('e\u0301', 'n\u0303');
  await own.passkeys.options();
  await own.passkeys.add('Desk', { id: 'abc' } as never);
  await own.passkeys.rename('abc', 'Ward 3');
  await own.passkeys.remove('abc');
  await own.recoveryCodes.issue();
  await own.recoveryCodes.count();
  await own.chooseLanguage('es');
  await own.events();
  await own.events('next');
  expect(calls).toEqual([
    { name: 'changePassword', body: { currentPassword: '\u00e9', newPassword: '\u00f1' } },
    { name: 'startPasskey', body: {} },
    { name: 'addPasskey', body: { name: 'Desk', credential: { id: 'abc' } } },
    { name: 'renamePasskey', parameters: { passkeyId: 'abc' }, body: { name: 'Ward 3' } },
    { name: 'removePasskey', parameters: { passkeyId: 'abc' } },
    { name: 'issueRecoveryCodes', body: {} },
    { name: 'countRecoveryCodes' },
    { name: 'chooseLanguage', body: { language: 'es' } },
    { name: 'listMyEvents', query: {} },
    { name: 'listMyEvents', query: { cursor: 'next' } },
  ]);
});
