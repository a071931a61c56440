import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { StackAlarms } from '../clients/alarms.ts';
import { Callee } from '../clients/callee.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
let alarms: StackAlarms;
beforeAll(async () => {
  machine = await Machine.boot();
  alarms = new StackAlarms(machine);
});
afterAll(async () => machine.stop());
beforeEach(async () => {
  await machine.reset();
});

const many = 1_000;
type Fault = Record<string, unknown>;

async function chooses(factor: 'SMS' | 'EMAIL' | 'CALL', email = PAT.email): Promise<void> {
  const user = new PortalUser(machine, email);
  await user.provePassword(PASSWORD);
  await user.answer({ factor });
}

const asksForLink = async () =>
  void (await machine.api('POST', '/registration-links', { username: 'jrivera' }));
const startsReset = async () =>
  void (await machine.api('POST', '/password-resets', { email: ERIN.email }));
const signsIn = (email = LEE.email) =>
  new PortalUser(machine, email).signIn(PASSWORD, 'EMAIL', email);

const throttled = 'ThrottlingException';

/** What fails, what somebody does then, and the alarm that goes off. */
const OUTAGES: readonly [string, Fault, () => Promise<unknown>, string][] = [
  [
    'SES refuses sign-in codes',
    { service: 'ses', times: many, error: throttled },
    () => chooses('EMAIL'),
    'EmailsNotSent',
  ],
  [
    'SES refuses links',
    { service: 'ses', times: many, error: throttled },
    asksForLink,
    'EmailsNotSent',
  ],
  [
    'SES does not answer',
    { service: 'ses', times: many, delayMs: 3_000 },
    () => chooses('EMAIL'),
    'EmailsNotSent',
  ],
  [
    'SNS refuses',
    { service: 'sns', times: many, error: throttled },
    () => chooses('SMS'),
    'TextsNotSent',
  ],
  [
    'carriers drop texts',
    { service: 'sns', operation: 'Delivery', times: many },
    () => chooses('SMS'),
    'TextsNotDelivered',
  ],
  [
    'Connect is denied',
    { service: 'connect', times: many, error: 'AccessDeniedException' },
    () => chooses('CALL'),
    'CallsNotPlaced',
  ],
  [
    'Connect throttles calls',
    { service: 'connect', times: many, error: throttled },
    () => chooses('CALL'),
    'CallQuota',
  ],
  [
    'KMS is down',
    { service: 'kms', times: many, error: 'KMSInternalException' },
    () => chooses('EMAIL'),
    'SignInFails',
  ],
  [
    'DynamoDB fails in the gate',
    { service: 'dynamodb', function: 'token-gate', times: many, error: 'InternalServerError' },
    () => signsIn().catch(() => undefined),
    'SignInFails',
  ],
  [
    'DynamoDB fails',
    { service: 'dynamodb', times: many, error: 'InternalServerError' },
    () => chooses('EMAIL'),
    'TablesFail',
  ],
  [
    'DynamoDB throttles',
    { service: 'dynamodb', times: many, error: 'ProvisionedThroughputExceededException' },
    () => Promise.all([chooses('EMAIL'), chooses('EMAIL', LEE.email)]),
    'TablesFail',
  ],
  [
    'the queue is down',
    { service: 'sqs', times: many, error: 'ServiceUnavailable' },
    async () => {
      for (let request = 0; request < 5; request += 1) await asksForLink();
    },
    'ApiFaults',
  ],
  [
    'Cognito throttles',
    { service: 'cognito', operation: 'InitiateAuth', times: 5, error: 'TooManyRequestsException' },
    async () => {
      for (let attempt = 0; attempt < 5; attempt += 1)
        await new PortalUser(machine, PAT.email).begin();
    },
    'SignInThrottles',
  ],
  [
    'many e-mails bounce',
    { service: 'ses', operation: 'Bounce', times: 5 },
    async () => {
      for (const { email } of [PAT, ERIN, LEE, ADA]) await chooses('EMAIL', email);
      await asksForLink();
    },
    'Bounces',
  ],
  [
    'an e-mail is reported as spam',
    { service: 'ses', operation: 'Complaint', times: 1 },
    () => chooses('EMAIL'),
    'Complaints',
  ],
];

describe('an outage', () => {
  test.each(OUTAGES)('raises its alarm: %s', async (_what, fault, act, alarm) => {
    expect(await alarms.raised()).toEqual([]);
    await machine.fault(fault);
    await act();
    expect(await alarms.untilRaised(alarm)).toMatchObject({ reason: expect.any(String) });
    await machine.clearFaults();
    await machine.advance(4 * 3_600);
    await eventually(
      async () => ((await alarms.raised()).includes(alarm) ? undefined : true),
      `the end of ${alarm}`,
    );
  });

  test('of the outbox: what waits, and what was given up', async () => {
    await machine.fault({ service: 'ses', times: many, error: throttled });
    await startsReset();
    for (let delivery = 1; delivery <= 4; delivery += 1) {
      await eventually(
        async () => ((await linesOf('outbox', 'EMAIL_NOT_SENT')) >= delivery ? true : undefined),
        `delivery ${delivery}`,
      );
      await machine.advance(181);
    }
    await alarms.untilRaised('OutboxWaits');
    await eventually(async () => {
      await machine.advance(181);
      return (await alarms.raised()).includes('OutboxDeadLetters') ? true : undefined;
    }, 'the dead letter');
  });

  test('of the archive: events that it gives up, or is late with', async () => {
    await machine.fault({ service: 's3', times: many, error: 'InternalError' });
    await signsIn();
    await eventually(async () => {
      await machine.advance(60);
      return (await alarms.raised()).includes('AuditDeadLetters') ? true : undefined;
    }, 'the dead letter');
  });

  test('of the notices: events that they are late with', async () => {
    await machine.fault({
      service: 'dynamodb',
      function: 'notices',
      times: many,
      error: throttled,
    });
    await signsIn();
    await eventually(
      async () => ((await linesOf('notices', 'EVENT_NOT_HANDLED')) > 0 ? true : undefined),
      'an event that is not handled',
    );
    await machine.advance(700);
    await alarms.untilRaised('AuditLags');
  });

  test('of the function that a contact flow reports to', async () => {
    await chooses('CALL');
    const phone = new Callee(machine, PAT.phone);
    await machine.fault({ service: 'dynamodb', function: 'call-flow', times: many });
    await phone.answer();
    await phone.press('#');
    await alarms.untilRaised('WorkersFail');
  });

  test('that nobody reports: sign-ins begin, and none is completed', async () => {
    for (let period = 0; period < 3; period += 1) {
      for (let person = 0; person < 20; person += 1)
        await new PortalUser(machine, ERIN.email).provePassword(PASSWORD);
      if (period < 2) await machine.advance(300);
    }
    await alarms.untilRaised('SignInsNotCompleted');
  });
});

async function linesOf(functionId: string, code: string): Promise<number> {
  return (await machine.logs(functionId)).filter(({ line }) => line.includes(code)).length;
}
