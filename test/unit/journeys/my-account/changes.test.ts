import { describe, expect, test } from '@jest/globals';
import {
  changeEmail,
  type EmailChangeDeps,
  undoEmailChange,
  verifyNewEmail,
} from '../../../../lambdas/journeys/my-account/change-email.ts';
import { changePassword } from '../../../../lambdas/journeys/my-account/change-password.ts';
import {
  changePhone,
  removePhone,
  verifyNewPhone,
} from '../../../../lambdas/journeys/my-account/change-phone.ts';
import { emailDeps, passwordDeps, phoneDeps } from './change-deps.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, GOOD_PASSWORD, MINUTE, SOURCE } from '../../../fakes/builders.ts';

const NEW_EMAIL = 'pat.new@cedargrove.example';
const NEW_PHONE = '+12025550177';

async function backendWith(more: Parameters<typeof anAccount>[0] = {}) {
  const backend = new Backend();
  await backend.has(anAccount(more), { password: 'the current one' });
  return backend;
}

const asker = async (backend: Backend) => ({ account: await backend.account(), source: SOURCE });

describe('a change of the address', () => {
  const start = async (backend: Backend, email = NEW_EMAIL) =>
    changeEmail(emailDeps(backend), await asker(backend), email);
  const verify = async (backend: Backend, code: string) =>
    verifyNewEmail(emailDeps(backend), await asker(backend), code);
  const started = async () => {
    const backend = await backendWith();
    await start(backend);
    return { backend, code: backend.email.lastCode() };
  };

  test('moves name, user and account together, and keeps the address on record', async () => {
    const { backend, code } = await started();
    expect(await verify(backend, code)).toMatchObject({ email: NEW_EMAIL });
    expect(await backend.account()).toMatchObject({
      email: NEW_EMAIL,
      recordEmail: 'pat@cedargrove.example',
      formerEmail: 'pat@cedargrove.example',
      epoch: 1,
    });
    expect(await backend.accounts.ownerOf(NEW_EMAIL, 0)).toBe('account-1');
    expect(await backend.accounts.ownerOf('pat@cedargrove.example', 0)).toBe('account-1');
    expect(backend.eventNames()).toContain('EMAIL_CHANGED');
  });

  test('claims nothing before the code is right', async () => {
    const { backend } = await started();
    expect(await verify(backend, '000000')).toEqual({ refused: 'CODE_MISMATCH' });
    expect(await backend.accounts.ownerOf(NEW_EMAIL, 0)).toBeUndefined();
  });

  test('is out of order where none was started, or it is done', async () => {
    const { backend, code } = await started();
    expect(await verify(await backendWith(), code)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    await verify(backend, code);
    expect(await verify(backend, code)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
  });

  test('goes on in the same flow: a resend too soon is refused, another address is not', async () => {
    const { backend } = await started();
    expect(await start(backend)).toMatchObject({ refused: 'RESEND_TOO_SOON' });
    backend.clock.pass(15_001);
    expect(await start(backend, 'third@cedargrove.example')).toHaveProperty('code');
    const code = backend.email.lastCode();
    expect(await verify(backend, code)).toMatchObject({ email: 'third@cedargrove.example' });
  });

  test.each([['an employee’s', 'walt@portal-staff.example', 'WORKFORCE_EMAIL']])(
    'refuses %s address',
    async (_whose, email, refused) => {
      expect(await start(await backendWith(), email)).toEqual({ refused });
    },
  );

  test('is finished by the same request, whatever fails and whenever', async () => {
    for (let after = 0; after < 6; after += 1) {
      const { backend, code } = await started();
      backend.database.failNext('commit', { after });
      const first = await verify(backend, code).catch((error: unknown) => error);
      if (backend.database.mend() > 0) break;
      // A count that cannot be taken back does not prevent a right code.
      const done = first instanceof Error ? await verify(backend, code) : first;
      expect(done).toMatchObject({ email: NEW_EMAIL });
      expect(await backend.account()).toMatchObject({ email: NEW_EMAIL });
    }
  });

  test('is in effect although Cognito does not follow; the same request again moves it there', async () => {
    const { backend, code } = await started();
    backend.pool.failNext('changeEmail');
    await expect(verify(backend, code)).rejects.toMatchObject({ name: 'UserPoolUnavailable' });
    expect(await backend.account()).toMatchObject({
      email: NEW_EMAIL,
      poolEmailDue: backend.now(),
    });
    expect(backend.lines.codes()).toContain('ADDRESS_MOVE_DUE');
    expect(await verify(backend, code)).toMatchObject({ email: NEW_EMAIL });
    expect(backend.pool.byEmail(NEW_EMAIL)).toMatchObject({ username: 'user-of-account-1' });
    expect(await verify(backend, code)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
  });

  test('needs its own code, also while Cognito has not followed the last one', async () => {
    const { backend, code } = await started();
    backend.pool.failNext('changeEmail');
    await expect(verify(backend, code)).rejects.toMatchObject({ name: 'UserPoolUnavailable' });
    backend.clock.pass(MINUTE);
    const again = 'pat.third@cedargrove.example';
    await changeEmail(emailDeps(backend), await asker(backend), again);
    expect(await verify(backend, code)).toEqual({
      refused: 'CODE_MISMATCH',
    });
    const lease = { id: 'reset', until: backend.now() + MINUTE };
    await backend.alter('account-1', { passwordLease: lease });
    const second = backend.email.lastCode();
    expect(await verify(backend, second)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    await backend.alter('account-1', { passwordLease: undefined });
    expect(await verify(backend, second)).toMatchObject({ email: again });
    expect(backend.pool.byEmail(again)).toMatchObject({ username: 'user-of-account-1' });
  });

  test('is refused where another account has the address by then, and changes nothing', async () => {
    const { backend, code } = await started();
    await backend.write(backend.names.claim(NEW_EMAIL, 'another'));
    expect(await verify(backend, code)).toEqual({ refused: 'EMAIL_TAKEN' });
    expect(await backend.account()).toMatchObject({ email: 'pat@cedargrove.example' });
    expect(backend.pool.calls).toEqual([]);
  });

  test('takes the address from a registration that lapsed, and from its user', async () => {
    const { backend, code } = await started();
    const claim = { until: backend.now() - 1 };
    await backend.write(backend.names.claim(NEW_EMAIL, 'given-up', claim));
    backend.pool.add({ username: 'given-up', email: NEW_EMAIL, accountId: 'given-up' });
    expect(await verify(backend, code)).toMatchObject({ email: NEW_EMAIL });
    expect(backend.pool.byEmail(NEW_EMAIL)).toMatchObject({ username: 'user-of-account-1' });
    expect(await backend.account()).not.toHaveProperty('poolEmailDue');
  });

  /** Issues a link that undoes the last change, as its notice does. @returns when the change was */
  async function linkOfLastChange(backend: Backend, token: string): Promise<number> {
    const { emailUndos = [] } = await backend.account();
    const { changedAt = 0, until = 0 } = emailUndos.at(-1) ?? {};
    const link = { accountId: 'account-1', changedAt };
    await backend.write(emailDeps(backend).undoLinks.issue(token, link, until));
    return changedAt;
  }

  /** A changed address, with the link that undoes it. */
  async function changed() {
    const { backend, code } = await started();
    await verify(backend, code);
    const deps = emailDeps(backend);
    const changedAt = await linkOfLastChange(backend, 'link');
    return { backend, deps, changedAt };
  }

  const addPasskey = async (backend: Backend, passkeyId: string, createdAt: number) => {
    const { passkeyCount = 0 } = await backend.account();
    await backend.write(
      backend.passkeys.add({
        passkeyId,
        createdAt,
        accountId: 'account-1',
        publicKey: 'AQ',
        counter: 0,
        transports: [],
        name: 'x',
        isBackupEligible: false,
        isBackedUp: false,
        passkeyEpoch: 0,
      }),
    );
    await backend.alter('account-1', { passkeyCount: passkeyCount + 1 });
  };

  const passkeysLeft = async (backend: Backend) =>
    (await backend.passkeys.list({ accountId: 'account-1' })).map(({ passkeyId }) => passkeyId);

  test('waits while a password of the account is being set, and takes the same code then', async () => {
    const { backend, code } = await started();
    const lease = { id: 'reset', until: backend.now() + MINUTE };
    await backend.alter('account-1', { passwordLease: lease });
    expect(await verify(backend, code)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(await backend.account()).toMatchObject({ email: 'pat@cedargrove.example' });
    await backend.alter('account-1', { passwordLease: undefined });
    expect(await verify(backend, code)).toMatchObject({ email: NEW_EMAIL });
  });

  test('is undone once, with the passkeys and recovery codes that were made since', async () => {
    const { backend, deps, changedAt } = await changed();
    await addPasskey(backend, 'before', changedAt - 1);
    await addPasskey(backend, 'since', changedAt);
    await backend.alter('account-1', { recoveryCodes: ['mac'] });
    expect(await undoEmailChange(deps, { linkToken: 'link' })).toEqual({});
    expect(await undoEmailChange(deps, { linkToken: 'link' })).toEqual({ refused: 'LINK_INVALID' });
    const account = await backend.account();
    expect(account).toMatchObject({
      email: 'pat@cedargrove.example',
      epoch: 2,
      passkeyCount: 1,
    });
    expect(account).not.toHaveProperty('recoveryCodes');
    expect(await passkeysLeft(backend)).toEqual(['before']);
    expect(await backend.accounts.ownerOf(NEW_EMAIL, 0)).toBeUndefined();
  });

  test('is answered as undone where the same request is repeated, and Cognito follows then', async () => {
    const { backend, deps } = await changed();
    const request = { linkToken: 'link', requestId: 'one press' };
    backend.pool.failNext('changeEmail');
    await expect(undoEmailChange(deps, request)).rejects.toMatchObject({
      name: 'UserPoolUnavailable',
    });
    expect(backend.pool.byEmail(NEW_EMAIL)).toBeDefined();
    expect(await undoEmailChange(deps, request)).toEqual({});
    expect(backend.pool.byEmail(NEW_EMAIL)).toBeUndefined();
    expect(await undoEmailChange(deps, { ...request, requestId: 'another' })).toEqual({
      refused: 'LINK_INVALID',
    });
    expect(backend.eventNames().filter((name) => name === 'EMAIL_CHANGE_UNDONE')).toHaveLength(1);
  });

  test('is undone without a key where Cognito does not follow at once', async () => {
    const { backend, deps } = await changed();
    backend.pool.failNext('changeEmail');
    expect(await undoEmailChange(deps, { linkToken: 'link' })).toEqual({});
    expect(await backend.account()).toHaveProperty('poolEmailDue');
  });

  test('is undone by the first address after a second change, and by the second address too', async () => {
    for (const [link, email] of [
      ['link', 'pat@cedargrove.example'],
      ['second', NEW_EMAIL],
    ] as const) {
      const { backend, deps } = await changed();
      backend.clock.pass(MINUTE);
      const again = 'pat.third@cedargrove.example';
      await changeEmail(deps, await asker(backend), again);
      const code = backend.email.lastCode();
      expect(await verify(backend, code)).toMatchObject({ email: again });
      await linkOfLastChange(backend, 'second');
      expect(await undoEmailChange(deps, { linkToken: link })).toEqual({});
      expect(await backend.account()).toMatchObject({ email });
      expect(await backend.accounts.ownerOf(again, 0)).toBeUndefined();
      const other = link === 'link' ? 'second' : 'link';
      const left = await undoEmailChange(deps, { linkToken: other });
      expect(left).toEqual(other === 'link' ? {} : { refused: 'LINK_INVALID' });
    }
  });

  test('is undone without freeing the address on record, which a second change came back to', async () => {
    const { backend, deps } = await changed();
    const first = 'pat@cedargrove.example';
    backend.clock.pass(MINUTE);
    await changeEmail(deps, await asker(backend), first);
    await verify(backend, backend.email.lastCode());
    await linkOfLastChange(backend, 'second');
    await backend.alter('account-1', {
      emailUndos: (await backend.account()).emailUndos?.slice(1),
    });
    expect(await undoEmailChange(deps, { linkToken: 'second' })).toEqual({});
    expect(await backend.account()).toMatchObject({ email: NEW_EMAIL });
    expect(await backend.accounts.ownerOf(first, 0)).toBe('account-1');
  });

  test('is undone together with the phone that was changed since', async () => {
    const { backend, deps } = await changed();
    await backend.alter('account-1', { phone: NEW_PHONE, method: 'PHONE' });
    expect(await undoEmailChange(deps, { linkToken: 'link' })).toEqual({});
    expect(await backend.account()).toMatchObject({ phone: '+12025550143', method: 'PHONE' });
  });

  test('is undone as the release before recorded it, with the factor of now', async () => {
    const { backend, deps, changedAt } = await changed();
    const undo = { email: 'pat@cedargrove.example', changedAt, until: 9e15 };
    await backend.alter('account-1', { emailUndos: undefined, emailUndo: undo });
    expect(await undoEmailChange(deps, { linkToken: 'link' })).toEqual({});
    const account = await backend.account();
    expect(account).toMatchObject({ email: undo.email, phone: '+12025550143' });
    expect(account).not.toHaveProperty('emailUndo');
  });

  test('is undone with a passkey that is added at the same moment', async () => {
    const { backend, deps, changedAt } = await changed();
    const { list } = deps.passkeys;
    let isFirst = true;
    const passkeys: EmailChangeDeps['passkeys'] = {
      remove: (passkey) => backend.passkeys.remove(passkey),
      async list(owner) {
        const listed = await list.call(backend.passkeys, owner);
        if (isFirst) await addPasskey(backend, 'in between', changedAt + 1);
        isFirst = false;
        return listed;
      },
    };
    expect(await undoEmailChange({ ...deps, passkeys }, { linkToken: 'link' })).toEqual({});
    expect(await passkeysLeft(backend)).toEqual([]);
    expect(await backend.account()).toMatchObject({ epoch: 2, passkeyCount: 0 });
  });
});

describe('a change of the phone', () => {
  const asked = { phoneNumber: '(202) 555-0177', channel: 'SMS' } as const;

  test('is verified, and remembers the former number for its notice', async () => {
    const backend = await backendWith();
    const deps = phoneDeps(backend);
    expect(await changePhone(deps, await asker(backend), asked)).toHaveProperty('code');
    const code = backend.text.lastCode();
    expect(await verifyNewPhone(deps, await asker(backend), { code })).toMatchObject({
      maskedPhone: '***-***-0177',
    });
    expect(await backend.account()).toMatchObject({
      phone: NEW_PHONE,
      formerPhone: '+12025550143',
      method: 'PHONE',
    });
  });

  test.each([
    ['no number', { phoneNumber: '12', channel: 'SMS' } as const, 'PHONE_INVALID'],
    ['a toll-free line', { ...asked, phoneNumber: '800 555 0100' }, 'PHONE_NOT_ALLOWED'],
  ])('refuses %s', async (_what, body, refused) => {
    const backend = await backendWith();
    const answer = await changePhone(phoneDeps(backend), await asker(backend), body);
    expect(answer).toMatchObject({ refused });
  });

  test('waits while a password of the account is being set, and takes the same code then', async () => {
    const backend = await backendWith();
    const deps = phoneDeps(backend);
    await changePhone(deps, await asker(backend), asked);
    const code = backend.text.lastCode();
    const lease = { id: 'reset', until: backend.now() + MINUTE };
    await backend.alter('account-1', { passwordLease: lease });
    const refused = await verifyNewPhone(deps, await asker(backend), { code });
    expect(refused).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    await backend.alter('account-1', { passwordLease: undefined });
    expect(await verifyNewPhone(deps, await asker(backend), { code })).toHaveProperty(
      'maskedPhone',
    );
  });

  test('may be its removal, which is done once', async () => {
    const backend = await backendWith();
    const deps = phoneDeps(backend);
    for (let press = 1; press <= 2; press += 1)
      expect(await removePhone(deps, await backend.account())).toMatchObject({ method: 'EMAIL' });
    expect(backend.eventNames().filter((name) => name === 'PHONE_REMOVED')).toHaveLength(1);
  });
});

describe('a change of the password', () => {
  const change = async (backend: Backend, currentPassword: string, newPassword = GOOD_PASSWORD) =>
    changePassword(passwordDeps(backend), await asker(backend), { currentPassword, newPassword });

  test('ends what was open and issues a ticket', async () => {
    const backend = await backendWith({ sessionsSince: 1, lastFactorAt: 1 });
    expect(await change(backend, 'the current one')).toEqual({ ticket: expect.any(String) });
    const account = await backend.account();
    expect(account).toMatchObject({ epoch: 2, failuresInARow: 0 });
    expect(account.passwordLease).toBeUndefined();
    expect(account.lastFactorAt).toBeUndefined();
  });

  test('records a wrong current one, and sets nothing', async () => {
    const backend = await backendWith();
    expect(await change(backend, 'not it')).toEqual({ refused: 'CURRENT_PASSWORD_INVALID' });
    expect(backend.eventNames()).toEqual(['CURRENT_PASSWORD_REFUSED']);
    expect(await backend.account()).toMatchObject({ epoch: 1 });
  });

  test('that comes twice at once has not proven a wrong password', async () => {
    const backend = await backendWith();
    const late = { ...(await asker(backend)), requestId: 'the same' };
    const typed = { currentPassword: 'the current one', newPassword: GOOD_PASSWORD };
    expect(await changePassword(passwordDeps(backend), late, typed)).toHaveProperty('ticket');
    const deps = { ...passwordDeps(backend), isCognitoPassword: async () => false };
    expect(await changePassword(deps, late, typed)).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(backend.eventNames()).toEqual(['PASSWORD_CHANGED']);
    const another = { ...late, requestId: 'another' };
    expect(await changePassword(deps, another, typed)).toEqual({
      refused: 'CURRENT_PASSWORD_INVALID',
    });
  });

  test('takes the same request again where Cognito does not answer', async () => {
    const backend = await backendWith();
    backend.pool.failNext('setPassword');
    await expect(change(backend, 'the current one')).rejects.toMatchObject({
      name: 'UserPoolUnavailable',
    });
    expect((await backend.account()).passwordLease?.until).toBe(backend.now() - 1);
    expect(await change(backend, 'the current one')).toHaveProperty('ticket');
  });

  test('that a revocation overtakes is on record, notifies the owner and ends the session', async () => {
    const backend = await backendWith();
    backend.pool.before = async (operation) => {
      backend.pool.before = undefined;
      if (operation === 'setPassword') await backend.alter('account-1', { epoch: 2 });
    };
    expect(await change(backend, 'the current one')).toEqual({ refused: 'TOKEN_INVALID' });
    expect(backend.eventNames()).toEqual(['PASSWORD_CHANGED']);
    const account = await backend.account();
    expect(account).toMatchObject({ epoch: 3 });
    expect(account).not.toHaveProperty('passwordLease');
  });
});
