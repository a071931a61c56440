import { getCountryCallingCode, type CountryCode } from 'libphonenumber-js';
import type { PortalConfig } from '../contract/portal-config.ts';
import type { StageSettings } from './settings.ts';

/** What a portal must know of the stack's settings; the addresses come with the deployment. */
export function portalSettings(
  settings: StageSettings,
): Omit<PortalConfig, 'userPoolId' | 'userPoolClientId' | 'apiUrl'> {
  const {
    portalName,
    workforceLoginUrl,
    rememberDeviceHours,
    codeLife,
    linkLife,
    connect,
    allowedCountries,
  } = settings;
  return {
    portalName,
    ...(workforceLoginUrl === undefined ? {} : { workforceLoginUrl }),
    rememberDeviceHours,
    emailCodeSeconds: codeLife.emailSignIn,
    smsCodeSeconds: codeLife.sms,
    linkSeconds: linkLife,
    channels: connect === undefined ? ['SMS'] : ['SMS', 'CALL'],
    countries: allowedCountries.map((country) => ({
      country,
      callingCode: getCountryCallingCode(country as CountryCode),
    })),
  };
}
