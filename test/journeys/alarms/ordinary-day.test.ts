import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { StackAlarms } from '../clients/alarms.ts';
import { BrowserDevice } from '../clients/browser-device.ts';
import { Callee } from '../clients/callee.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Registrant } from '../clients/registrant.ts';
import { Resetter } from '../clients/resetter.ts';

let machine: Machine;
let alarms: StackAlarms;
beforeAll(async () => {
  machine = await Machine.boot();
  alarms = new StackAlarms(machine);
});
afterAll(async () => machine.stop());

/** The sum of a metric over all minutes and dimensions. */
async function sumOf(name: string): Promise<number> {
  const metrics = (await machine.local('GET', `metrics?name=${name}`)) as {
    dimensions: object;
    points: { sum: number }[];
  }[];
  return metrics.flatMap(({ points }) => points).reduce((sum, point) => sum + point.sum, 0);
}

async function mornings(): Promise<void> {
  const device = await BrowserDevice.make();
  const pat = new PortalUser(machine, PAT.email);
  await pat.signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
  await device.signIn(new PortalUser(machine, PAT.email));
  await new PortalUser(machine, ERIN.email).signIn(PASSWORD, 'EMAIL', ERIN.email);
  await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email);
  const ada = new PortalUser(machine, ADA.email);
  await ada.provePassword(PASSWORD);
  await ada.answer({ factor: 'CALL' });
  const phone = new Callee(machine, ADA.phone);
  await phone.answer();
  await phone.press('#');
  expect(await ada.answer({ call: 'CONFIRMED' })).toMatchObject({ tokens: expect.anything() });
}

async function mistakes(): Promise<void> {
  const lee = new PortalUser(machine, LEE.email);
  expect(await lee.provePassword('Not-The-Password-1')).toMatchObject({ error: expect.anything() });
  await lee.provePassword(PASSWORD);
  const code = await lee.sendCode('EMAIL', LEE.email);
  await lee.answer({ code: wrong(code) });
  await lee.answer({ resend: true });
  await lee.answer('{"code":1}');
  await new PortalUser(machine, 'nobody@cedargrove.example').begin();
  const stranger = new PortalUser(machine, PAT.email);
  await stranger.begin();
  await stranger.answer({ ticket: 'x'.repeat(43) });
  await machine.api('POST', '/mfa-registrations', { username: 'mchen', password: 'wrong' });
  await machine.api('GET', '/me', undefined, 'not-a-token');
}

/** Every tab that is left open asks for tokens once more after the session's end. */
async function tabsLeftOpen(): Promise<void> {
  const refreshTokens: string[] = [];
  for (let tab = 0; tab < 5; tab += 1) {
    const user = new PortalUser(machine, tab % 2 === 0 ? ERIN.email : LEE.email);
    const to = tab % 2 === 0 ? ERIN.email : LEE.email;
    refreshTokens.push((await user.signIn(PASSWORD, 'EMAIL', to)).RefreshToken);
  }
  await machine.advance(4 * 3_600 - 5);
  for (const token of refreshTokens) await new PortalUser(machine, ERIN.email).refresh(token);
  // A session that a remembered device began ends with its factor, before its token does.
  const device = await BrowserDevice.make();
  const pat = new PortalUser(machine, PAT.email);
  await pat.signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
  await machine.advance(2 * 3_600);
  const { tokens } = await device.signIn(pat);
  await machine.advance(2 * 3_600 + 1);
  expect(await pat.refresh(tokens?.RefreshToken ?? '')).toMatchObject({
    __type: 'UserLambdaValidationException',
  });
  for (const token of refreshTokens)
    expect(await new PortalUser(machine, ERIN.email).refresh(token)).toMatchObject({
      __type: expect.stringMatching(/UserLambdaValidation|NotAuthorized/),
    });
}

async function registrationsAndResets(): Promise<void> {
  const chen = new Registrant(machine);
  await chen.open({ username: 'mchen', password: 'Portal-Pass-2025' });
  await chen.enrol('EMAIL', 'm.chen@cedargrove.example');
  await chen.requestLink({ username: 'jrivera' }, 'jrivera@cedargrove.example');
  const resetter = new Resetter(machine);
  await resetter.proveEmail(ERIN.email);
  await resetter.step('PUT', '/password', { password: PASSWORD });
}

async function closed(): Promise<void> {
  const { AccessToken } = await new PortalUser(machine, ADA.email).signIn(
    PASSWORD,
    'SMS',
    ADA.phone,
  );
  await machine.api('PUT', '/admin/users/eemail/status', { status: 'DISABLED' }, AccessToken);
  const erin = new PortalUser(machine, ERIN.email);
  expect(await erin.provePassword(PASSWORD)).toMatchObject({
    challenge: 'REGISTRATION_INCOMPLETE',
  });
}

describe('an ordinary day', () => {
  test('ends with no alarm in ALARM, and none was in between', async () => {
    for (const part of [mornings, mistakes, tabsLeftOpen, registrationsAndResets, closed]) {
      await part();
      expect(await alarms.raised()).toEqual([]);
      await machine.advance(1_800);
      expect(await alarms.raised()).toEqual([]);
    }
    await machine.advance(86_400);
    expect(await alarms.raised()).toEqual([]);
    for (const { since } of await alarms.all()) expect(Date.parse(since)).not.toBeNaN();
  });

  test('is measured: sign-ins, sends, calls, steps, and the refusals of the gate', async () => {
    await eventually(async () => ((await sumOf('Steps')) > 5 ? true : undefined), 'the steps');
    expect(await sumOf('SignInsStarted')).toBeGreaterThan(8);
    expect(await sumOf('SignInsCompleted')).toBeGreaterThan(16);
    expect(await sumOf('Sends')).toBeGreaterThan(8);
    expect(await sumOf('Calls')).toBe(1);
    expect(await sumOf('GateRefusals')).toBeGreaterThan(0);
    expect(await sumOf('CodeSeconds')).toBeGreaterThanOrEqual(0);
  });
});
