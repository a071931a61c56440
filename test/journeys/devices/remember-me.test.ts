import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { ADA, LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
let device: BrowserDevice;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
beforeEach(async () => {
  await machine.advance(86_400);
  device = await BrowserDevice.make();
});

const pat = () => new PortalUser(machine, PAT.email);
const remember = () => pat().signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
const refused = { error: 'NotAuthorizedException', message: 'Incorrect username or password.' };

describe('a remembered device', () => {
  test('signs in by its login method without password or code for exactly four hours', async () => {
    await remember();
    await machine.advance(4 * 3_600 - 10);
    expect(await device.signIn(pat())).toMatchObject({ tokens: expect.anything() });
    await machine.advance(11);
    expect(await device.signIn(pat())).toMatchObject(refused);
  });

  test('is refused for another method, another user, another key or an old nonce', async () => {
    await remember();
    expect(await device.signIn(pat(), 'EMAIL')).toMatchObject(refused);
    expect(await device.signIn(new PortalUser(machine, ADA.email))).toMatchObject(refused);
    const other = await BrowserDevice.make();
    const user = pat();
    const { parameters } = await user.begin();
    expect(
      await user.answer(
        await other.proof(
          machine.outputs.userPoolClientId,
          'PHONE',
          parameters.nonce ?? '',
          device.deviceId,
        ),
      ),
    ).toMatchObject(refused);
    const replayed = await device.proof(
      machine.outputs.userPoolClientId,
      'PHONE',
      parameters.nonce ?? '',
    );
    const again = pat();
    await again.begin();
    expect(await again.answer(replayed)).toMatchObject(refused);
    expect(await device.signIn(pat())).toMatchObject({ tokens: expect.anything() });
  });

  test('does not move the end of refresh', async () => {
    await remember();
    await machine.advance(4 * 3_600 - 100);
    const { tokens } = await device.signIn(pat());
    expect((await pat().refresh(tokens?.RefreshToken ?? '')).AuthenticationResult).toBeDefined();
    await machine.advance(101);
    expect((await pat().refresh(tokens?.RefreshToken ?? '')).AuthenticationResult).toBeUndefined();
  });

  test('is listed and forgotten by its owner, and by an answer', async () => {
    const { AccessToken } = await remember();
    await device.signIn(pat());
    const listed = await machine.api('GET', '/me/remembered-devices', undefined, AccessToken);
    expect(listed.body).toMatchObject([
      { deviceId: device.deviceId, loginMethod: 'PHONE', lastUsedAt: expect.any(String) },
    ]);
    expect(
      (
        await machine.api(
          'DELETE',
          `/me/remembered-devices/${device.deviceId}`,
          undefined,
          AccessToken,
        )
      ).status,
    ).toBe(204);
    expect(await device.signIn(pat())).toMatchObject(refused);
    await machine.advance(60);
    await remember();
    await pat().signIn(PASSWORD, 'SMS', PAT.phone, { forgetDevice: device.deviceId });
    expect(await device.signIn(pat())).toMatchObject(refused);
  });

  test('dies with sign-out everywhere', async () => {
    const { AccessToken, RefreshToken } = await remember();
    expect(
      (await machine.api('POST', '/me/sign-out-everywhere', undefined, AccessToken)).status,
    ).toBe(204);
    expect(await device.signIn(pat())).toMatchObject(refused);
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(401);
    expect((await pat().refresh(RefreshToken)).AuthenticationResult).toBeUndefined();
  });

  test('is one of ten: the one that ends first makes room', async () => {
    const devices = [];
    const lee = () => new PortalUser(machine, LEE.email);
    for (let number = 0; number < 11; number += 1) {
      const next = await BrowserDevice.make();
      devices.push(next);
      await lee().signIn(PASSWORD, 'EMAIL', LEE.email, next.wish);
      await machine.advance(120);
    }
    const { AccessToken } = await lee().signIn(PASSWORD, 'EMAIL', LEE.email);
    expect(
      (await machine.api('GET', '/me/remembered-devices', undefined, AccessToken)).body,
    ).toHaveLength(10);
    expect(await devices[0]?.signIn(lee(), 'EMAIL')).toMatchObject(refused);
    expect(await devices[1]?.signIn(lee(), 'EMAIL')).toMatchObject({ tokens: expect.anything() });
  });

  test('must be a point of the curve, and an invalid key uses no attempt', async () => {
    const x = 'A'.repeat(43);
    const user = pat();
    await user.provePassword(PASSWORD);
    const code = await user.sendCode('SMS', PAT.phone);
    const refusal = await user.answer({
      code,
      rememberDevice: { publicKey: { kty: 'EC', crv: 'P-256', x, y: x } },
    });
    expect(refusal).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { reason: 'ANSWER_INVALID', attemptsLeft: '5' },
    });
    const { tokens } = await user.answer({ code, ...device.wish });
    expect(
      (await machine.api('GET', '/me/remembered-devices', undefined, tokens?.AccessToken)).body,
    ).toMatchObject([{ deviceId: device.deviceId }]);
  });
});
