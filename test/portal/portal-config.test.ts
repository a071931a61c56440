import { describe, expect, test } from '@jest/globals';
import { PortalConfig } from '../../contract/portal-config.ts';
import { readConfig } from '../../portal/src/portal-config.ts';

const FILE = {
  userPoolId: 'us-east-1_Abc123',
  userPoolClientId: 'client',
  apiUrl: 'https://api.example',
  portalName: 'Cedar Provider Portal',
  rememberDeviceHours: 4,
  emailCodeSeconds: 30,
  smsCodeSeconds: 300,
  linkSeconds: 1200,
  channels: ['SMS'],
  countries: [{ country: 'US', callingCode: '1' }],
};

describe('the file beside the portal', () => {
  test('is read as the schema of the contract reads it', () => {
    expect(readConfig(FILE)).toEqual(PortalConfig.parse(FILE));
  });

  test.each(Object.keys(FILE))('is refused without %s, by its name', (name) => {
    expect(() => readConfig({ ...FILE, [name]: undefined })).toThrow(name);
    expect(PortalConfig.safeParse({ ...FILE, [name]: undefined }).success).toBe(false);
  });

  test.each([null, [], 'text', 1])('is refused where it is %j', (file) => {
    expect(() => readConfig(file)).toThrow('lacks userPoolId');
  });
});
