import { describe, expect, test } from '@jest/globals';
import { synthesizeApart } from './synthesize-apart.ts';
import { all, one, readTemplate, referencesIn, type Resource, template } from './template.ts';

const api = one('AWS::WAFv2::WebACL', 'ApiFirewall').Properties;
const signIn = one('AWS::WAFv2::WebACL', 'SignInFirewall').Properties;
const workforce = one('AWS::WAFv2::WebACL', 'WorkforceFirewall').Properties;
const rule = (acl: Resource['Properties'], name: string) =>
  acl.Rules.find(({ Name }: { Name: string }) => Name === name);

describe('the firewall at the user pool', () => {
  test('allows exactly the four operations of sign-in, refresh and sign-out', () => {
    expect(signIn.DefaultAction).toEqual({ Block: {} });
    const { Action, Statement } = rule(signIn, 'SignInOperations');
    expect(Action).toEqual({ Allow: {} });

    const matches = Statement.OrStatement.Statements.map(
      ({ ByteMatchStatement }: Resource['Properties']) => ByteMatchStatement,
    );
    expect(
      matches.map(({ SearchString }: { SearchString: string }) => SearchString).sort(),
    ).toEqual(
      ['GetTokensFromRefreshToken', 'InitiateAuth', 'RespondToAuthChallenge', 'RevokeToken'].sort(),
    );
    for (const { FieldToMatch, PositionalConstraint } of matches) {
      expect(FieldToMatch).toEqual({ SingleHeader: { Name: 'x-amzn-cognito-operation-name' } });
      expect(PositionalConstraint).toBe('EXACTLY');
    }
  });

  test('refuses attackers and floods before it allows anything', () => {
    const allowing = signIn.Rules.filter(
      ({ Action }: { Action?: { Allow?: object } }) => Action?.Allow !== undefined,
    );
    expect(
      allowing.map(({ Name, Priority }: { Name: string; Priority: number }) => [Name, Priority]),
    ).toEqual([['SignInOperations', 3]]);
    expect([
      rule(signIn, 'AWSManagedRulesAmazonIpReputationList').Priority,
      rule(signIn, 'OneSource').Priority,
    ]).toEqual([1, 2]);
  });
});

describe.each([
  ['the API', api],
  ["the employees' user pool, whose hosted pages have no operations", workforce],
])('the firewall at %s', (_what, acl) => {
  test('allows what no rule refuses', () => {
    expect(acl.DefaultAction).toEqual({ Allow: {} });
    expect(acl.Rules.map(({ Name }: { Name: string }) => Name)).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'OneSource',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
  });
});

describe.each([
  ['api', api],
  ['sign-in', signIn],
  ['workforce', workforce],
])('the firewall %s', (guards, acl) => {
  test('refuses a flood from one address, well above the rate of a clinic', () => {
    const { Statement, Action } = rule(acl, 'OneSource');
    expect(Statement.RateBasedStatement).toEqual({
      Limit: 3000,
      AggregateKeyType: 'IP',
      EvaluationWindowSec: 300,
    });
    expect(Action.Block.CustomResponse).toMatchObject({
      ResponseCode: 429,
      ResponseHeaders: [
        { Name: 'Retry-After', Value: '300' },
        { Name: 'Access-Control-Allow-Origin', Value: 'http://localhost:3000' },
        { Name: 'Access-Control-Expose-Headers', Value: 'Retry-After' },
        { Name: 'Cache-Control', Value: 'no-store' },
      ],
    });
  });

  test('keeps no samples of requests, because they contain passwords', () => {
    const visibilities = [
      acl.VisibilityConfig,
      ...acl.Rules.map(({ VisibilityConfig }: { VisibilityConfig: object }) => VisibilityConfig),
    ];
    expect(
      visibilities.every(({ SampledRequestsEnabled }) => SampledRequestsEnabled === false),
    ).toBe(true);
  });

  test('logs refused requests without paths, queries and tokens', () => {
    const [aclId] = all('AWS::WAFv2::WebACL').find(([, { Properties }]) => Properties === acl)!;
    const logging = all('AWS::WAFv2::LoggingConfiguration').find(
      ([, { Properties }]) => referencesIn(Properties.ResourceArn)[0] === aclId,
    )![1].Properties;
    expect(logging.RedactedFields).toEqual([
      { SingleHeader: { Name: 'authorization' } },
      { UriPath: {} },
      { QueryString: {} },
    ]);
    const [destination] = logging.LogDestinationConfigs;
    expect(JSON.stringify(destination)).not.toContain(':*');
    const group = referencesIn(destination)
      .map((id) => template.Resources[id])
      .find((resource) => resource?.Type === 'AWS::Logs::LogGroup')!;
    expect(group.Properties.LogGroupName).toBe(`aws-waf-logs-portal-auth-local-${guards}`);
    expect(group.Properties.KmsKeyId).toBeDefined();
  });
});

test.each([
  ['the API, as its problems', api, { status: 429, code: 'RATE_LIMITED', retryAfterSeconds: 300 }],
  ['the user pool, as its exceptions', signIn, { __type: 'TooManyRequestsException' }],
])('a flood is refused in the form of %s', (_form, acl, body) => {
  const { Content } = Object.values(acl.CustomResponseBodies)[0] as { Content: string };
  expect(JSON.parse(Content)).toMatchObject(body);
});

test('one firewall protects the API, and one each of the user pools', () => {
  const guarded = all('AWS::WAFv2::WebACLAssociation').flatMap(([, { Properties }]) =>
    referencesIn(Properties.ResourceArn).filter((id) =>
      /::Stage$|::UserPool$/.test(template.Resources[id]?.Type ?? ''),
    ),
  );
  const [[apiStage]] = all('AWS::ApiGateway::Stage') as [[string, Resource]];
  const pools = all('AWS::Cognito::UserPool').map(([id]) => id);
  expect(pools).toHaveLength(2);
  expect(guarded.sort()).toEqual([apiStage, ...pools].sort());
});

describe('the account-takeover rules', () => {
  test('are off by default', () => {
    expect(rule(api, 'AWSManagedRulesATPRuleSet')).toBeUndefined();
  });

  test('inspect the portal login of a stage that asks for them', async () => {
    const { folder } = await synthesizeApart({
      stage: 'example',
      checks: true,
      overrides: { accountTakeoverRules: true },
    });
    const apart = readTemplate(folder, 'example');
    const { Statement } = rule(
      one('AWS::WAFv2::WebACL', 'ApiFirewall', apart).Properties,
      'AWSManagedRulesATPRuleSet',
    );
    const [{ AWSManagedRulesATPRuleSet: inspected }] =
      Statement.ManagedRuleGroupStatement.ManagedRuleGroupConfigs;
    expect(inspected).toMatchObject({
      LoginPath: expect.stringMatching(/^\/\w+\/mfa-registrations$/),
      RequestInspection: {
        PayloadType: 'JSON',
        UsernameField: { Identifier: '/username' },
        PasswordField: { Identifier: '/password' },
      },
    });
    const guarding = one('AWS::WAFv2::WebACL', 'SignInFirewall', apart).Properties;
    expect(rule(guarding, 'AWSManagedRulesATPRuleSet')).toBeUndefined();
  });
});
