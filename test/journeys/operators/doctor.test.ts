import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Machine } from '../clients/machine.ts';
import { assume, runOps, runOpsAs } from '../clients/operator.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

test('doctor examines the stage of this machine, line by line, and finds the missing subscriber', async () => {
  const { code, out, err } = await runOps(machine, '--stage', 'local', 'doctor');
  expect(err).toBe('');
  const lines = out.trim().split('\n');
  for (const line of lines) expect(line).toMatch(/^(OK {2}|WARN|FIX ) [\w -]+: \S/);
  expect(lines).toContainEqual(expect.stringMatching(/^FIX {2}Alarms: nobody subscribes/));
  expect(lines.filter((line) => line.startsWith('FIX'))).toHaveLength(1);
  for (const subject of [
    'Stack',
    'SES identity',
    'DKIM',
    'SNS sandbox',
    'Connect number',
    'KMS key',
    'SES suppression',
    'Suppression of the stage',
    'Suppressed sender',
    'Lambda concurrency',
    'Firewall api',
    'Firewall sign-in',
    'Firewall workforce',
    'API logging role',
    'Cognito UserAuthentication',
    'Schedule of sweep',
    'CloudTrail data events',
  ])
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^OK {3}${subject}:`)));
  expect(code).toBe(3);
});

test('what an operator may not ask is a warning, and the rest goes on', async () => {
  await machine.fault({ service: 'ses', times: 4, error: 'AccessDeniedException' });
  const { out } = await runOps(machine, '--stage', 'local', 'doctor');
  await machine.clearFaults();
  expect(out).toMatch(/^WARN E-mail: cannot be examined: AccessDenied/m);
  expect(out).toMatch(/^OK {3}Cognito plan: ESSENTIALS$/m);
});

test.each(['OperatorReadOnlyRoleArn', 'OperatorRoleArn'] as const)(
  'the role %s may ask everything that doctor asks, and its session names the person',
  async (role) => {
    const keys = await assume(machine, role);
    const { out, err } = await runOpsAs(keys, machine, '--stage', 'local', 'doctor');
    expect(err).toBe('');
    expect(out).not.toContain('cannot be examined');
    expect(out).toMatch(/^OK {3}Schedule of sweep:/m);
  },
);

test('doctor sends nothing', async () => {
  await machine.clearMessages();
  await runOps(machine, '--stage', 'local', 'doctor');
  expect(await machine.messages()).toEqual([]);
});
