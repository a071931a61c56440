import { describe, expect, test } from '@jest/globals';
import { SignIn } from '../../packages/auth-client/src/sign-in.ts';
import type { RememberedDeviceRecord } from '../../packages/auth-client/src/remembered-device.ts';
import {
  ACCEPT_TERMS,
  browser,
  CHOOSE_FACTOR,
  CONFIRM_CALL,
  enterCode,
  fault,
  PROVE_DEVICE,
  tokens,
} from './fakes.ts';

const EMAIL = 'pat@cedargrove.example';
const phone = { email: EMAIL, loginMethod: 'PHONE', remember: false } as const;
const remembering = { ...phone, remember: true } as const;

async function recordOf(loginMethod: 'PHONE' | 'EMAIL'): Promise<RememberedDeviceRecord> {
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign', 'verify'],
  );
  return { deviceId: 'known-device', email: EMAIL, loginMethod, key: privateKey };
}

describe('Remember Me', () => {
  test('sends a public key with the proof, and keeps the key after the factor', async () => {
    const { deps, steps, device } = browser([CHOOSE_FACTOR, enterCode(), tokens]);
    const signIn = SignIn.open(deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('123456');
    expect(steps.at(-1)?.given).toEqual({
      code: '123456',
      rememberDevice: { publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } },
    });
    expect(device()).toMatchObject({
      deviceId: 'new-device',
      email: EMAIL,
      loginMethod: 'PHONE',
    });
  });

  test('keeps the device if only the terms are left', async () => {
    const { deps, device } = browser([CHOOSE_FACTOR, enterCode(), ACCEPT_TERMS]);
    const signIn = SignIn.open(deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('123456');
    expect(device()).toMatchObject({ deviceId: 'new-device' });
  });

  test('keeps no device for a wrong code', async () => {
    const { deps, device } = browser([
      CHOOSE_FACTOR,
      enterCode(),
      enterCode({ reason: 'CODE_MISMATCH' }),
    ]);
    const signIn = SignIn.open(deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('000000');
    expect(device()).toBeUndefined();
  });

  test('remembers the method of the factor, not of the login button', async () => {
    const { deps, device } = browser([CHOOSE_FACTOR, enterCode({ factor: 'EMAIL' }), tokens]);
    const signIn = SignIn.open(deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('EMAIL');
    await signIn.enterCode('123456');
    expect(device()).toMatchObject({ loginMethod: 'EMAIL' });
  });

  test('is a phone login after a call', async () => {
    const { deps, device } = browser([CHOOSE_FACTOR, CONFIRM_CALL, tokens]);
    const signIn = SignIn.open(deps, { ...remembering, loginMethod: 'EMAIL' });
    await signIn.withPassword('secret');
    await signIn.chooseFactor('CALL');
    await signIn.confirmCall();
    expect(device()).toMatchObject({ loginMethod: 'PHONE' });
  });

  test('is optional: a browser that cannot make a key still signs in', async () => {
    const { deps, steps } = browser([CHOOSE_FACTOR, enterCode(), tokens]);
    deps.devices.make = () => Promise.reject(new Error('WebCrypto is off'));
    const signIn = SignIn.open(deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    expect(await signIn.enterCode('123456')).toMatchObject({ kind: 'SIGNED_IN' });
    expect(steps.at(-1)?.given).toEqual({ code: '123456' });
  });

  test('replaces the former device of the browser', async () => {
    const { deps, steps, device } = browser([CHOOSE_FACTOR, enterCode(), tokens], {
      device: await recordOf('PHONE'),
    });
    const signIn = SignIn.open(deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('123456');
    expect(steps.at(-1)?.given).toMatchObject({
      rememberDevice: expect.anything(),
      forgetDevice: 'known-device',
    });
    expect(device()).toMatchObject({ deviceId: 'new-device' });
  });

  test('sends no request about devices if the person does not want it', async () => {
    const { deps, steps } = browser([CHOOSE_FACTOR, enterCode(), tokens]);
    const signIn = SignIn.open(deps, phone);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('123456');
    expect(steps.at(-1)?.given).toEqual({ code: '123456' });
  });

  test('asks the backend once to forget a device that was forgotten here', async () => {
    const { deps, steps } = browser([
      CHOOSE_FACTOR,
      enterCode(),
      enterCode({ reason: 'CODE_MISMATCH' }),
      tokens,
    ]);
    deps.forgotten.clear();
    const storage = deps.forgotten as unknown as { write: (value: string) => void };
    storage.write('forgotten-device');
    const signIn = SignIn.open(deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('000000');
    expect(steps.at(-1)?.given).toMatchObject({ forgetDevice: 'forgotten-device' });
    expect(deps.forgotten.read()).toBe('forgotten-device');
    await signIn.enterCode('123456');
    expect(steps.at(-1)?.given).toMatchObject({ forgetDevice: 'forgotten-device' });
    expect(deps.forgotten.read()).toBeUndefined();
  });
});

describe('a sign-in with a remembered device', () => {
  test('signs the nonce and needs neither password nor code', async () => {
    const { deps, steps } = browser([PROVE_DEVICE, tokens]);
    const state = await SignIn.open(deps, phone).withDevice(await recordOf('PHONE'));
    expect(state).toEqual({ kind: 'SIGNED_IN', loginMethod: 'PHONE' });
    expect(steps).toEqual([
      { step: 'begin' },
      {
        step: 'answer',
        given: {
          deviceId: 'known-device',
          loginMethod: 'PHONE',
          signature: expect.stringMatching(/^[\w-]{86}$/),
        },
      },
    ]);
  });

  test('leads to new terms', async () => {
    const { deps } = browser([PROVE_DEVICE, ACCEPT_TERMS]);
    expect(await SignIn.open(deps, phone).withDevice(await recordOf('PHONE'))).toMatchObject({
      challenge: { challenge: 'ACCEPT_TERMS' },
    });
  });

  test('forgets a device that the backend does not recognise', async () => {
    const record = await recordOf('PHONE');
    const { deps, device } = browser([PROVE_DEVICE, fault('NotAuthorizedException')], {
      device: record,
    });
    expect(await SignIn.open(deps, phone).withDevice(record)).toMatchObject({
      kind: 'ENDED',
      refusal: { code: 'DEVICE_NOT_RECOGNISED' },
    });
    expect(device()).toBeUndefined();
  });

  test.each([
    ['NetworkError', 'UNREACHABLE'],
    ['TooManyRequestsException', 'RATE_LIMITED'],
  ])('keeps the device after %s', async (code, refusal) => {
    const record = await recordOf('PHONE');
    const { deps, device } = browser([PROVE_DEVICE, fault(code)], { device: record });
    expect(await SignIn.open(deps, phone).withDevice(record)).toMatchObject({
      kind: 'ENDED',
      refusal: { code: refusal },
    });
    expect(device()).toBe(record);
  });
});
