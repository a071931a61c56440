import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { USAGE, type Way, WAYS } from '../../../bin/capacity/usage.ts';
import { BrowserDevice } from '../clients/browser-device.ts';
import { Callee } from '../clients/callee.ts';
import { Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
let device: BrowserDevice;
beforeAll(async () => {
  machine = await Machine.boot();
  await machine.advance(secondsToNoon(await machine.now()));
  device = await BrowserDevice.make();
  await pat().signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
});
afterAll(async () => machine.stop());

/** The budgets of a day begin at midnight, which no sign-in of these tests comes near. */
const secondsToNoon = (now: number) =>
  (DAY_S + DAY_S / 2 - (Math.floor(now / 1000) % DAY_S)) % DAY_S;
const DAY_S = 86_400;

const pat = () => new PortalUser(machine, PAT.email);

async function byCall(): Promise<void> {
  const person = pat();
  await person.provePassword(PASSWORD);
  await person.answer({ factor: 'CALL' });
  const callee = new Callee(machine, PAT.phone);
  await callee.answer();
  await callee.press('#');
  await callee.ended();
  await person.answer({ call: 'CONFIRMED' });
}

const SIGN_IN: Record<Way, () => Promise<unknown>> = {
  EMAIL: () => pat().signIn(PASSWORD, 'EMAIL', PAT.email),
  SMS: () => pat().signIn(PASSWORD, 'SMS', PAT.phone),
  CALL: byCall,
  DEVICE: () => device.signIn(pat()),
};

/** Counts of `function service:operation`, taken and set back to zero. */
async function takeCounts(): Promise<Record<string, number>> {
  return (await machine.local('DELETE', 'aws-calls')) as Record<string, number>;
}

/** What Connect reports of a call comes at its own time, so it is not counted. */
test.each(WAYS)('a sign-in by %s takes what the capacity page says', async (way) => {
  // The day's first sends also take a lease of the breaker.
  await SIGN_IN[way]();
  await machine.advance(1_000);
  await takeCounts();
  await SIGN_IN[way]();
  const counts = Object.entries(await takeCounts()).filter(([name]) =>
    /^(define|create|verify|token-gate|call-flow) /.test(name),
  );
  const of = (pattern: RegExp) =>
    counts.filter(([name]) => pattern.test(name)).reduce((sum, [, count]) => sum + count, 0);
  const { transactions, updates, reads, macs } = USAGE[way];
  expect({
    transactions: of(/dynamodb:TransactWriteItems/),
    updates: of(/dynamodb:UpdateItem/),
    reads: of(/dynamodb:(Get|BatchGet|Query)/),
    macs: of(/kms:GenerateMac/),
  }).toEqual({ transactions, updates, reads, macs });
});
