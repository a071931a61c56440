import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HalfDone } from '../clients/half-done.ts';
import { Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { runOps } from '../clients/operator.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Registrant } from '../clients/registrant.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

/** What is found beside the user of the test before, sorted, without the words. */
const faultsIn = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(':')))
    .filter((line) => !line.startsWith('USER_NOT_OURS'))
    .sort();

const WHY = ['--reason', 'after the outage of Monday', '--yes'];

test('check finds nothing on a stage where people register and sign in', async () => {
  const doctor = new Registrant(machine);
  await doctor.open({ username: 'mchen', password: 'Portal-Pass-2025' });
  await doctor.enrol('PHONE', 'm.chen@cedargrove.example');
  await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone);
  expect(await runOps(machine, 'check')).toEqual({ code: 0, out: 'Nothing was found.\n', err: '' });
});

test('repair mends what is left half-done, and leaves what a person must decide', async () => {
  const left = new HalfDone(machine);
  await left.user('left.behind@cedargrove.example', 'gone');
  await left.user('by.hand@cedargrove.example');
  await left.moveUser(PAT.email, 'elsewhere@cedargrove.example');
  left.destroy();

  const checked = await runOps(machine, 'check');
  expect(checked.code).toBe(3);
  expect(checked.out.trim().split('\n').sort()).toEqual([
    expect.stringMatching(/^USER_ELSEWHERE {2}pphone: .*\(ops repair mends it\)$/),
    expect.stringMatching(/^USER_NOT_OURS {2}\S+: .*delete it by hand$/),
    expect.stringMatching(/^USER_UNKNOWN {2}\S+: no account refers to it \(ops repair mends it\)$/),
  ]);
  const repaired = await runOps(machine, 'repair', ...WHY);
  expect(repaired.code).toBe(3);
  expect(repaired.out.match(/: mended/g)).toHaveLength(2);
  expect((await runOps(machine, 'check')).out).toMatch(/^USER_NOT_OURS .*\n$/);
  const pat = new PortalUser(machine, PAT.email);
  expect((await pat.signIn(PASSWORD, 'SMS', PAT.phone)).AccessToken).toBeDefined();
});

test('check looks at what belongs to accounts, and at the trail', async () => {
  const left = new HalfDone(machine);
  await left.belongings();
  left.destroy();
  await machine.settled();
  const { code, out } = await runOps(machine, 'check');
  expect(code).toBe(3);
  expect(faultsIn(out)).toEqual([
    'CODE_OF_NOBODY  1234567893/gone',
    'DEVICE_OF_NOBODY  gone/device',
    'PASSKEY_OF_NOBODY  gone/passkey',
    'PROOF_TWICE  gone',
  ]);
  const until = new Date(await machine.now()).toISOString();
  const later = await runOps(machine, 'check', '--since', until);
  expect(faultsIn(later.out)).not.toContain('PROOF_TWICE  gone');
});

test('repair says why, and asks', async () => {
  expect((await runOps(machine, 'repair', '--yes')).code).toBe(2);
  const { code, err } = await runOps(machine, 'repair', '--reason', 'a drill');
  expect([code, err]).toEqual([2, expect.stringContaining('Confirm it with --yes')]);
});
