/** The employees' pool, with each kind of provider: its side doors are shut. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { BUILT_STACK } from '../built-stack.ts';
import { all, functions, one, readTemplate, referencesIn, template } from './template.ts';
import type { Template } from './template.ts';
import { synthesizeApart } from './synthesize-apart.ts';

const pool = one('AWS::Cognito::UserPool', 'Workforce').Properties;
const client = one('AWS::Cognito::UserPoolClient', 'Workforce').Properties;
const provider = one('AWS::Cognito::UserPoolIdentityProvider').Properties;
const clientId = all('AWS::Cognito::UserPoolClient').find(([id]) => id.startsWith('Workforce'))![0];

describe("the employees' pool", () => {
  test('has no native users: no sign-up, no recovery, no MFA of its own', () => {
    expect(pool.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
    expect(pool.AccountRecoverySetting.RecoveryMechanisms).toEqual([
      { Name: 'admin_only', Priority: 1 },
    ]);
    expect(pool.MfaConfiguration).toBe('OFF');
    expect(pool.SmsConfiguration).toBeUndefined();
    expect(pool.DeletionProtection).toBe('ACTIVE');
  });

  test('asks its own token gate, and no other function', () => {
    const [gate] = Object.entries(template.Resources).find(
      ([, fn]) => fn === functions().get('workforce-gate'),
    )!;
    expect(pool.LambdaConfig).toEqual({
      PreTokenGenerationConfig: {
        LambdaArn: { 'Fn::GetAtt': [gate, 'Arn'] },
        LambdaVersion: 'V2_0',
      },
    });
  });

  test('has one client, for the code grant at the identity provider alone', () => {
    expect(client.SupportedIdentityProviders).toEqual(['workforce']);
    expect(client.AllowedOAuthFlows).toEqual(['code']);
    expect(client.AllowedOAuthScopes.sort()).toEqual(['email', 'openid', 'profile']);
    expect(client.GenerateSecret).toBe(false);
    expect(client.ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH']);
    expect(client.PreventUserExistenceErrors).toBe('ENABLED');
  });

  test('leads back to the portal only', () => {
    expect(client.CallbackURLs).toEqual(['http://localhost:3000/employees/signed-in']);
    expect(client.LogoutURLs).toEqual(['http://localhost:3000/employees/signed-out']);
  });

  test('gives short tokens, which can be revoked', () => {
    expect(client.EnableTokenRevocation).toBe(true);
    expect([
      client.AccessTokenValidity,
      client.IdTokenValidity,
      client.RefreshTokenValidity,
    ]).toEqual([15, 15, 60]);
    expect(new Set(Object.values(client.TokenValidityUnits))).toEqual(new Set(['minutes']));
  });

  test('takes the secret of its provider from Secrets Manager', () => {
    expect(provider.ProviderType).toBe('OIDC');
    expect(provider.ProviderDetails).toMatchObject({
      oidc_issuer: 'https://login.workforce.example',
      client_secret: '{{resolve:secretsmanager:portal-auth/local/workforce-oidc:SecretString:::}}',
    });
    const [gateId] = referencesIn(client.UserPoolId);
    expect(gateId).toMatch(/^WorkforcePool/);
  });

  test("is the only one whose client the help desk's function knows", () => {
    const { Variables } = functions().get('help-desk')!.Properties.Environment;
    expect(Variables.WORKFORCE_CLIENT_ID).toEqual({ Ref: clientId });
    expect(Variables.USER_POOL_CLIENT_ID).toBeUndefined();
  });
});

describe('a stage', () => {
  const local = () =>
    (
      JSON.parse(readFileSync(resolve('cdk.json'), 'utf8')) as {
        context: { stages: { local: { workforce: Record<string, unknown> } } };
      }
    ).context.stages.local.workforce;
  const synthesized: Record<string, Template> = {};
  const bundles = `${BUILT_STACK}-bundles`;
  const synthesize = async (name: string, more: { overrides?: object; without?: string[] }) => {
    const { folder, said } = await synthesizeApart({
      stage: 'local',
      checks: false,
      bundles,
      ...more,
    });
    expect(said).not.toContain('ERROR');
    synthesized[name] = readTemplate(folder);
  };
  beforeAll(async () => {
    const { oidc: _oidc, domainPrefix: _prefix, ...more } = local();
    const domain = {
      name: 'employees.portal.example',
      certificateArn:
        'arn:aws:acm:us-east-1:000000000000:certificate/3c4b7f2e-9a61-4d0e-b5c8-7d2f1e6a9b30',
    };
    const saml = { metadataUrl: 'https://login.workforce.example/metadata' };
    await Promise.all([
      synthesize('saml', { overrides: { workforce: { ...more, saml, domain } } }),
      synthesize('none', { without: ['workforce'] }),
    ]);
  }, 180_000);

  test('with SAML has the metadata of its provider, and a domain of its own', () => {
    const { ProviderType, ProviderDetails, AttributeMapping } = one(
      'AWS::Cognito::UserPoolIdentityProvider',
      '',
      synthesized.saml,
    ).Properties;
    expect([ProviderType, ProviderDetails.MetadataURL]).toEqual([
      'SAML',
      'https://login.workforce.example/metadata',
    ]);
    expect(AttributeMapping['custom:groups']).toBe('groups');
    expect(one('AWS::Cognito::UserPoolDomain', '', synthesized.saml).Properties).toMatchObject({
      Domain: 'employees.portal.example',
    });
  });

  test('without employees has neither their pool, its firewall nor the help desk', () => {
    expect(all('AWS::Cognito::UserPool', synthesized.none)).toHaveLength(1);
    expect(all('AWS::WAFv2::WebACL', synthesized.none)).toHaveLength(2);
    expect(JSON.stringify(synthesized.none)).not.toContain('portal-auth-local-workforce');
    const ids = [...functions(synthesized.none).keys()];
    expect(ids).not.toEqual(expect.arrayContaining(['help-desk']));
    expect(ids).not.toEqual(expect.arrayContaining(['workforce-gate']));
    const paths = all('AWS::ApiGateway::Resource', synthesized.none).map(
      ([, { Properties }]) => Properties.PathPart as string,
    );
    expect(paths).not.toContain('help-desk');
  });

  test("has the same providers' pool with employees and without", () => {
    const own = (from: Template) =>
      Object.entries(from.Resources).filter(
        ([id, { Type }]) => id.startsWith('UserPool') && Type.startsWith('AWS::Cognito'),
      );
    expect(own(template)).toEqual(own(synthesized.none!));
  });
});
