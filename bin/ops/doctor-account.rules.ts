/** What the account's own settings and quotas mean for a stage. */
import { type Finding, fix, ok, warn } from './finding.rules.ts';

/** What SES suppresses. */
export interface SuppressionState {
  /** Reasons for which the account's list takes addresses in. */
  account: readonly string[];
  /** Reasons that the stage's configuration set heeds; undefined if SES has no such set. */
  stage: readonly string[] | undefined;
  /** Addresses of the stage's own that are on the list. */
  ownSuppressed: readonly string[];
}

const SUPPRESSED_REASONS = ['BOUNCE', 'COMPLAINT'];

export function judgeSuppression({ account, stage, ownSuppressed }: SuppressionState): Finding[] {
  const missing = (reasons: readonly string[]) =>
    SUPPRESSED_REASONS.filter((one) => !reasons.includes(one)).join(' and ');
  return [
    missing(account) === ''
      ? ok('SES suppression', 'the account keeps a list of bounces and complaints')
      : warn(
          'SES suppression',
          `the account's list takes in no ${missing(account)}, and every further one harms the ` +
            'sender: aws sesv2 put-account-suppression-attributes --suppressed-reasons ' +
            'BOUNCE COMPLAINT',
        ),
    missing(stage ?? []) === ''
      ? ok('Suppression of the stage', 'its configuration set heeds the list')
      : fix(
          'Suppression of the stage',
          `its configuration set does not heed ${missing(stage ?? [])}: deploy again`,
        ),
    ownSuppressed.length === 0
      ? ok('Suppressed sender', 'no address of the stage is on the list')
      : fix(
          'Suppressed sender',
          `${ownSuppressed.join(' and ')} receives no mail: ` +
            'aws sesv2 delete-suppressed-destination --email-address …',
        ),
  ];
}

/** Concurrent executions of Lambda in the account and Region. */
export interface ConcurrencyState {
  limit: number;
  /** What is left for functions without a reservation. */
  unreserved: number;
  /** What the stage's busiest morning needs. */
  needed: number;
}

/** AWS's default, which new accounts may have to request. */
const USUAL_CONCURRENCY = 1000;
/** AWS refuses a reservation that would leave less. */
const LEAST_UNRESERVED = 100;

export function judgeConcurrency({ limit, unreserved, needed }: ConcurrencyState): Finding {
  const subject = 'Lambda concurrency';
  const request = 'request more in Service Quotas (Lambda, Concurrent executions)';
  if (unreserved < needed * 2)
    return fix(
      subject,
      `${unreserved} of ${limit} are unreserved, and a busy morning needs ${needed.toFixed(1)} ` +
        `with as much free: ${request}`,
    );
  if (limit < USUAL_CONCURRENCY)
    return warn(subject, `${limit} are below AWS's default of ${USUAL_CONCURRENCY}: ${request}`);
  return unreserved < LEAST_UNRESERVED
    ? warn(subject, `only ${unreserved} of ${limit} are unreserved: ${request}`)
    : ok(subject, `${unreserved} of ${limit} are unreserved`);
}

/** What guards one entrance of the stage. */
export interface FirewallState {
  /** `api`, `sign-in` or `workforce`. */
  guards: string;
  /** The name of the web ACL at the entrance; undefined if there is none. */
  found: string | undefined;
  /** The name of the stage's own. */
  expected: string;
  logs: boolean;
}

export function judgeFirewall({ guards, found, expected, logs }: FirewallState): Finding {
  const subject = `Firewall ${guards}`;
  if (found === undefined)
    return fix(subject, `no web ACL guards it: associate ${expected} in WAF, or deploy again`);
  if (found !== expected)
    return warn(
      subject,
      `${found} guards it instead of ${expected}: a policy of Firewall Manager, or a change ` +
        `by hand. ` +
        'Compare its rules with those of the stage',
    );
  return logs
    ? ok(subject, `${found} guards it, and logs what it refuses`)
    : warn(subject, `${found} logs nothing: deploy again`);
}

/**
 * @param roleArn the role by which API Gateway logs in the account and Region
 * @param expected the one of the settings
 */
export function judgeApiLogging(
  roleArn: string | undefined,
  expected: string | undefined,
): Finding {
  const subject = 'API logging role';
  if (roleArn === undefined || roleArn === '')
    return fix(
      subject,
      'API Gateway has none, so that execution errors are not logged and the next deployment ' +
        'fails: set apiLoggingRoleArn, or deploy again',
    );
  return expected !== undefined && expected !== roleArn
    ? warn(subject, `${roleArn} is not apiLoggingRoleArn: another stack has replaced it`)
    : ok(subject, roleArn);
}

/** A request rate of Cognito, in requests a second. */
export interface RateState {
  /** A category of Cognito's operations, such as `UserAuthentication`. */
  category: string;
  /** The account's quota; undefined if Service Quotas does not list it. */
  quota: number | undefined;
  needed: number;
}

export function judgeRate({ category, quota, needed }: RateState): Finding {
  const subject = `Cognito ${category}`;
  if (quota === undefined)
    return warn(
      subject,
      'Service Quotas does not list it: look the rate up in the console (Amazon Cognito user ' +
        'pools)',
    );
  return quota < needed * 2
    ? fix(
        subject,
        `${quota} a second, and a busy morning needs ${needed.toFixed(1)} with as much free: ` +
          'request more in Service Quotas (Amazon Cognito user pools)',
      )
    : ok(subject, `${quota} a second, of which a busy morning needs ${needed.toFixed(1)}`);
}

/** A rule that runs a function by the clock. */
export interface ScheduleState {
  /** What runs by it, such as `sweep`. */
  functionId: string;
  /** The rules with the function as their target. */
  rules: readonly { name: string; state: string | undefined }[];
}

export function judgeSchedule({ functionId, rules }: ScheduleState): Finding {
  const subject = `Schedule of ${functionId}`;
  const [rule] = rules;
  if (rule === undefined) return fix(subject, 'no rule runs it: deploy again');
  const disabled = rules.find(({ state }) => state !== 'ENABLED');
  return disabled === undefined
    ? ok(subject, `${rule.name} is enabled`)
    : fix(
        subject,
        `${disabled.name} is ${disabled.state ?? 'unknown'}: aws events enable-rule --name ` +
          `${disabled.name}`,
      );
}
