import { describe, expect, test } from '@jest/globals';
import {
  forgetDevice,
  listDevices,
  meOf,
  signOutEverywhere,
} from '../../../../lambdas/journeys/my-account/me.ts';
import { put } from '../../../../lambdas/ground/platform/database.ts';
import { Backend } from '../../../fakes/backend.ts';
import { aDevice, anAccount, anEmailUser, HOUR } from '../../../fakes/builders.ts';

/** A browser that is remembered for another hour. */
const remembers = (backend: Backend) =>
  backend.write(put('rememberedDevices', { ...aDevice({ expiresAt: backend.now() + HOUR }) }));

async function signedIn(account = anAccount()) {
  const backend = new Backend();
  await backend.has(account);
  const { devices, pool } = backend;
  return { backend, account, deps: { ...backend.shared, devices, pool } };
}

describe('what signed-in users see of themselves', () => {
  test('is what they gave, the phone masked, and nothing of how it is kept', () => {
    expect(meOf(anAccount({ lastSignInAt: 0 }))).toEqual({
      username: 'pphone',
      firstName: 'Pat',
      lastName: 'Harper',
      email: 'pat@cedargrove.example',
      maskedPhone: '***-***-0143',
      method: 'PHONE',
      role: 'STANDARD',
      npi: '1234567893',
      acceptedTermsVersion: '2026-10',
      lastSignInAt: '1970-01-01T00:00:00.000Z',
    });
  });

  test('lacks what the account lacks', () => {
    const me = meOf(anEmailUser({ acceptedTermsVersion: undefined }));
    expect(me).not.toHaveProperty('maskedPhone');
    expect(me).not.toHaveProperty('acceptedTermsVersion');
    expect(me).not.toHaveProperty('lastSignInAt');
  });
});

describe('the remembered devices of a user', () => {
  test('are listed with their times, without their keys', async () => {
    const { backend, deps, account } = await signedIn();
    const { time } = backend.clock;
    const device = aDevice({ createdAt: time, expiresAt: time + HOUR, lastUsedAt: time });
    await backend.write(put('rememberedDevices', { ...device }));
    expect(await listDevices(deps, account)).toEqual([
      {
        deviceId: 'device-1',
        loginMethod: 'PHONE',
        createdAt: '2026-10-05T12:00:00.000Z',
        expiresAt: '2026-10-05T13:00:00.000Z',
        lastUsedAt: '2026-10-05T12:00:00.000Z',
      },
    ]);
  });

  test('are forgotten with an event, or neither', async () => {
    const { backend, deps, account } = await signedIn();
    await remembers(backend);
    backend.database.failNext('commit');
    await expect(forgetDevice(deps, account, 'device-1')).rejects.toThrow();
    expect(backend.database.all('rememberedDevices')).toHaveLength(1);
    await forgetDevice(deps, account, 'device-1');
    expect(backend.database.all('rememberedDevices')).toEqual([]);
    expect(backend.trail()).toMatchObject([{ event: 'DEVICE_FORGOTTEN', actor: 'SELF' }]);
  });

  test('of others are not forgotten', async () => {
    const { backend, deps, account } = await signedIn();
    await backend.write(put('rememberedDevices', { ...aDevice({ accountId: 'account-2' }) }));
    await forgetDevice(deps, account, 'device-1');
    expect(backend.database.all('rememberedDevices')).toHaveLength(1);
    expect(backend.trail()).toEqual([]);
  });

  test('is one event, also where the request comes again', async () => {
    const { backend, deps, account } = await signedIn();
    await remembers(backend);
    for (const _time of [1, 2]) await forgetDevice(deps, account, 'device-1');
    expect(backend.eventNames()).toEqual(['DEVICE_FORGOTTEN']);
  });
});

test('a browser that is forgotten twice at once is one event', async () => {
  const { backend, deps, account } = await signedIn();
  await remembers(backend);
  await Promise.all([1, 2].map(() => forgetDevice(deps, account, 'device-1')));
  expect(backend.eventNames()).toEqual(['DEVICE_FORGOTTEN']);
});

describe('signing out everywhere', () => {
  test('raises the epoch, so every session and device ends, and is recorded', async () => {
    const { backend, deps, account } = await signedIn();
    await signOutEverywhere(deps, account);
    expect(await backend.account()).toMatchObject({ epoch: 2, validAfter: backend.now() });
    expect(backend.pool.user('user-of-account-1').signOuts).toBe(1);
    expect(backend.eventNames()).toEqual(['SIGNED_OUT_EVERYWHERE']);
  });

  test('twice at once ends the sessions once', async () => {
    const { backend, deps, account } = await signedIn();
    await Promise.all([signOutEverywhere(deps, account), signOutEverywhere(deps, account)]);
    expect(await backend.account()).toMatchObject({ epoch: 2 });
    expect(backend.eventNames()).toEqual(['SIGNED_OUT_EVERYWHERE']);
  });

  test('counts where Cognito does not answer', async () => {
    const { backend, deps, account } = await signedIn();
    backend.pool.failAlways('signOutEverywhere');
    await signOutEverywhere(deps, account);
    expect(await backend.account()).toMatchObject({ epoch: 2, signOutDue: backend.now() });
  });

  test('is an outage, and ends nothing, while the database does not answer', async () => {
    const { backend, deps, account } = await signedIn();
    backend.database.failNext('commit');
    await expect(signOutEverywhere(deps, account)).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(await backend.account()).toMatchObject({ epoch: 1 });
  });
});
