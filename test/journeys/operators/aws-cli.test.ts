import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askAsCli, type CliRequest, jsonRequest, queryRequest } from '../clients/aws-cli.ts';
import { ERIN, Machine } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
  await new PortalUser(machine, ERIN.email).begin();
});
afterAll(async () => machine.stop());

const GROUP = '/aws/lambda/portal-auth-local-create';
const TRAILS = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** What every version sends alike. */
const initiateAuth = (): CliRequest => ({
  ...jsonRequest('cognito-idp', 'AWSCognitoIdentityProviderService.InitiateAuth', {
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: ERIN.email },
    ClientId: machine.outputs.userPoolClientId,
  }),
  unsigned: true,
});
const callerIdentity = () =>
  queryRequest('sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' });
const scan = () =>
  jsonRequest(
    'dynamodb',
    'DynamoDB_20120810.Scan',
    { TableName: machine.outputs.tables.Accounts },
    { version: '1.0' },
  );
const logEvents = (more: object) =>
  jsonRequest('logs', 'Logs_20140328.FilterLogEvents', { logGroupName: GROUP, ...more });

/**
 * Version 1 speaks JSON with CloudWatch and says that it could speak query; version 2 speaks query.
 */
const alarmsByVersion1 = () =>
  jsonRequest(
    'monitoring',
    'GraniteServiceVersion20100801.DescribeAlarms',
    { StateValue: 'OK' },
    { version: '1.0', more: { 'x-amzn-query-mode': 'true' } },
  );
const alarmsByVersion2 = () =>
  queryRequest('monitoring', {
    Action: 'DescribeAlarms',
    Version: '2010-08-01',
    StateValue: 'OK',
  });

async function jsonOf(request: CliRequest, version: string) {
  const answer = await askAsCli(machine, request);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(`application/x-amz-json-${version}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function xmlOf(request: CliRequest): Promise<string> {
  const answer = await askAsCli(machine, request);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/xml');
  return answer.text();
}

describe('the AWS CLI', () => {
  test('cognito-idp initiate-auth, unsigned, is answered with the challenge for a device', async () => {
    expect(await jsonOf(initiateAuth(), '1.1')).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { challenge: 'PROVE_DEVICE', nonce: expect.any(String) },
      Session: expect.any(String),
    });
  });

  test('sts get-caller-identity is answered in XML, with the three members that it prints', async () => {
    const xml = await xmlOf(callerIdentity());
    expect(xml).toContain(`<GetCallerIdentityResponse xmlns="${TRAILS}">`);
    expect(xml).toMatch(/<GetCallerIdentityResult>.*<\/GetCallerIdentityResult>/s);
    expect(xml).toContain('<Arn>arn:aws:iam::000000000000:user/operator</Arn>');
    expect(xml).toContain('<Account>000000000000</Account>');
    expect(xml).toMatch(/<UserId>\w+<\/UserId>/);
  });

  test.each([
    ['logs tail of version 2', { interleaved: true, startTime: Date.now() - 600_000 }],
    ['logs filter-log-events of version 1', {}],
  ])('%s is answered with the lines', async (_command, more) => {
    const { events } = (await jsonOf(logEvents(more), '1.1')) as { events: object[] };
    expect(events.at(-1)).toEqual({
      logStreamName: expect.any(String),
      eventId: expect.any(String),
      timestamp: expect.any(Number),
      ingestionTime: expect.any(Number),
      message: expect.stringContaining('"code":"CREATED"'),
    });
  });

  test('cloudwatch describe-alarms of version 1 is answered in JSON, times in seconds', async () => {
    const { MetricAlarms } = (await jsonOf(alarmsByVersion1(), '1.0')) as {
      MetricAlarms: Record<string, unknown>[];
    };
    expect(MetricAlarms[0]).toMatchObject({
      AlarmName: expect.any(String),
      StateValue: 'OK',
      Threshold: expect.any(Number),
      StateUpdatedTimestamp: expect.any(Number),
    });
  });

  test('cloudwatch describe-alarms of version 2 is answered in XML, times in ISO 8601', async () => {
    const xml = await xmlOf(alarmsByVersion2());
    expect(xml).toContain('<DescribeAlarmsResult>');
    expect(xml).toMatch(/<MetricAlarms><member>.*<StateValue>OK<\/StateValue>/s);
    expect(xml).toMatch(/<StateUpdatedTimestamp>\d{4}-\d\d-\d\dT[\d:.]+Z<\/StateUpdatedTimestamp>/);
  });

  test('dynamodb scan is answered with items', async () => {
    const { Items, Count } = (await jsonOf(scan(), '1.0')) as { Items: object[]; Count: number };
    expect(Items).toHaveLength(Count);
    expect(Items[0]).toMatchObject({ pk: { S: expect.any(String) } });
  });

  test('gets an error in its protocol, with a code', async () => {
    const unknown = await askAsCli(
      machine,
      queryRequest('sts', { Action: 'GetSessionToken', Version: '2011-06-15' }),
    );
    expect(unknown.status).toBe(400);
    expect(await unknown.text()).toMatch(/<Error>.*<Code>\w+<\/Code>.*<Message>.+<\/Message>/s);
    const missing = await askAsCli(machine, logEvents({ logGroupName: '/aws/lambda/none' }));
    expect(missing.status).toBe(400);
    expect(await missing.json()).toMatchObject({ __type: 'ResourceNotFoundException' });
  });
});

test('the README names these commands and no other, each with an endpoint that every version reads', () => {
  const lines = [...readFileSync('README.md', 'utf8').matchAll(/^aws (.*)$/gm)].map(
    ([, line = '']) => line,
  );
  const onThisMachine = lines.filter((line) => !line.startsWith('ses '));
  const named = onThisMachine.map(
    (line) => /^--endpoint-url "\$AWS_ENDPOINT_URL" ([a-z-]+ [a-z-]+)/.exec(line)?.[1],
  );
  expect(named).toEqual([
    'cognito-idp initiate-auth',
    'sts get-caller-identity',
    'logs tail',
    'logs filter-log-events',
    'cloudwatch describe-alarms',
    'dynamodb scan',
  ]);
});
