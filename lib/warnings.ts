/** Settings that are valid and unwise. Synthesis warns of them. */
import type { StageSettings } from './settings.ts';

/** The warnings by their IDs, which a stage may acknowledge. */
export function warningsOf(settings: StageSettings): Record<string, string> {
  const { sms, alarmEmail, limits, connect, env, allowedCountries } = settings;
  const { rememberDeviceHours, sessionHours } = settings;
  const warnings: Record<string, string | false> = {
    noOriginationNumber:
      sms.originationNumber === undefined &&
      allowedCountries.includes('US') &&
      'sms.originationNumber is not set. US carriers drop texts without a registered number: ' +
        'register a toll-free number or a short code, and set it.',
    noAlarmEmail:
      alarmEmail === undefined &&
      'alarmEmail is not set, so nobody receives alarms. Set it to the address of whoever is ' +
        'on call.',
    remembersLongerThanSession:
      rememberDeviceHours > sessionHours &&
      `rememberDeviceHours (${rememberDeviceHours}) is more than sessionHours (${sessionHours}). ` +
        'A remembered device then signs in to sessions whose refresh is over at once.',
    burstBelowRate:
      limits.requestBurst < limits.requestsPerSecond &&
      `limits.requestBurst (${limits.requestBurst}) is less than limits.requestsPerSecond ` +
        `(${limits.requestsPerSecond}), so the steady rate cannot be reached. Raise the burst.`,
    connectElsewhere:
      connect !== undefined &&
      env === undefined &&
      'connect is set without env, so nothing checks that the instance is in the account and ' +
        'Region that the stage is deployed to. Set env.',
  };
  const raised = Object.entries(warnings).filter(([, text]) => text !== false);
  return Object.fromEntries(raised) as Record<string, string>;
}
