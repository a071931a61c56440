import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { StackAlarms } from '../clients/alarms.ts';
import { HalfDone } from '../clients/half-done.ts';
import { eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { runOps } from '../clients/operator.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
let alarms: StackAlarms;
beforeAll(async () => {
  machine = await Machine.boot();
  alarms = new StackAlarms(machine);
});
afterAll(async () => machine.stop());

async function leave(work: (left: HalfDone) => Promise<void>): Promise<void> {
  const left = new HalfDone(machine);
  await work(left);
  left.destroy();
}

/** The lines of the sweep with the code. */
const lines = async (code: string) =>
  (await machine.logs('sweep'))
    .map(({ line }) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.code === code);

test('a night mends what is half-done, and the morning is quiet', async () => {
  await leave(async (left) => {
    await left.user('left.behind@cedargrove.example', 'gone');
    await left.claim('held@cedargrove.example');
    await left.moveUser(PAT.email, 'elsewhere@cedargrove.example');
  });
  await machine.advance(86_400);
  await machine.logged('sweep', 'SWEPT');
  expect(await lines('SWEPT')).toMatchObject([{ faults: 3, mended: 3, left: 0 }]);
  expect((await lines('FAULT_MENDED')).map(({ fault }) => fault).sort()).toEqual([
    'NAME_OF_NOBODY',
    'USER_ELSEWHERE',
    'USER_UNKNOWN',
  ]);
  expect(JSON.stringify(await machine.logs('sweep'))).not.toMatch(/@|pphone/);
  expect((await runOps(machine, 'check')).out).toBe('Nothing was found.\n');
  const pat = new PortalUser(machine, PAT.email);
  expect((await pat.signIn(PASSWORD, 'SMS', PAT.phone)).AccessToken).toBeDefined();
  expect(await alarms.raised()).toEqual([]);
});

test('what a person must decide raises the alarm', async () => {
  await leave((left) => left.user('by.hand@cedargrove.example'));
  await machine.advance(86_400);
  await alarms.untilRaised('FaultsLeft');
  expect(await lines('FAULT_FOUND')).toMatchObject([{ fault: 'USER_NOT_OURS' }]);
});

test('a sweep that fails is repeated', async () => {
  const error = 'NotAuthorizedException';
  const swept = (await lines('FAULTS_LEFT')).length;
  await machine.fault({ service: 'cognito', operation: 'ListUsers', times: 1, error });
  await machine.advance(86_400);
  await machine.logged('sweep', 'SWEEP_FAILED');
  await machine.advance(60);
  await eventually(
    async () => ((await lines('FAULTS_LEFT')).length > swept ? true : undefined),
    'the second run',
  );
});
