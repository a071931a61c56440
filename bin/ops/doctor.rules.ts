/** What the answers of AWS mean for a stage: one finding each, with its remedy. */
import { type Finding, fix, ok, warn } from './finding.rules.ts';

/** What SES says of the sender. */
export interface SenderState {
  identity: string;
  verification: string | undefined;
  dkim: string | undefined;
  /** E-mails that may be sent in a day and in a second. */
  quota: { daily: number; perSecond: number; sent: number };
  sendingEnabled: boolean;
}

/** A new account may send 200 e-mails a day, to verified addresses only. */
const SANDBOX_DAILY = 200;

export function judgeSender(state: SenderState): Finding[] {
  const { identity, verification, dkim, quota, sendingEnabled } = state;
  return [
    verification === 'Success'
      ? ok('SES identity', `${identity} is verified`)
      : fix(
          'SES identity',
          `${identity} is ${verification ?? 'unknown'} to SES: verify it (aws ses ` +
            `verify-domain-identity)`,
        ),
    dkim === 'Success'
      ? ok('DKIM', `${identity} signs its mail`)
      : fix('DKIM', `${identity} does not sign its mail: publish the three CNAME records of SES`),
    sendingEnabled
      ? ok('SES sending', 'is enabled')
      : fix('SES sending', 'is paused: see Bounces and Complaints in the runbook, and ask AWS'),
    quota.daily <= SANDBOX_DAILY
      ? fix('SES sandbox', `${quota.daily} e-mails a day: request production access`)
      : ok('SES sandbox', `left: ${quota.daily} e-mails a day, ${quota.perSecond} a second`),
    quota.sent > quota.daily * 0.8
      ? warn('SES quota', `${quota.sent} of ${quota.daily} are sent today: request a higher quota`)
      : ok('SES quota', `${quota.sent} of ${quota.daily} are sent today`),
  ];
}

/** @param records the TXT records at `_dmarc.<domain>`; undefined if they cannot be resolved */
export function judgeDmarc(domain: string, records: string[] | undefined): Finding {
  if (records === undefined)
    return warn('DMARC', `_dmarc.${domain} cannot be resolved from here: look it up elsewhere`);
  const policy = records.find((record) => record.startsWith('v=DMARC1'));
  if (policy === undefined)
    return fix('DMARC', `_dmarc.${domain} has no record: publish "v=DMARC1; p=quarantine"`);
  return /\bp=none\b/.test(policy)
    ? warn('DMARC', `${domain} only monitors (p=none): move to p=quarantine`)
    : ok('DMARC', `${domain}: ${policy}`);
}

/** What SNS says of text messages. */
export interface TextState {
  inSandbox: boolean;
  /** US dollars a month. */
  spendLimit: number;
  spendAlarm: number;
  originationNumber: string | undefined;
  countries: readonly string[];
}

export function judgeTexts(state: TextState): Finding[] {
  const { inSandbox, spendLimit, spendAlarm, originationNumber, countries } = state;
  const needsNumber = countries.some((country) => ['US', 'CA', 'PR'].includes(country));
  return [
    inSandbox
      ? fix('SNS sandbox', 'only verified numbers receive texts: request to leave the sandbox')
      : ok('SNS sandbox', 'left'),
    spendLimit < spendAlarm
      ? fix(
          'SNS spending',
          `the limit of ${spendLimit} USD a month is below sms.spendAlarmUsd ` +
            `(${spendAlarm}), and ` +
            'texts stop without an alarm: request a higher limit',
        )
      : ok('SNS spending', `limit ${spendLimit} USD a month, alarm at ${spendAlarm}`),
    originationNumber === undefined && needsNumber
      ? warn('Origination number', 'none is set: carriers in the US drop texts that have none')
      : ok('Origination number', originationNumber ?? 'SNS chooses'),
  ];
}

/** What Connect says of the instance; undefined where the instance was not found. */
export interface CallState {
  instanceArn: string;
  /** The stack's own. */
  region: string;
  status: string | undefined;
  outboundCalls: boolean;
  sourcePhoneNumber: string;
  numbers: readonly string[];
}

export function judgeCalls(state: CallState): Finding[] {
  const { instanceArn, region, status, outboundCalls, sourcePhoneNumber, numbers } = state;
  const instanceRegion = instanceArn.split(':')[3];
  if (status !== 'ACTIVE')
    return [
      fix('Connect', `${instanceArn} is ${status ?? 'not there'}: correct connect.instanceArn`),
    ];
  return [
    ok('Connect', 'the instance is ACTIVE'),
    instanceRegion === region
      ? ok('Connect Region', region)
      : fix('Connect Region', `${instanceRegion} is not the stack's (${region})`),
    outboundCalls
      ? ok('Outbound calls', 'are allowed')
      : fix('Outbound calls', 'are off: turn them on in the instance, under Telephony'),
    numbers.includes(sourcePhoneNumber)
      ? ok('Connect number', `${sourcePhoneNumber} is claimed`)
      : fix('Connect number', `${sourcePhoneNumber} is not claimed in the instance: claim it`),
  ];
}

/** What Cognito says of the pool. */
export interface PoolState {
  plan: string | undefined;
  mfa: string | undefined;
  deletionProtection: boolean;
}

export function judgePool({ plan, mfa, deletionProtection }: PoolState): Finding[] {
  return [
    plan === 'LITE' || plan === undefined
      ? fix('Cognito plan', `${plan ?? 'unknown'}: the token gate needs ESSENTIALS or PLUS`)
      : ok('Cognito plan', plan),
    mfa === undefined || mfa === 'OFF'
      ? ok('Cognito MFA', 'off: the challenges of this stack are the second factor')
      : fix('Cognito MFA', `${mfa}: Cognito's own MFA passes the challenges by; deploy again`),
    deletionProtection
      ? ok('Pool protection', 'the pool cannot be deleted')
      : warn('Pool protection', 'the pool can be deleted, with every password'),
  ];
}

/** @param state what KMS says of the key, such as `Enabled` */
export function judgeKey(alias: string, state: string | undefined): Finding {
  if (state === 'Enabled') return ok('KMS key', `${alias} is enabled`);
  const remedy =
    state === 'PendingDeletion' ? 'aws kms cancel-key-deletion' : 'aws kms enable-key, or deploy';
  return fix('KMS key', `${alias} is ${state ?? 'not there'}: ${remedy}`);
}

export function judgeTable(name: string, pointInTimeRecovery: boolean | undefined): Finding {
  return pointInTimeRecovery === true
    ? ok('Table', `${name} can be restored to any second of 35 days`)
    : fix('Table', `${name} cannot be restored: turn on point-in-time recovery, or deploy again`);
}

/** @param subscriptions ARNs, or `PendingConfirmation` */
export function judgeAlarms(subscriptions: readonly string[]): Finding {
  if (subscriptions.length === 0)
    return fix('Alarms', 'nobody subscribes to the topic: set alarmEmail, or subscribe to it');
  const pending = subscriptions.filter((one) => !one.startsWith('arn:')).length;
  return pending === subscriptions.length
    ? fix('Alarms', 'no subscription is confirmed: open the e-mail of AWS and confirm it')
    : ok('Alarms', `${subscriptions.length - pending} confirmed subscriptions`);
}

const SETTLED = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'];

export function judgeStack(status: string, drift: string | undefined): Finding[] {
  return [
    SETTLED.includes(status)
      ? ok('Stack', status)
      : fix('Stack', `${status}: see its events in CloudFormation, and deploy again`),
    drift === 'DRIFTED'
      ? warn(
          'Drift',
          'resources were changed by hand: aws cloudformation describe-stack-resource-drifts',
        )
      : ok(
          'Drift',
          drift === 'IN_SYNC' ? 'in sync' : 'not checked (aws cloudformation detect-stack-drift)',
        ),
  ];
}
