/** A stage that requires passkeys of its administrators. */
import { describe, expect, test } from '@jest/globals';
import { recoveryCodeOf } from '../../../../contract/recovery-code.ts';
import {
  addPasskey,
  issueRecoveryCodes,
} from '../../../../lambdas/capabilities/accounts/owner.transitions.ts';
import { recoveryCodeMessage } from '../../../../lambdas/capabilities/passkeys/recovery-codes.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount } from '../../../fakes/builders.ts';
import { deviceKey } from './device-key.ts';
import { SignIn } from './sign-in.ts';

const TICKET = 't'.repeat(43);
const REQUIRED = { passkeys: { rpId: 'portal.example', requiredForAdmins: true } };
const BOUND = { role: 'ADMIN', passkeyCount: 1 } as const;

async function stageWith(more: Parameters<typeof anAccount>[0], some = REQUIRED) {
  const backend = new Backend(some);
  const account = await backend.has(anAccount(more));
  return { backend, account };
}

describe('an administrator who has a passkey', () => {
  test('is offered it and the recovery codes, and nothing that is sent', async () => {
    const { backend } = await stageWith({ ...BOUND, recoveryCodes: ['mac'] });
    const { parameters } = await SignIn.afterPassword(backend);
    expect(parameters).toMatchObject({ factors: 'PASSKEY,RECOVERY_CODE' });
    expect(parameters).not.toHaveProperty('maskedPhone');
  });

  test.each(['SMS', 'CALL', 'EMAIL'])('cannot choose %s all the same', async (factor) => {
    const { backend } = await stageWith(BOUND);
    const signIn = await SignIn.afterPassword(backend);
    expect(await signIn.answer({ factor })).toBe(false);
    expect(signIn.parameters).toMatchObject({ reason: 'ANSWER_INVALID' });
    expect(backend.database.all('challenges').flatMap(({ sent }) => sent ?? [])).toEqual([]);
  });

  test('is asked for it after a password and a ticket, which is not used up', async () => {
    const { backend, account } = await stageWith(BOUND);
    const holder = { ...account, loginMethod: 'PHONE' as const };
    await backend.write(backend.tickets.issue(TICKET, holder, backend.now()));
    const signIn = await SignIn.afterPassword(backend);
    expect(await signIn.answer({ ticket: TICKET })).toBe(false);
    expect(signIn.parameters).toMatchObject({ challenge: 'USE_PASSKEY' });
    expect(backend.eventNames()).toEqual([]);
  });

  test('does not sign in by a ticket alone', async () => {
    const { backend, account } = await stageWith(BOUND);
    const holder = { ...account, loginMethod: 'PHONE' as const };
    await backend.write(backend.tickets.issue(TICKET, holder, backend.now()));
    const signIn = await SignIn.withoutPassword(backend);
    const before = backend.database.calls.length;
    expect(await signIn.answer({ ticket: TICKET })).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    // The same calls as for a wrong ticket of anybody: the time says nothing of the account.
    const cost = backend.database.calls.slice(before);
    const { backend: other } = await stageWith({});
    const wrong = await SignIn.withoutPassword(other);
    const start = other.database.calls.length;
    await wrong.answer({ ticket: 'u'.repeat(43) });
    expect(cost).toEqual(other.database.calls.slice(start));
  });

  test('proves nothing by a code that was open before the passkey was made', async () => {
    const { backend } = await stageWith({ role: 'ADMIN' });
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    await backend.write(backend.accounts.apply(await backend.account(), addPasskey(10)));
    expect(await signIn.answer({ code: backend.text.lastCode() })).toBe(false);
    expect((await backend.account()).grants ?? []).toEqual([]);
    expect(backend.eventNames()).not.toContain('SIGNED_IN');
  });

  test('signs in by a recovery code, and has no browser remembered', async () => {
    const { backend, account } = await stageWith(BOUND);
    const code = 'ABCD-EFGH-2345';
    const mac = await backend.mac.mac(
      recoveryCodeMessage(account.accountId, recoveryCodeOf(code) ?? ''),
    );
    await backend.write(backend.accounts.apply(account, issueRecoveryCodes([mac])));
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'RECOVERY_CODE' });
    const { jwk: publicKey } = deviceKey();
    expect(await signIn.answer({ code, rememberDevice: { publicKey } })).toBe(true);
    expect(backend.database.all('rememberedDevices')).toEqual([]);
    expect(backend.eventNames()).not.toContain('DEVICE_REMEMBERED');
  });

  test('does not sign in by a browser that was remembered before', async () => {
    const { backend } = await stageWith({ role: 'ADMIN' });
    const key = deviceKey();
    const before = await SignIn.afterPassword(backend);
    await before.answer({ factor: 'SMS' });
    await before.answer({ code: backend.text.lastCode(), rememberDevice: { publicKey: key.jwk } });
    await before.tokens();
    await backend.write(backend.accounts.apply(await backend.account(), addPasskey(10)));
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer(key.prove(signIn))).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    expect(backend.eventNames().at(-1)).toBe('DEVICE_REFUSED');
  });
});

describe('the requirement binds nobody else:', () => {
  test.each([
    ['an administrator without a passkey', { role: 'ADMIN' }, REQUIRED],
    ['a standard user with a passkey', { passkeyCount: 1 }, REQUIRED],
    [
      'an administrator of a stage without it',
      BOUND,
      { passkeys: { ...REQUIRED.passkeys, requiredForAdmins: false } },
    ],
  ] as const)('%s may have a code sent', async (_who, more, some) => {
    const { backend } = await stageWith(more, some);
    const signIn = await SignIn.afterPassword(backend);
    expect(signIn.parameters).toMatchObject({ factors: expect.stringMatching(/^SMS,CALL,EMAIL/) });
  });
});
