import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PortalConfig } from '../../contract/portal-config.ts';
import { NO_PAGE } from '../../lib/portal-pages.ts';
import { contentSecurityPolicy, siteHeaders } from '../../lib/site-headers.ts';
import { reportOf, synthesizeApart, type Synthesis } from './synthesize-apart.ts';
import { all, one, readTemplate, template as withoutSite, type Template } from './template.ts';

let synthesis: Synthesis;
let template: Template;
beforeAll(async () => {
  const certificateArn =
    'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
  synthesis = await synthesizeApart({
    stage: 'example',
    checks: true,
    overrides: { portalSite: { certificateArn } },
  });
  template = readTemplate(synthesis.folder, 'example');
});

/** A template's string with its references in braces. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const [, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts
    .map((part) => (typeof part === 'string' ? part : `{${JSON.stringify(part)}}`))
    .join('');
}

test('a stage outputs the configuration of a portal that is hosted anywhere', () => {
  const said = text(withoutSite.Outputs.PortalConfig!.Value)
    .replaceAll(/"\{\{.*?\}\}"/g, '"https://issuer.example"')
    .replaceAll(/\{\{.*?\}\}/g, 'x');
  expect(PortalConfig.parse(JSON.parse(said))).toMatchObject({
    apiUrl: expect.stringMatching(/^https:\/\/.*[^/]$/),
    portalName: 'Cedar Provider Portal',
    workforceLoginUrl: 'https://workforce.example/sign-in',
    rememberDeviceHours: 4,
    employees: {
      domain: expect.stringMatching(/^https:\/\/.*\.amazoncognito\.com$/),
      scopes: ['openid', 'email', 'profile'],
      provider: 'workforce',
      secondPerson: true,
      callBackChecks: [],
    },
    emailCodeSeconds: 30,
    smsCodeSeconds: 300,
    linkSeconds: 1200,
    channels: ['SMS', 'CALL'],
    countries: [{ country: 'US', callingCode: '1' }],
  });
});

test('the configuration names nothing secret of the employees', () => {
  const said = text(withoutSite.Outputs.PortalConfig!.Value);
  for (const secret of ['oidc', 'secretsmanager', 'helpDeskGroup', 'help-desk'])
    expect(said).not.toContain(secret);
});

test('a stage hosts a portal only if its settings ask for it', () => {
  expect(all('AWS::CloudFront::Distribution', withoutSite)).toEqual([]);
});

describe('the portal site of a stage', () => {
  test('passes the checks without open findings', () => {
    expect(synthesis).toMatchObject({ succeeded: true });
    expect(
      ['AwsSolutions', 'HIPAA.Security'].flatMap((pack) => reportOf(synthesis.folder, pack).open),
    ).toEqual([]);
  });

  test('keeps its bucket private to its distribution', () => {
    const { PublicAccessBlockConfiguration } = one(
      'AWS::S3::Bucket',
      'PortalSiteFiles',
      template,
    ).Properties;
    expect(Object.values(PublicAccessBlockConfiguration as object)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const { Statement } = one('AWS::S3::BucketPolicy', 'PortalSiteFiles', template).Properties
      .PolicyDocument;
    const allowed = (
      Statement as {
        Effect: string;
        Principal: { Service?: string };
        Action: string;
        Condition?: object;
      }[]
    ).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      { Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' },
    ]);
    expect(JSON.stringify(allowed[0]?.Condition)).toContain('PortalSiteDistribution');
  });

  test('is served at the first portal origin over TLS 1.2 or newer', () => {
    const { DistributionConfig } = one('AWS::CloudFront::Distribution', '', template).Properties;
    expect(DistributionConfig.Aliases).toEqual(['portal.example']);
    expect(DistributionConfig.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
    expect(DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
  });

  test('sends the headers that npm start sends', () => {
    const { SecurityHeadersConfig, CustomHeadersConfig } = one(
      'AWS::CloudFront::ResponseHeadersPolicy',
      'PortalSitePageHeaders',
      template,
    ).Properties.ResponseHeadersPolicyConfig;
    const policy = text(SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
    expect(policy.replace(/connect-src [^;]*;/, '')).toBe(
      contentSecurityPolicy({ api: '', cognito: '' }).replace(/connect-src [^;]*;/, ''),
    );
    expect(policy).toMatch(/connect-src 'self' https:\/\/.*https:\/\/cognito-idp\./);
    const custom = Object.fromEntries(
      (CustomHeadersConfig.Items as { Header: string; Value: string }[]).map(
        ({ Header, Value }) => [Header, Value],
      ),
    );
    const known = [
      'content-security-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-frame-options',
      'referrer-policy',
    ];
    const others = Object.entries(siteHeaders({ api: '', cognito: '' })).filter(
      ([name]) => !known.includes(name),
    );
    expect(custom).toMatchObject({ ...Object.fromEntries(others), 'cache-control': 'no-store' });
    expect(SecurityHeadersConfig.StrictTransportSecurity).toMatchObject({
      AccessControlMaxAgeSec: 63_072_000,
      IncludeSubdomains: true,
    });
  });

  test('answers /config.json, and returns its page for each address', () => {
    const code = text(one('AWS::CloudFront::Function', '', template).Properties.FunctionCode);
    expect(code).toContain('"portalName":"Cedar Provider Portal"');
    // CloudFront refuses a longer function.
    expect(code.length).toBeLessThan(10_240);
    // Values in braces are known only after deployment. Any text will do to run the function.
    const program = code.replaceAll(/\{\{.*?\}\}/g, 'x');
    const handler = (event: object): { uri?: string; body?: { data: string } } =>
      runInNewContext(`${program}; handler(event);`, { event });
    expect(
      JSON.parse(handler({ request: { uri: '/config.json' } }).body?.data ?? ''),
    ).toMatchObject({ rememberDeviceHours: 4, emailCodeSeconds: 30 });
    expect(handler({ request: { uri: '/setup/users' } }).uri).toBe('/index.html');
    expect(handler({ request: { uri: '/nowhere' } }).uri).toBe(NO_PAGE);
  });

  test('answers what the bucket does not have with 404 and the page', () => {
    const { DistributionConfig } = one('AWS::CloudFront::Distribution', '', template).Properties;
    expect(DistributionConfig.CustomErrorResponses).toEqual(
      [403, 404].map((ErrorCode) => ({
        ErrorCode,
        ResponseCode: 404,
        ResponsePagePath: '/index.html',
        ErrorCachingMinTTL: 0,
      })),
    );
  });
});
