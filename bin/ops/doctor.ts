/** `ops doctor`: asks AWS, changes nothing, and prints one line for each finding. */
import { resolveTxt } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  ConnectClient,
  DescribeInstanceAttributeCommand,
  DescribeInstanceCommand,
  ListPhoneNumbersV2Command,
} from '@aws-sdk/client-connect';
import { DescribeContinuousBackupsCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from '@aws-sdk/client-ses';
import {
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { readSettings } from '../../lib/read-settings.ts';
import {
  judgeAlarms,
  judgeCalls,
  judgeDmarc,
  judgeKey,
  judgePool,
  judgeSender,
  judgeStack,
  judgeTable,
  judgeTexts,
} from './doctor.rules.ts';
import { OF_THE_ACCOUNT } from './doctor-account.ts';
import type { Examine } from './examine.ts';
import { type Finding, lineOf } from './finding.rules.ts';
import { EXIT, type Output } from './output.ts';
import type { Target } from './target.ts';

/** The tables that a restore needs. */
const KEPT_TABLES = ['Accounts', 'RegistrationCodes', 'TermsAcceptances', 'AuditEvents'];

/**
 * Examines a stage.
 * @returns the exit code: 0, or 3 if something has to be fixed
 */
export async function examine(target: Target, output: Output): Promise<number> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as {
    context: { stages: unknown };
  };
  const settings = readSettings(context.stages, target.stage);
  const findings: Finding[] = [];
  for (const [subject, run] of Object.entries(EXAMINATIONS))
    findings.push(
      ...(await run(target, settings).catch((error: unknown) => failed(subject, error))),
    );
  output.result(findings, findings.map(lineOf).join('\n'));
  return findings.some(({ level }) => level === 'FIX') ? EXIT.refused : EXIT.done;
}

/** What cannot be examined may be fine: the reason is that this operator may not ask. */
function failed(subject: string, error: unknown): Finding[] {
  const { name, message } = error as Error;
  return [
    {
      level: 'WARN',
      subject,
      text: `cannot be examined: ${name}: ${message}`,
    },
  ];
}

const sender: Examine = async (_target, { sender: { sesIdentity, email } }) => {
  const ses = new SESClient({});
  const Identities = [sesIdentity];
  const [verified, signed, quota, enabled] = await Promise.all([
    ses.send(new GetIdentityVerificationAttributesCommand({ Identities })),
    ses.send(new GetIdentityDkimAttributesCommand({ Identities })),
    ses.send(new GetSendQuotaCommand({})),
    ses.send(new GetAccountSendingEnabledCommand({})),
  ]);
  const domain = email.slice(email.indexOf('@') + 1);
  return [
    ...judgeSender({
      identity: sesIdentity,
      verification: verified.VerificationAttributes?.[sesIdentity]?.VerificationStatus,
      dkim: signed.DkimAttributes?.[sesIdentity]?.DkimVerificationStatus,
      quota: {
        daily: quota.Max24HourSend ?? 0,
        perSecond: quota.MaxSendRate ?? 0,
        sent: quota.SentLast24Hours ?? 0,
      },
      sendingEnabled: enabled.Enabled === true,
    }),
    judgeDmarc(domain, await dmarcRecords(domain)),
  ];
};

async function dmarcRecords(domain: string): Promise<string[] | undefined> {
  try {
    return (await resolveTxt(`_dmarc.${domain}`)).map((parts) => parts.join(''));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENODATA' ? [] : undefined;
  }
}

const texts: Examine = async (_target, { sms, allowedCountries }) => {
  const sns = new SNSClient({});
  const [sandbox, limits] = await Promise.all([
    sns.send(new GetSMSSandboxAccountStatusCommand({})),
    sns.send(new GetSMSAttributesCommand({ attributes: ['MonthlySpendLimit'] })),
  ]);
  return judgeTexts({
    inSandbox: sandbox.IsInSandbox === true,
    spendLimit: Number(limits.attributes?.MonthlySpendLimit ?? 1),
    spendAlarm: sms.spendAlarmUsd,
    originationNumber: sms.originationNumber,
    countries: allowedCountries,
  });
};

const calls: Examine = async (target, { connect }) => {
  if (connect === undefined) return [];
  const client = new ConnectClient({});
  const InstanceId = connect.instanceArn.slice(connect.instanceArn.lastIndexOf('/') + 1);
  const [instance, outbound, numbers] = await Promise.all([
    client.send(new DescribeInstanceCommand({ InstanceId })),
    client.send(
      new DescribeInstanceAttributeCommand({ InstanceId, AttributeType: 'OUTBOUND_CALLS' }),
    ),
    client.send(new ListPhoneNumbersV2Command({ TargetArn: connect.instanceArn })),
  ]);
  return judgeCalls({
    instanceArn: connect.instanceArn,
    region: target.output('UserPoolId').split('_')[0] ?? '',
    status: instance.Instance?.InstanceStatus,
    outboundCalls: outbound.Attribute?.Value === 'true',
    sourcePhoneNumber: connect.sourcePhoneNumber,
    numbers: (numbers.ListPhoneNumbersSummaryList ?? []).flatMap(
      ({ PhoneNumber = [] }) => PhoneNumber,
    ),
  });
};

const pool: Examine = async (target) => {
  const { UserPool } = await new CognitoIdentityProviderClient({}).send(
    new DescribeUserPoolCommand({ UserPoolId: target.output('UserPoolId') }),
  );
  return judgePool({
    plan: UserPool?.UserPoolTier,
    mfa: UserPool?.MfaConfiguration,
    deletionProtection: UserPool?.DeletionProtection === 'ACTIVE',
  });
};

const keys: Examine = async ({ stage }) => {
  const kms = new KMSClient({});
  return await Promise.all(
    ['data', 'codes', 'alarms'].map(async (name) => {
      const KeyId = `alias/portal-auth/${stage}/${name}`;
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      return judgeKey(KeyId, KeyMetadata?.KeyState);
    }),
  );
};

const tables: Examine = async (target) => {
  const client = new DynamoDBClient({});
  return await Promise.all(
    KEPT_TABLES.map(async (name) => {
      const TableName = target.table(name);
      const { ContinuousBackupsDescription: backups } = await client.send(
        new DescribeContinuousBackupsCommand({ TableName }),
      );
      const recovery = backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
      return judgeTable(name, recovery === 'ENABLED');
    }),
  );
};

const alarms: Examine = async (target) => {
  const { Subscriptions = [] } = await new SNSClient({}).send(
    new ListSubscriptionsByTopicCommand({ TopicArn: target.output('AlarmsTopicArn') }),
  );
  return [judgeAlarms(Subscriptions.map(({ SubscriptionArn = '' }) => SubscriptionArn))];
};

const stack: Examine = async ({ stage }) => {
  const StackName = `PortalAuth-${stage}`;
  const { Stacks: [found] = [] } = await new CloudFormationClient({}).send(
    new DescribeStacksCommand({ StackName }),
  );
  return judgeStack(found?.StackStatus ?? 'not there', found?.DriftInformation?.StackDriftStatus);
};

const EXAMINATIONS: Record<string, Examine> = {
  Stack: stack,
  'E-mail': sender,
  'Text messages': texts,
  Calls: calls,
  'User pool': pool,
  Keys: keys,
  Tables: tables,
  Alarms: alarms,
  ...OF_THE_ACCOUNT,
};
