import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ERIN, Machine, PASSWORD } from '../clients/machine.ts';
import { assemblyWith } from '../clients/own-assembly.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { runOps } from '../clients/operator.ts';

let machine: Machine;
beforeAll(async () => {
  const certificateArn =
    'arn:aws:acm:us-east-1:000000000000:certificate/12345678-1234-1234-1234-123456789012';
  const apiDomain = { name: 'api.portal.example', certificateArn };
  machine = await Machine.boot(await assemblyWith({ apiDomain }));
}, 60_000);
afterAll(async () => machine.stop());

test('a stage whose API has an address of its own is reached on this machine, by its functions too', async () => {
  const erin = new PortalUser(machine, ERIN.email);
  await erin.provePassword(PASSWORD);
  await erin.answer({ code: await erin.sendCode('EMAIL', ERIN.email) });
  const { termsUrl } = erin.round.parameters;
  expect(termsUrl).toBe(`${machine.outputs.apiUrl}/terms/current`);
  expect((await fetch(String(termsUrl))).status).toBe(200);
});

test('doctor finds its firewall', async () => {
  expect((await runOps(machine, 'doctor')).out).toMatch(/^OK {3}Firewall api:/m);
});
