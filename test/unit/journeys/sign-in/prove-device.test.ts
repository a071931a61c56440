import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import {
  aDevice,
  anAccount,
  anEmailUser,
  HOUR,
  type SomeSettings,
} from '../../../fakes/builders.ts';
import { deviceKey } from './device-key.ts';
import { ATTEMPT_ID, SignIn } from './sign-in.ts';

/** A phone user who had this browser remembered after a text. */
async function withRememberedDevice(some: SomeSettings = {}) {
  const backend = new Backend(some);
  await backend.has(anAccount());
  const key = deviceKey();
  const signIn = await SignIn.afterPassword(backend);
  await signIn.answer({ factor: 'SMS' });
  const rememberDevice = { publicKey: key.jwk };
  await signIn.answer({ code: backend.text.lastCode(), rememberDevice });
  await signIn.tokens();
  return { backend, key };
}

describe('remembering a device', () => {
  test('keeps its public key until four hours after the factor', async () => {
    const { backend, key } = await withRememberedDevice();
    expect(backend.database.all('rememberedDevices')).toMatchObject([
      {
        deviceId: key.deviceId,
        loginMethod: 'PHONE',
        epoch: 1,
        publicKey: { x: key.jwk.x, y: key.jwk.y },
        expiresAt: backend.now() + 4 * HOUR,
      },
    ]);
    expect(backend.eventNames()).toContain('DEVICE_REMEMBERED');
  });

  test('keeps the name that the browser gives itself, and takes no other text for one', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const { jwk: publicKey } = deviceKey();
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    const code = backend.text.lastCode();
    for (const browser of ['<b>Chrome</b>', 'https://phish.example', '', 'x'.repeat(41), 'a\nb']) {
      expect(await signIn.answer({ code, rememberDevice: { publicKey, browser } })).toBe(false);
      expect(signIn.parameters).toMatchObject({ reason: 'ANSWER_INVALID', attemptsLeft: '5' });
    }
    await signIn.answer({ code, rememberDevice: { publicKey, browser: 'Chrome, Windows' } });
    expect(backend.database.all('rememberedDevices')).toMatchObject([
      { browser: 'Chrome, Windows' },
    ]);
  });

  test('is left out where the stage turned it off', async () => {
    const { backend } = await withRememberedDevice({ rememberDeviceHours: 0 });
    expect(backend.database.all('rememberedDevices')).toEqual([]);
  });

  test('makes room at the eleventh: the device that ends first goes', async () => {
    const backend = new Backend();
    await backend.has(anEmailUser());
    const ids: string[] = [];
    for (let count = 1; count <= 11; count += 1) {
      const { jwk, deviceId } = deviceKey();
      ids.push(deviceId);
      const signIn = await SignIn.afterPassword(backend);
      await signIn.answer({ factor: 'EMAIL' });
      const code = backend.email.lastCode();
      await signIn.answer({ code, rememberDevice: { publicKey: jwk } });
      backend.clock.pass(15 * 60_000);
    }
    const kept = backend.database.all('rememberedDevices').map(({ deviceId }) => deviceId);
    expect(new Set(kept)).toEqual(new Set(ids.slice(1)));
  });

  test('is undone by an answer that forgets the device', async () => {
    const { backend, key } = await withRememberedDevice();
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'EMAIL' });
    await signIn.answer({ code: backend.email.lastCode(), forgetDevice: key.deviceId });
    expect(backend.database.all('rememberedDevices')).toEqual([]);
    expect(backend.eventNames()).toContain('DEVICE_FORGOTTEN');
  });

  test('that nobody knows is forgotten without an event', async () => {
    const { backend } = await withRememberedDevice();
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'EMAIL' });
    await signIn.answer({ code: backend.email.lastCode(), forgetDevice: 'x'.repeat(43) });
    expect(backend.database.all('rememberedDevices')).toHaveLength(1);
    expect(backend.eventNames()).not.toContain('DEVICE_FORGOTTEN');
  });

  test('and forgetting the same device in one answer remembers it', async () => {
    const { backend, key } = await withRememberedDevice();
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'EMAIL' });
    const rememberDevice = { publicKey: key.jwk };
    const code = backend.email.lastCode();
    await signIn.answer({ code, rememberDevice, forgetDevice: key.deviceId });
    expect(backend.database.all('rememberedDevices')).toHaveLength(1);
  });
});

describe('a remembered device', () => {
  test('signs in without a password, and without a new factor', async () => {
    const { backend, key } = await withRememberedDevice();
    const factorAt = (await backend.account()).lastFactorAt;
    backend.clock.pass(HOUR);
    const signIn = await SignIn.withoutPassword(backend);
    expect(signIn.parameters).toMatchObject({ challenge: 'PROVE_DEVICE' });
    expect(await signIn.answer(key.prove(signIn))).toBe(true);
    expect(await signIn.tokens()).toMatchObject({ issued: { login_method: 'PHONE' } });
    expect((await backend.account()).lastFactorAt).toBe(factorAt);
    expect(backend.eventNames()).toContain('DEVICE_PROVEN');
  });

  test('is named by its browser in the trail, where it is remembered and where it signs in', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const key = deviceKey();
    const browser = 'Chrome, Windows';
    const first = await SignIn.afterPassword(backend);
    await first.answer({ factor: 'SMS' });
    const rememberDevice = { publicKey: key.jwk, browser };
    await first.answer({ code: backend.text.lastCode(), rememberDevice });
    await first.tokens();
    const again = await SignIn.withoutPassword(backend);
    await again.answer(key.prove(again));
    const signIns = backend.trail().filter(({ event }) => event === 'SIGNED_IN');
    const known = { browser, attemptId: ATTEMPT_ID };
    expect(signIns).toMatchObject([known, known]);
    const proven = backend.trail().find(({ event }) => event === 'DEVICE_PROVEN');
    expect(proven).toMatchObject(known);
  });

  test('is marked as used, and ends no later for it', async () => {
    const { backend, key } = await withRememberedDevice();
    const [before] = backend.database.all('rememberedDevices');
    backend.clock.pass(HOUR);
    const signIn = await SignIn.withoutPassword(backend);
    await signIn.answer(key.prove(signIn));
    expect(backend.database.all('rememberedDevices')).toEqual([
      { ...before, lastUsedAt: backend.now() },
    ]);
  });

  test('signs in to an account that wrong codes have locked', async () => {
    const { backend, key } = await withRememberedDevice();
    await backend.alter('account-1', { failuresInARow: 100 });
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer(key.prove(signIn))).toBe(true);
  });

  test('passes once for a repeat of the same answer', async () => {
    const { backend, key } = await withRememberedDevice();
    const signIn = await SignIn.withoutPassword(backend);
    const proof = key.prove(signIn);
    expect(await Promise.all([signIn.judge(proof), signIn.judge(proof)])).toEqual([true, true]);
    expect((await backend.account()).grants).toHaveLength(1);
  });

  test('is the same proof where its answer is repeated after its end', async () => {
    const { backend, key } = await withRememberedDevice();
    backend.clock.pass(4 * HOUR - 1);
    const signIn = await SignIn.withoutPassword(backend);
    const proof = key.prove(signIn);
    expect(await signIn.judge(proof)).toBe(true);
    backend.clock.pass(1);
    expect(await signIn.judge(proof)).toBe(true);
    expect(backend.eventNames()).not.toContain('DEVICE_REFUSED');
  });

  test('ends four hours after its factor', async () => {
    const { backend, key } = await withRememberedDevice();
    backend.clock.pass(4 * HOUR);
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer(key.prove(signIn))).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
  });

  test.each<[string, Parameters<ReturnType<typeof deviceKey>['prove']>[1]]>([
    ['another login method', { loginMethod: 'EMAIL' }],
    ['the nonce of another flow', { nonce: 'another' }],
    ['the id of another device', { deviceId: 'd'.repeat(43) }],
    ['a signature of nothing', { signature: 'A'.repeat(86) }],
  ])('with %s is refused, recorded, and ends the flow', async (_what, changed) => {
    const { backend, key } = await withRememberedDevice();
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer(key.prove(signIn, changed))).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    expect(backend.eventNames().at(-1)).toBe('DEVICE_REFUSED');
  });

  test.each([
    ['was given a new epoch', { epoch: 2 }],
    ['was disabled', { status: 'DISABLED' }],
    ['was reset', { status: 'RESET' }],
  ] as const)('does not sign in to an account that %s', async (_what, more) => {
    const { backend, key } = await withRememberedDevice();
    await backend.alter('account-1', more);
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer(key.prove(signIn))).toBe(false);
  });

  test('does not sign in where the stage has turned Remember Me off', async () => {
    const { backend, key } = await withRememberedDevice();
    const off = new Backend({ rememberDeviceHours: 0 });
    await off.has(anAccount());
    const items = backend.database.all('rememberedDevices');
    await off.write(
      ...items.map((item) => ({
        kind: 'put' as const,
        table: 'rememberedDevices',
        item,
        when: [],
      })),
    );
    const signIn = await SignIn.withoutPassword(off);
    expect(await signIn.answer(key.prove(signIn))).toBe(false);
  });

  test('does not sign in where it is forgotten between the check and the proof', async () => {
    const { backend, key } = await withRememberedDevice();
    const signIn = await SignIn.withoutPassword(backend);
    backend.database.beforeCommit = () =>
      backend.write(backend.devices.forget('account-1', key.deviceId));
    expect(await signIn.judge(key.prove(signIn))).toBe(false);
    expect((await backend.account()).grants).toEqual([]);
  });

  test('of another account does not sign in', async () => {
    const { backend, key } = await withRememberedDevice();
    await backend.has(
      anEmailUser({ accountId: 'account-2', username: 'other', email: 'o@cedargrove.example' }),
    );
    const signIn = await SignIn.withoutPassword(backend, 'account-2');
    expect(await signIn.answer(key.prove(signIn))).toBe(false);
    expect(backend.eventNames('account-2')).toEqual(['DEVICE_REFUSED']);
  });

  test('that is refused is recorded 20 times an hour at most', async () => {
    const { backend, key } = await withRememberedDevice();
    for (let time = 1; time <= 21; time += 1) {
      const signIn = await SignIn.withoutPassword(backend);
      await signIn.answer(key.prove(signIn, { nonce: 'wrong' }));
    }
    const refused = backend.eventNames().filter((event) => event === 'DEVICE_REFUSED');
    expect(refused).toHaveLength(20);
  });
});

describe('a user that does not exist', () => {
  test('sees the challenge that everybody sees, with no account in it', async () => {
    const backend = new Backend();
    const { parameters } = await SignIn.ofNobody(backend);
    expect(parameters).toEqual({
      challenge: 'PROVE_DEVICE',
      nonce: expect.stringMatching(/^[\w-]{22}$/),
    });
  });

  test('costs the same count and leaves no event', async () => {
    const backend = new Backend();
    const signIn = await SignIn.ofNobody(backend);
    expect(await signIn.answer(deviceKey().prove(signIn))).toBe(false);
    expect(backend.database.all('limits')).toHaveLength(1);
    expect(backend.database.all('auditEvents')).toEqual([]);
  });
});

describe('the answer without a password', () => {
  test.each([
    ['of no form', 'nothing'],
    ['with a factor', { factor: 'SMS' }],
    ['with a ticket that nobody was given', { ticket: 't'.repeat(43) }],
    ['with a ticket of another shape', { ticket: 'short' }],
    ['with a short signature', { ...aDevice(), signature: 'A' }],
  ])('%s ends the flow, and stores nothing', async (_what, given) => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer(given)).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    expect(backend.database.all('challenges')).toEqual([]);
  });
});
