import { describe, expect, test } from '@jest/globals';
import { PortalConfig } from '../../../contract/portal-config.ts';
import { employeesSettings, portalSettings } from '../../../lib/portal-config.ts';
import { readSettings } from '../../../lib/read-settings.ts';

const smallest = {
  portalName: 'Cedar Provider Portal',
  portalOrigins: ['https://portal.example'],
  sender: { email: 'no-reply@portal.example', sesIdentity: 'portal.example' },
  sms: { spendAlarmUsd: 25 },
  terms: { version: '2026-10' },
};
const connect = {
  instanceArn:
    'arn:aws:connect:us-east-1:111122223333:instance/01234567-89ab-cdef-0123-456789abcdef',
  sourcePhoneNumber: '+12025550100',
};
const configOf = (change: object = {}) =>
  portalSettings(readSettings({ odd: { ...smallest, ...change } }, 'odd'));

const employeesOf = (workforce: object) => {
  const settings = readSettings(
    { odd: { ...smallest, workforceEmailDomains: ['workforce.example'], workforce } },
    'odd',
  );
  return employeesSettings(settings.workforce!);
};

describe('the configuration of a portal', () => {
  test('has the default times, only texts, and the United States', () => {
    expect(configOf()).toEqual({
      portalName: 'Cedar Provider Portal',
      homeLinks: [],
      sessionHours: 4,
      rememberDeviceHours: 4,
      emailCodeSeconds: 30,
      smsCodeSeconds: 300,
      linkSeconds: 1200,
      channels: ['SMS'],
      countries: [{ country: 'US', callingCode: '1' }],
    });
  });

  test('offers calls if the stage has Amazon Connect', () => {
    expect(configOf({ connect }).channels).toEqual(['SMS', 'CALL']);
  });

  test('has the tiles and the support of the stage', () => {
    const homeLinks = [
      { title: 'Cases', text: 'Open cases', icon: 'CASES', url: 'https://cases.example' },
    ];
    const support = { phone: '1-800-555-0100', hours: 'Monday to Friday, 8 a.m. to 6 p.m.' };
    expect(configOf({ homeLinks, support })).toMatchObject({ homeLinks, support });
    expect(configOf()).not.toHaveProperty('support');
  });

  test('names the relying party of passkeys if it is not the page’s own host', () => {
    expect(configOf({ passkeys: { rpId: 'portal.example' } }).passkeyRpId).toBe('portal.example');
    expect(configOf()).not.toHaveProperty('passkeyRpId');
  });

  test.each([
    [{ homeLinks: [{ title: 'x', text: 'y', icon: 'STAR', url: 'https://x.example' }] }],
    [{ homeLinks: [{ title: 'x', text: 'y', icon: 'LINK', url: 'javascript:alert(1)' }] }],
    [{ support: { phone: 'call us', hours: 'always' } }],
  ])('refuses what the page could not show: %j', (change) => {
    expect(() => configOf(change)).toThrow(/homeLinks|support/);
  });

  test('has the calling code of every allowed country, in their order', () => {
    expect(configOf({ allowedCountries: ['GB', 'US', 'MX'] }).countries).toEqual([
      { country: 'GB', callingCode: '44' },
      { country: 'US', callingCode: '1' },
      { country: 'MX', callingCode: '52' },
    ]);
  });

  test('follows the times of the settings', () => {
    expect(
      configOf({
        codeLife: { emailSignIn: 60, sms: 120 },
        linkLife: 600,
        rememberDeviceHours: 0,
      }),
    ).toMatchObject({
      emailCodeSeconds: 60,
      smsCodeSeconds: 120,
      linkSeconds: 600,
      rememberDeviceHours: 0,
    });
  });

  test('leads employees to their login only if there is one', () => {
    expect(configOf()).not.toHaveProperty('workforceLoginUrl');
    expect(configOf({ workforceLoginUrl: 'https://workforce.example' })).toHaveProperty(
      'workforceLoginUrl',
      'https://workforce.example',
    );
  });

  test('has the check-list of the help desk, and where a session at the provider ends', () => {
    const workforce = {
      oidc: { issuer: 'https://idp.example', clientId: 'c', clientSecretName: 's' },
      domainPrefix: 'cedar',
      helpDeskGroup: 'desk',
    };
    expect(employeesOf(workforce)).toEqual({ secondPerson: true, callBackChecks: [] });
    const more = {
      signOutUrl: 'https://idp.example/end',
      callBackChecks: [{ text: 'Call the office back' }],
      secondPerson: false,
    };
    expect(employeesOf({ ...workforce, ...more })).toEqual(more);
    expect(() => employeesOf({ ...workforce, callBackChecks: [{ text: '' }] })).toThrow(
      /callBackChecks/,
    );
  });

  test('is valid by the contract once the deployment adds its addresses', () => {
    const deployed = {
      ...configOf({ connect }),
      userPoolId: 'us-east-1_Abc123',
      userPoolClientId: 'client',
      apiUrl: 'https://api.example/v1',
    };
    expect(PortalConfig.parse(deployed)).toEqual(deployed);
  });

  test('contains nothing of the sender, the limits or the stage', () => {
    const text = JSON.stringify(configOf({ connect, alarmEmail: 'on-call@portal.example' }));
    for (const secret of ['no-reply@', 'instance/', '+1202', 'on-call', '"limits"', '"stage"'])
      expect(text).not.toContain(secret);
  });
});
