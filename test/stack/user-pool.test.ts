import { describe, expect, test } from '@jest/globals';
import { all, functions, one, readTemplate, referencesIn, template } from './template.ts';

const pool = one('AWS::Cognito::UserPool', 'UserPool').Properties;
const client = one('AWS::Cognito::UserPoolClient', 'UserPool').Properties;

const idOf = (type: string) => all(type).find(([id]) => id.startsWith('UserPool'))![0];
const idOfPool = idOf('AWS::Cognito::UserPool');
const idOfClient = idOf('AWS::Cognito::UserPoolClient');
/** Whether a resource belongs to this pool. */
const isOfPool = ([, { Properties }]: ReturnType<typeof all>[number]) =>
  Properties.UserPoolId.Ref === idOfPool;

describe('the user pool', () => {
  test('accepts e-mail addresses as usernames, regardless of case', () => {
    expect(pool.UsernameAttributes).toEqual(['email']);
    expect(pool.AliasAttributes).toBeUndefined();
    expect(pool.UsernameConfiguration).toEqual({ CaseSensitive: false });
  });

  test('offers no sign-up, no recovery and no MFA of Cognito', () => {
    expect(pool.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
    expect(pool.AccountRecoverySetting.RecoveryMechanisms).toEqual([
      { Name: 'admin_only', Priority: 1 },
    ]);
    expect(pool.MfaConfiguration).toBe('OFF');
    expect(pool.SmsConfiguration).toBeUndefined();
  });

  test('links a user to an account by an immutable attribute', () => {
    expect(pool.Schema).toEqual([
      expect.objectContaining({ Name: 'account_id', AttributeDataType: 'String', Mutable: false }),
    ]);
  });

  test('requires no attribute, because the client could then write it', () => {
    expect(pool.Schema.some(({ Required }: { Required?: boolean }) => Required)).toBe(false);
  });

  test('has the plan that the token gate needs, and is protected from deletion', () => {
    expect(pool.UserPoolTier).toBe('ESSENTIALS');
    expect(pool.DeletionProtection).toBe('ACTIVE');
    expect(one('AWS::Cognito::UserPool', 'UserPool').DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('requires only a length of passwords', () => {
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

  test('invokes exactly the four triggers, the gate as V2', () => {
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

  test('is the only pool that may invoke the triggers', () => {
    const triggers = ['define', 'create', 'verify', 'token-gate'].map((id) => functions().get(id));
    const permissions = all('AWS::Lambda::Permission').filter(
      ([, { Properties }]) =>
        Properties.Principal === 'cognito-idp.amazonaws.com' &&
        referencesIn(Properties.FunctionName).some((id) =>
          triggers.includes(template.Resources[id]),
        ),
    );
    expect(permissions).toHaveLength(4);
    for (const [, { Properties }] of permissions)
      expect(referencesIn(Properties.SourceArn)).toEqual([idOfPool]);
  });
});

describe('the app client', () => {
  test('is the only one', () => {
    expect(all('AWS::Cognito::UserPoolClient').filter(isOfPool)).toHaveLength(1);
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
    expect(all('AWS::Cognito::UserPoolDomain').filter(isOfPool)).toEqual([]);
    expect(all('AWS::Cognito::UserPoolIdentityProvider').filter(isOfPool)).toEqual([]);
  });

  test('hides which users exist, and can revoke tokens', () => {
    expect(client.PreventUserExistenceErrors).toBe('ENABLED');
    expect(client.EnableTokenRevocation).toBe(true);
  });

  test('may write only one harmless attribute, because an empty list would mean all', () => {
    expect(client.WriteAttributes).toEqual(['locale']);
  });

  test('keeps challenges and tokens valid for 15 minutes', () => {
    expect(client.AuthSessionValidity).toBe(15);
    expect(client.AccessTokenValidity).toBe(15);
    expect(client.IdTokenValidity).toBe(15);
    expect(client.TokenValidityUnits).toEqual({
      AccessToken: 'minutes',
      IdToken: 'minutes',
      RefreshToken: 'minutes',
    });
  });

  test('can refresh for four hours after a sign-in', () => {
    expect(client.RefreshTokenValidity).toBe(4 * 60);
  });
});

test('the token gate reads the client from a parameter, which avoids a dependency cycle', () => {
  const gate = functions().get('token-gate')!.Properties;
  const parameter = one('AWS::SSM::Parameter', 'UserPool').Properties;
  expect(gate.Environment.Variables.USER_POOL_CLIENT_ID_PARAMETER).toBe(parameter.Name);
  expect(parameter.Value).toEqual({ Ref: idOfClient });
});

test('no resource depends on itself', () => {
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
