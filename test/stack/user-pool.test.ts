import { describe, expect, test } from '@jest/globals';
import { all, functions, one, readTemplate, referencesIn, template } from './template.ts';

const pool = one('AWS::Cognito::UserPool').Properties;
const client = one('AWS::Cognito::UserPoolClient').Properties;

describe('the user pool', () => {
  test('takes e-mail addresses as usernames, in any case', () => {
    expect(pool.UsernameAttributes).toEqual(['email']);
    expect(pool.AliasAttributes).toBeUndefined();
    expect(pool.UsernameConfiguration).toEqual({ CaseSensitive: false });
  });

  test('lets nobody sign up, recover a password or set up an MFA of its own', () => {
    expect(pool.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
    expect(pool.AccountRecoverySetting.RecoveryMechanisms).toEqual([
      { Name: 'admin_only', Priority: 1 },
    ]);
    expect(pool.MfaConfiguration).toBe('OFF');
    expect(pool.SmsConfiguration).toBeUndefined();
  });

  test('ties a user to an account by an attribute that never changes', () => {
    expect(pool.Schema).toEqual([
      expect.objectContaining({ Name: 'account_id', AttributeDataType: 'String', Mutable: false }),
    ]);
  });

  test('requires no attribute, which the client could then write', () => {
    expect(pool.Schema.some(({ Required }: { Required?: boolean }) => Required)).toBe(false);
  });

  test('is on the plan that lets the token gate drop scopes, and safe from deletion', () => {
    expect(pool.UserPoolTier).toBe('ESSENTIALS');
    expect(pool.DeletionProtection).toBe('ACTIVE');
    expect(one('AWS::Cognito::UserPool').DeletionPolicy).toBe('Retain');
  });

  test('asks of a password its length alone', () => {
    const { MinimumLength, RequireLowercase, RequireNumbers, RequireSymbols, RequireUppercase } =
      pool.Policies.PasswordPolicy;
    expect(MinimumLength).toBe(8);
    expect([RequireLowercase, RequireNumbers, RequireSymbols, RequireUppercase]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('calls exactly the four triggers, the gate as V2', () => {
    const id = (functionId: string) =>
      Object.entries(template.Resources).find(([, fn]) => fn === functions().get(functionId))?.[0];
    const arn = (functionId: string) => ({ 'Fn::GetAtt': [id(functionId), 'Arn'] });
    expect(pool.LambdaConfig).toEqual({
      DefineAuthChallenge: arn('define'),
      CreateAuthChallenge: arn('create'),
      VerifyAuthChallengeResponse: arn('verify'),
      PreTokenGenerationConfig: { LambdaArn: arn('token-gate'), LambdaVersion: 'V2_0' },
    });
  });

  test('may call its triggers only for itself', () => {
    const permissions = all('AWS::Lambda::Permission').filter(
      ([, { Properties }]) => Properties.Principal === 'cognito-idp.amazonaws.com',
    );
    expect(permissions).toHaveLength(4);
    for (const [, { Properties }] of permissions)
      expect(referencesIn(Properties.SourceArn)).toEqual([all('AWS::Cognito::UserPool')[0]![0]]);
  });
});

describe('the app client', () => {
  test('is the only one', () => {
    expect(all('AWS::Cognito::UserPoolClient')).toHaveLength(1);
  });

  test('signs in by custom challenges and refreshes, and nothing else', () => {
    expect([...client.ExplicitAuthFlows].sort()).toEqual([
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ]);
  });

  test('has no OAuth, no domain and no secret', () => {
    expect(client.AllowedOAuthFlowsUserPoolClient ?? false).toBe(false);
    expect(client.AllowedOAuthFlows).toBeUndefined();
    expect(client.CallbackURLs).toBeUndefined();
    expect(client.GenerateSecret).toBe(false);
    expect(all('AWS::Cognito::UserPoolDomain')).toEqual([]);
  });

  test('tells nobody who exists, and can revoke', () => {
    expect(client.PreventUserExistenceErrors).toBe('ENABLED');
    expect(client.EnableTokenRevocation).toBe(true);
  });

  test('writes one harmless attribute, because an empty list would mean all', () => {
    expect(client.WriteAttributes).toEqual(['locale']);
  });

  test('keeps a challenge open for 15 minutes and tokens for 15', () => {
    expect(client.AuthSessionValidity).toBe(15);
    expect(client.AccessTokenValidity).toBe(15);
    expect(client.IdTokenValidity).toBe(15);
    expect(client.TokenValidityUnits).toEqual({
      AccessToken: 'minutes',
      IdToken: 'minutes',
      RefreshToken: 'minutes',
    });
  });

  test('can refresh for as long as a session may last', () => {
    expect(client.RefreshTokenValidity).toBe(24 * 60);
  });
});

test('the token gate learns the client from a parameter, not by a cycle', () => {
  const gate = functions().get('token-gate')!.Properties;
  const parameter = one('AWS::SSM::Parameter').Properties;
  expect(gate.Environment.Variables.USER_POOL_CLIENT_ID_PARAMETER).toBe(parameter.Name);
  expect(parameter.Value).toEqual({ Ref: all('AWS::Cognito::UserPoolClient')[0]![0] });
});

test('no resource waits for itself', () => {
  const waitsFor = new Map(
    Object.entries(readTemplate().Resources).map(([id, resource]) => [
      id,
      [...referencesIn(resource.Properties), ...(resource.DependsOn ?? [])],
    ]),
  );
  const done = new Set<string>();
  const visit = (id: string, path: string[]): void => {
    if (path.includes(id)) throw new Error(`cycle: ${[...path, id].join(' → ')}`);
    if (done.has(id)) return;
    for (const next of waitsFor.get(id) ?? []) visit(next, [...path, id]);
    done.add(id);
  };
  for (const id of waitsFor.keys()) visit(id, []);
  expect(done.size).toBeGreaterThan(50);
});
