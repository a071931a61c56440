/** What the machine says of its account, by the SDK's own requests over its port. */
import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetSuppressedDestinationCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import {
  GetWebACLForResourceCommand,
  ListWebACLsCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BUILT_STACK } from '../built-stack.ts';
import { type LocalStack, startLocal } from '../../local/local-stack.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocal({ assembly: BUILT_STACK });
});
afterAll(async () => stack.stop());

const options = (credentials = stack.operatorCredentials) => ({
  endpoint: stack.endpoint,
  region: stack.outputs.region,
  credentials,
});
const STRANGER = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'none' };

test('API Gateway names the logging role that the template makes', async () => {
  const { cloudwatchRoleArn } = await new APIGatewayClient(options()).send(
    new GetAccountCommand({}),
  );
  expect(cloudwatchRoleArn).toMatch(/:role\/.*LoggingRole/);
});

test('an address that nobody suppressed is not found', async () => {
  const EmailAddress = 'no-reply@portal.example';
  await expect(
    new SESv2Client(options()).send(new GetSuppressedDestinationCommand({ EmailAddress })),
  ).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a resource without a web ACL has none', async () => {
  const ResourceArn = 'arn:aws:apigateway:us-east-1::/restapis/other/stages/v1';
  const { WebACL } = await new WAFV2Client(options()).send(
    new GetWebACLForResourceCommand({ ResourceArn }),
  );
  expect(WebACL).toBeUndefined();
});

describe('what this machine does not have is an error that names it', () => {
  test('an operation', async () => {
    await expect(
      new LambdaClient(options()).send(new GetFunctionCommand({ FunctionName: 'x' })),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('Lambda operation GET /2015-03-31/functions/x'),
    });
    await expect(
      new WAFV2Client(options()).send(new ListWebACLsCommand({ Scope: 'REGIONAL' })),
    ).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  test('a rule that the template does not have', async () => {
    await expect(
      new EventBridgeClient(options()).send(new DescribeRuleCommand({ Name: 'none' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test("another service's quotas", async () => {
    await expect(
      new ServiceQuotasClient(options()).send(
        new ListServiceQuotasCommand({ ServiceCode: 'connect' }),
      ),
    ).rejects.toMatchObject({
      message: expect.stringContaining('cognito-idp only, not of connect'),
    });
  });
});

describe('a request that lacks a member, or has one of another type, is refused', () => {
  test.each([
    ['the name of a rule', new DescribeRuleCommand({ Name: undefined })],
    ['a name that is a number', new DescribeRuleCommand({ Name: 7 as never })],
  ])('%s', async (_what, command) => {
    await expect(new EventBridgeClient(options()).send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Name'),
    });
  });

  test('the resource of a web ACL', async () => {
    const command = new GetWebACLForResourceCommand({ ResourceArn: undefined });
    await expect(new WAFV2Client(options()).send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('ResourceArn'),
    });
  });

  test('the topic, in the query protocol', async () => {
    const command = new ListSubscriptionsByTopicCommand({ TopicArn: undefined });
    await expect(new SNSClient(options()).send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('TopicArn'),
    });
  });
});

test('strangers are shown nothing', async () => {
  await expect(
    new APIGatewayClient(options(STRANGER)).send(new GetAccountCommand({})),
  ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

describe("a person's role", () => {
  const assume = (
    more: object,
    role = 'OperatorReadOnlyRoleArn',
    keys = stack.operatorCredentials,
  ) =>
    new STSClient(options(keys)).send(
      new AssumeRoleCommand({
        RoleArn: stack.stackOutputs[role] ?? role,
        RoleSessionName: 'olga',
        ...more,
      }),
    );
  const factor = { SerialNumber: 'arn:aws:iam::000000000000:mfa/olga', TokenCode: '123456' };

  test('is assumed with a second factor', async () => {
    const { AssumedRoleUser } = await assume(factor);
    expect(AssumedRoleUser?.Arn).toMatch(/^arn:aws:sts::000000000000:assumed-role\/.+\/olga$/);
  });

  test.each<[string, object]>([
    ['without a second factor', {}],
    ['with a code that is not six digits', { ...factor, TokenCode: '12345a' }],
    ['that trusts only a service', { ...factor, RoleArn: 'FUNCTION' }],
  ])('is refused %s', async (_how, more) => {
    const [role = ''] = [...stack.usedRights().keys()].filter((arn) => arn.includes('Define'));
    const wanted = 'RoleArn' in more ? { ...more, RoleArn: role } : more;
    await expect(assume(wanted)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('is refused to a stranger, and under an invalid name', async () => {
    await expect(assume(factor, undefined, STRANGER)).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await expect(assume({ ...factor, RoleSessionName: '<b>' })).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});
