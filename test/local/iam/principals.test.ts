import { describe, expect, test } from '@jest/globals';
import { authorise } from '../../../local/iam/authorise.ts';
import { createPrincipals, refusal } from '../../../local/iam/principals.ts';
import { requestContext } from '../../../local/iam/request-context.ts';
import { readRoles } from '../../../local/iam/roles.ts';
import { readPolicy } from '../../../local/iam/statements.ts';
import { resolveTemplate, type RawTemplate } from '../../../local/template/template.ts';
import { awsCall, OPERATOR, PLACE, role, STRANGER } from '../requests.ts';

const ARN = 'arn:aws:iam::000000000000:role/one';
const statements = readPolicy({ Version: '2012-10-17', Statement: [] }, 'a test');

describe('access keys', () => {
  const principals = createPrincipals(new Map([[ARN, statements]]), PLACE);

  test('each role and the operator has its own', () => {
    const { accessKeyId } = principals.credentialsOf(ARN);
    expect(accessKeyId).toMatch(/^AKIA[0-9A-F]{16}$/);
    expect(accessKeyId).not.toBe(principals.operator.accessKeyId);
    expect(principals.byAccessKey(accessKeyId)).toMatchObject({
      kind: 'role',
      arn: ARN,
    });
    expect(principals.byAccessKey(principals.operator.accessKeyId)).toMatchObject({
      kind: 'operator',
    });
  });

  test('are new at every start', () => {
    const again = createPrincipals(new Map([[ARN, statements]]), PLACE);
    expect(again.operator).not.toEqual(principals.operator);
    expect(again.credentialsOf(ARN)).not.toEqual(principals.credentialsOf(ARN));
  });

  test.each([undefined, '', 'AKIA0000000000000000'])('the key %j is a stranger', (key) => {
    expect(principals.byAccessKey(key)).toEqual({ kind: 'stranger' });
  });

  test('a function cannot run as a role that the stack does not have', () => {
    expect(() => principals.credentialsOf('arn:other')).toThrow(
      /runs as arn:other, which is not a role/,
    );
  });
});

describe('a refusal', () => {
  const needed = { action: 'sqs:SendMessage', resource: 'arn:q', context: {} };

  test('never meets the operator', () => {
    expect(refusal(OPERATOR, needed)).toBeUndefined();
  });

  test('always meets a stranger', () => {
    expect(refusal(STRANGER, needed)).toBe(
      'The security token included in the request is invalid.',
    );
  });

  test('says whether a role lacks permission or is denied it', () => {
    const allow = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
    const deny = { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*' };
    expect(refusal(role(allow), needed)).toBeUndefined();
    expect(refusal(role(), needed)).toMatch(/no identity-based policy allows the sqs:SendMessage/);
    expect(refusal(role(allow, deny), needed)).toMatch(/explicit deny/);
  });

  test.each([
    ['sqs', 'UnrecognizedClientException', 'AccessDeniedException', 400],
    ['ses', 'InvalidClientTokenId', 'AccessDenied', 403],
    ['s3', 'InvalidClientTokenId', 'AccessDenied', 403],
    ['connect', 'UnrecognizedClientException', 'AccessDeniedException', 403],
  ] as const)(
    'of %s is %s for a stranger and %s for a role',
    (service, stranger, denied, status) => {
      const permission = { action: `${service}:Do`, resource: '*' };
      const call = (principal: typeof STRANGER) => () =>
        authorise(awsCall(service, 'Do', { principal }), PLACE, permission);
      expect(call(STRANGER)).toThrow(expect.objectContaining({ code: stranger, status }));
      expect(call(role())).toThrow(expect.objectContaining({ code: denied, status }));
      expect(call(OPERATOR)).not.toThrow();
    },
  );
});

test("a service's own condition keys are added to the global ones", () => {
  expect(requestContext(role(), PLACE, { 'ses:FromAddress': 'a@b.example' })).toMatchObject({
    'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/tested',
    'aws:RequestedRegion': 'us-east-1',
    'aws:SecureTransport': 'true',
    'ses:FromAddress': 'a@b.example',
  });
  expect(requestContext(STRANGER, PLACE)['aws:PrincipalArn']).toBeUndefined();
});

describe('the roles of a template', () => {
  const document = (Action: string): object => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
  const rolesOf = (Resources: RawTemplate['Resources']) =>
    readRoles(resolveTemplate({ Resources }, PLACE));
  const allows = (Resources: RawTemplate['Resources'], action: string): boolean => {
    const [[arn, found] = ['', []]] = [...rolesOf(Resources)];
    const context = {};
    return (
      refusal({ kind: 'role', arn, statements: found }, { action, resource: '*', context }) ===
      undefined
    );
  };

  test('have inline, attached and managed statements', () => {
    const Resources = {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Policies: [{ PolicyName: 'inline', PolicyDocument: document('s3:GetObject') }],
          ManagedPolicyArns: [{ Ref: 'Managed' }],
        },
      },
      Attached: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: document('sqs:SendMessage'), Roles: [{ Ref: 'Role' }] },
      },
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: document('kms:GenerateMac') },
      },
    };
    for (const action of ['s3:GetObject', 'sqs:SendMessage', 'kms:GenerateMac'])
      expect([action, allows(Resources, action)]).toEqual([action, true]);
    expect(allows(Resources, 'ses:SendEmail')).toBe(false);
  });

  test('do not have the policies of other roles', () => {
    const Resources = {
      Role: { Type: 'AWS::IAM::Role' },
      Other: { Type: 'AWS::IAM::Role' },
      Attached: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: document('sqs:SendMessage'), Roles: [{ Ref: 'Other' }] },
      },
    };
    expect(allows(Resources, 'sqs:SendMessage')).toBe(false);
  });

  test('may have the managed policies of AWS that only write logs', () => {
    const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const Properties = { ManagedPolicyArns: [basic] };
    expect(rolesOf({ Role: { Type: 'AWS::IAM::Role', Properties } }).size).toBe(1);
  });

  test.each<[string, object, RegExp]>([
    [
      'another managed policy of AWS',
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      /AdministratorAccess, whose statements/,
    ],
    [
      'a permissions boundary',
      { PermissionsBoundary: 'arn:aws:iam::000000000000:policy/edge' },
      /permissions boundaries are not evaluated/,
    ],
  ])('cannot have %s', (_what, Properties, message) => {
    const Resources = { Role: { Type: 'AWS::IAM::Role', Properties } } as RawTemplate['Resources'];
    expect(() => rolesOf(Resources)).toThrow(message);
  });
});
