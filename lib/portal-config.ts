import { getCountryCallingCode } from 'libphonenumber-js';
import type { EmployeesConfig, PortalConfig } from '../contract/portal-config.ts';
import { definite } from './definite.ts';
import type { StageSettings } from './settings.ts';

type WorkforceSettings = NonNullable<StageSettings['workforce']>;

/** The settings of the employees that a portal needs. The deployment adds IDs and addresses. */
export function employeesSettings({
  signOutUrl,
  secondPerson,
  callBackChecks,
}: WorkforceSettings): Pick<EmployeesConfig, 'signOutUrl' | 'secondPerson' | 'callBackChecks'> {
  const checks = callBackChecks.map(({ text, textEs }) => definite({ text, textEs }));
  return {
    ...definite({ signOutUrl }),
    secondPerson,
    callBackChecks: checks,
  };
}

/** The stage's settings that a portal needs. The deployment adds IDs and addresses. */
export function portalSettings(
  settings: StageSettings,
): Omit<PortalConfig, 'userPoolId' | 'userPoolClientId' | 'apiUrl'> {
  const {
    portalName,
    passkeys,
    workforceLoginUrl,
    homeLinks,
    support,
    sessionHours,
    rememberDeviceHours,
    codeLife,
    linkLife,
    connect,
    allowedCountries,
  } = settings;
  return {
    portalName,
    ...definite({
      workforceLoginUrl,
      support,
      passkeyRpId: passkeys?.rpId,
    }),
    homeLinks,
    sessionHours,
    rememberDeviceHours,
    emailCodeSeconds: codeLife.emailSignIn,
    smsCodeSeconds: codeLife.sms,
    linkSeconds: linkLife,
    channels: connect === undefined ? ['SMS'] : ['SMS', 'CALL'],
    countries: allowedCountries.map((country) => ({
      country,
      callingCode: getCountryCallingCode(country),
    })),
  };
}
