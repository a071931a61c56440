import { beforeAll, describe, expect, test } from '@jest/globals';
import { synthesizeApart, type Synthesis } from './synthesize-apart.ts';
import { all, functions, one, readTemplate, referencesIn, type Template } from './template.ts';

const CERTIFICATE =
  'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const NAME = 'api.portal.example';

let synthesis: Synthesis;
let template: Template;
beforeAll(async () => {
  synthesis = await synthesizeApart({
    stage: 'example',
    checks: true,
    overrides: {
      apiDomain: { name: NAME, certificateArn: CERTIFICATE, hostedZoneId: 'Z0123456789ABC' },
      portalSite: { certificateArn: CERTIFICATE },
    },
  });
  template = readTemplate(synthesis.folder, 'example');
});

describe("an API with an address of one's own", () => {
  test('passes the checks', () => {
    expect(synthesis).toMatchObject({ succeeded: true });
  });

  test('is regional, with the certificate, and accepts TLS 1.2 and later only', () => {
    expect(one('AWS::ApiGateway::DomainName', '', template).Properties).toEqual({
      DomainName: NAME,
      RegionalCertificateArn: CERTIFICATE,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      Tags: expect.anything(),
    });
  });

  test('leads to the stage, under the path that firewall rules know', () => {
    const { Properties } = one('AWS::ApiGateway::BasePathMapping', '', template);
    expect(Properties.BasePath).toEqual(Properties.Stage);
    expect(referencesIn(Properties.RestApiId)[0]).toMatch(/^HttpApi/);
    expect(referencesIn(Properties.DomainName)[0]).toMatch(/^HttpApiDomainName/);
  });

  test('has its address in the hosted zone', () => {
    expect(one('AWS::Route53::RecordSet', '', template).Properties).toMatchObject({
      HostedZoneId: 'Z0123456789ABC',
      Name: NAME,
      Type: 'A',
      AliasTarget: { HostedZoneId: { 'Fn::GetAtt': [expect.any(String), 'RegionalHostedZoneId'] } },
    });
  });

  test('is what portals, the terms and the content security policy name', () => {
    const url = `https://${NAME}/v1`;
    expect(template.Outputs.ApiUrl?.Value).toBe(url);
    expect(JSON.stringify(template.Outputs.PortalConfig?.Value)).toContain(
      `\\"apiUrl\\":\\"${url}\\"`,
    );
    expect(functions(template).get('create')?.Properties.Environment.Variables.API_URL).toBe(url);
    for (const [, { Properties }] of all('AWS::CloudFront::ResponseHeadersPolicy', template))
      expect(JSON.stringify(Properties)).toMatch(/connect-src[^;]*https:\/\/api\.portal\.example/);
  });
});

test('without a hosted zone the operator points the name at an output', async () => {
  const { folder } = await synthesizeApart({
    stage: 'example',
    checks: false,
    overrides: { apiDomain: { name: NAME, certificateArn: CERTIFICATE } },
  });
  const own = readTemplate(folder, 'example');
  expect(all('AWS::Route53::RecordSet', own)).toEqual([]);
  expect(own.Outputs.ApiDomainTarget?.Value).toMatchObject({
    'Fn::GetAtt': [expect.any(String), 'RegionalDomainName'],
  });
});

test.each<[string, object, string]>([
  [
    'a certificate of another Region',
    { name: NAME, certificateArn: CERTIFICATE.replace('us-east-1', 'eu-west-1') },
    'must be in the Region of env',
  ],
  [
    "the portal's own host",
    { name: 'portal.example', certificateArn: CERTIFICATE },
    'must not be the host of a portal origin',
  ],
])('%s is refused, with the reason', async (_what, apiDomain, words) => {
  const overrides = { apiDomain };
  const { said, succeeded } = await synthesizeApart({ stage: 'example', checks: false, overrides });
  expect(succeeded).toBe(false);
  expect(said).toContain(words);
});

describe('the largest stage', () => {
  const everything = {
    backup: { keptDays: 35 },
    multiRegionCodeKey: true,
    accountTakeoverRules: true,
    alarmEmail: 'on-call@portal.example',
    portalOrigins: ['https://portal.example'],
    portalSite: { certificateArn: CERTIFICATE },
  };
  const withAddress = { apiDomain: { name: NAME, certificateArn: CERTIFICATE } };
  const synthesize = (overrides: object) =>
    synthesizeApart({ stage: 'local', checks: false, overrides });

  test('without a canary fits into a template', async () => {
    const { folder, succeeded } = await synthesize({ ...everything, ...withAddress });
    expect(succeeded).toBe(true);
    const { Resources } = readTemplate(folder, 'local');
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
  });

  test('with one does not, and says what to leave out', async () => {
    const canary = { everyMinutes: 90 };
    const zone = { apiDomain: { ...withAddress.apiDomain, hostedZoneId: 'Z0123456789ABC' } };
    const { said, succeeded } = await synthesize({ ...everything, ...zone, canary });
    expect(succeeded).toBe(false);
    expect(said).toMatch(
      /The stage has 50\d resources, and CloudFormation takes 500 in a stack\. Leave one .*canary/,
    );
  });
});
