import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { StackAlarms } from '../clients/alarms.ts';
import { HalfDone, keepTheSweepOut } from '../clients/half-done.ts';
import { ERIN, eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
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
    await left.leavePassword('eemail');
  });
  await machine.advance(86_400);
  await machine.logged('sweep', 'SWEPT');
  expect(await lines('SWEPT')).toMatchObject([{ faults: 4, mended: 4, left: 0 }]);
  expect((await lines('FAULT_MENDED')).map(({ fault }) => fault).sort()).toEqual([
    'NAME_OF_NOBODY',
    'PASSWORD_UNRECORDED',
    'USER_ELSEWHERE',
    'USER_UNKNOWN',
  ]);
  expect(JSON.stringify(await machine.logs('sweep'))).not.toMatch(/@|pphone/);
  expect((await runOps(machine, 'check')).out).toBe('Nothing was found.\n');
  const pat = new PortalUser(machine, PAT.email);
  expect((await pat.signIn(PASSWORD, 'SMS', PAT.phone)).AccessToken).toBeDefined();
  const [changed] = await machine.messages(ERIN.email);
  expect(changed?.subject).toContain('Your password may have been changed');
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

/** Which night's sweep has begun, as a number that grows by one a day. */
const nightOf = (now: number) => Math.floor((now - (9 * 60 + 10) * 60_000) / 86_400_000);

/**
 * People sign in every six hours.
 * @param settled waits for what happens by itself
 * @returns the hours after which the alarm was raised
 */
async function hoursUntilMissing(
  hours: number,
  settled = () => Promise.resolve(),
): Promise<number | undefined> {
  for (let hour = 0; hour < hours; hour += 6) {
    await new PortalUser(machine, ERIN.email).provePassword(PASSWORD);
    await machine.advance(6 * 3_600);
    await settled();
    if ((await alarms.raised()).includes('SweepMissing')) return hour + 6;
  }
  return undefined;
}

test('a sweep that never finishes raises the alarm after a day and a half, and not before', async () => {
  await machine.local('POST', 'reset');
  await keepTheSweepOut(machine);
  const hours = await hoursUntilMissing(48);
  expect(hours).toBeGreaterThanOrEqual(26);
  expect(hours).toBeLessThanOrEqual(39);
  await machine.clearFaults();
  await machine.advance(86_400);
  await eventually(
    async () => ((await alarms.raised()).includes('SweepMissing') ? undefined : true),
    'the end of SweepMissing',
  );
});

test('a new stage whose sweep runs at night is silent from its first sign-in on', async () => {
  await machine.local('POST', 'reset');
  const firstNight = nightOf(await machine.now());
  const everyNight = async () => {
    const nights = nightOf(await machine.now()) - firstNight;
    await eventually(
      async () => ((await lines('SWEPT')).length >= nights ? true : undefined),
      'the sweep of every night',
    );
  };
  expect(await hoursUntilMissing(72, everyNight)).toBeUndefined();
});

test('a stage in which nobody signs in is silent', async () => {
  await machine.local('POST', 'reset');
  await keepTheSweepOut(machine);
  await machine.advance(3 * 86_400);
  expect(await alarms.raised()).not.toContain('SweepMissing');
});
