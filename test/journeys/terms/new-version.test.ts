import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { assemblyWith } from '../clients/own-assembly.ts';
import { PortalUser } from '../clients/portal-user.ts';

/**
 * One deployment after the other over the same data: the terms of September, then those of October.
 */
let data: string;
let machine: Machine;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'portal-auth-terms-'));
  machine = await Machine.boot(await assemblyWith({ terms: { version: '2026-09' } }), data);
});
afterAll(async () => {
  await machine.stop();
  await rm(data, { recursive: true });
});

test('a new version must be accepted on every path before tokens are refreshed', async () => {
  const device = await BrowserDevice.make();
  const pat = new PortalUser(machine, PAT.email);
  await pat.provePassword(PASSWORD);
  await pat.answer({ code: await pat.sendCode('SMS', PAT.phone), ...device.wish });
  expect(pat.round).toMatchObject({
    challenge: 'ACCEPT_TERMS',
    parameters: { termsVersion: '2026-09' },
  });
  const { tokens } = await pat.acceptTerms();
  expect((await pat.refresh(tokens?.RefreshToken ?? '')).AuthenticationResult).toBeDefined();
  await machine.stop();

  machine = await Machine.boot(undefined, data);
  const again = new PortalUser(machine, PAT.email);
  expect((await again.refresh(tokens?.RefreshToken ?? '')).AuthenticationResult).toBeUndefined();
  expect(await device.signIn(again)).toMatchObject({
    challenge: 'ACCEPT_TERMS',
    parameters: { termsVersion: '2026-10' },
  });
  expect(await again.answer({ acceptTerms: '2026-09' })).toMatchObject({
    challenge: 'ACCEPT_TERMS',
    parameters: { reason: 'TERMS_OUTDATED', termsVersion: '2026-10' },
  });
  const accepted = await again.acceptTerms();
  expect(accepted.tokens).toBeDefined();
  expect((await again.refresh(tokens?.RefreshToken ?? '')).AuthenticationResult).toBeDefined();
  expect(
    (await machine.api('GET', '/me', undefined, accepted.tokens?.AccessToken)).body,
  ).toMatchObject({ acceptedTermsVersion: '2026-10' });
  const lee = new PortalUser(machine, LEE.email);
  await lee.provePassword(PASSWORD);
  expect((await lee.answer({ code: await lee.sendCode('EMAIL', LEE.email) })).tokens).toBeDefined();
});
