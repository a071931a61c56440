/** What `ops doctor` asks of the account and its quotas, and of what guards and wakes the stage. */
import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
} from '@aws-sdk/client-eventbridge';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListServiceQuotas, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import {
  GetAccountCommand as GetMailAccountCommand,
  GetConfigurationSetCommand,
  GetSuppressedDestinationCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import {
  GetLoggingConfigurationCommand,
  GetWebACLForResourceCommand,
  WAFNonexistentItemException,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { firewallName } from '../../lib/firewall-name.ts';
import { morningOf, neededOf } from '../capacity/morning.ts';
import {
  judgeApiLogging,
  judgeConcurrency,
  judgeFirewall,
  judgeRate,
  judgeSchedule,
  judgeSuppression,
} from './doctor-account.rules.ts';
import { judgeDataEvents, type Recorded, type TrailState } from './data-events.rules.ts';
import type { Examine } from './examine.ts';
import type { Finding } from './finding.rules.ts';
import type { Target } from './target.ts';

const suppression: Examine = async ({ stage }, { sender }) => {
  const ses = new SESv2Client({});
  const own = [sender.email, ...(sender.replyTo === undefined ? [] : [sender.replyTo])];
  const [account, set, listed] = await Promise.all([
    ses.send(new GetMailAccountCommand({})),
    configurationSet(ses, `portal-auth-${stage}`),
    Promise.all(own.map((address) => isSuppressed(ses, address))),
  ]);
  return judgeSuppression({
    account: account.SuppressionAttributes?.SuppressedReasons ?? [],
    stage: set?.SuppressionOptions?.SuppressedReasons,
    ownSuppressed: own.filter((_, index) => listed[index]),
  });
};

/** @returns undefined if SES has no such set */
async function configurationSet(ses: SESv2Client, ConfigurationSetName: string) {
  return known(ses.send(new GetConfigurationSetCommand({ ConfigurationSetName })));
}

async function isSuppressed(ses: SESv2Client, EmailAddress: string): Promise<boolean> {
  const listed = await known(ses.send(new GetSuppressedDestinationCommand({ EmailAddress })));
  return listed !== undefined;
}

/** The answer of SES, or undefined if it has no such item. */
async function known<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

const concurrency: Examine = async (_target, settings) => {
  const { AccountLimit } = await new LambdaClient({}).send(new GetAccountSettingsCommand({}));
  return [
    judgeConcurrency({
      limit: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
      needed: neededOf('Lambda concurrent executions', morningOf(settings)),
    }),
  ];
};

const firewalls: Examine = async (target, { workforce }) => {
  const waf = new WAFV2Client({});
  const entrances = {
    api: target.output('ApiStageArn'),
    'sign-in': arnOf(target, 'cognito-idp', `userpool/${target.userPoolId}`),
    ...(workforce === undefined
      ? {}
      : {
          workforce: arnOf(
            target,
            'cognito-idp',
            `userpool/${target.output('WorkforceUserPoolId')}`,
          ),
        }),
  };
  return await Promise.all(
    Object.entries(entrances).map(async ([guards, arn]) =>
      examineFirewall(waf, {
        guards,
        arn,
        expected: firewallName(target.stage, guards),
      }),
    ),
  );
};

async function examineFirewall(
  waf: WAFV2Client,
  { guards, arn, expected }: { guards: string; arn: string; expected: string },
): Promise<Finding> {
  const { WebACL } = await waf.send(new GetWebACLForResourceCommand({ ResourceArn: arn }));
  const logs = WebACL?.ARN !== undefined && (await hasLog(waf, WebACL.ARN));
  return judgeFirewall({ guards, found: WebACL?.Name, expected, logs });
}

async function hasLog(waf: WAFV2Client, ResourceArn: string): Promise<boolean> {
  try {
    await waf.send(new GetLoggingConfigurationCommand({ ResourceArn }));
    return true;
  } catch (error) {
    if (error instanceof WAFNonexistentItemException) return false;
    throw error;
  }
}

const apiLogging: Examine = async (_target, { apiLoggingRoleArn }) => {
  const { cloudwatchRoleArn } = await new APIGatewayClient({}).send(new GetAccountCommand({}));
  return [judgeApiLogging(cloudwatchRoleArn, apiLoggingRoleArn)];
};

/** A category of Cognito's operations → its quota in the capacity report. */
const RATES = { UserAuthentication: 'Cognito UserAuthentication' };

const rates: Examine = async (_target, settings) => {
  const quotas = new Map<string, number>();
  const pages = paginateListServiceQuotas(
    { client: new ServiceQuotasClient({}) },
    { ServiceCode: 'cognito-idp' },
  );
  for await (const { Quotas = [] } of pages)
    for (const { QuotaName = '', Value = 0 } of Quotas) quotas.set(QuotaName, Value);
  const morning = morningOf(settings);
  return Object.entries(RATES).map(([category, name]) =>
    judgeRate({
      category,
      quota: quotas.get(`Rate of ${category} requests`),
      needed: neededOf(name, morning),
    }),
  );
};

const schedules: Examine = async (target, { canary }) => {
  const events = new EventBridgeClient({});
  return await Promise.all(
    ['sweep', ...(canary === undefined ? [] : ['canary'])].map(async (functionId) => {
      const TargetArn = arnOf(
        target,
        'lambda',
        `function:portal-auth-${target.stage}-${functionId}`,
      );
      const { RuleNames = [] } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn }));
      const rules = await Promise.all(
        RuleNames.map(async (Name) => {
          const { State } = await events.send(new DescribeRuleCommand({ Name }));
          return { name: Name, state: State };
        }),
      );
      return judgeSchedule({ functionId, rules });
    }),
  );
};

/** The tables whose reads and writes CloudTrail should record. */
const RECORDED_TABLES = ['Accounts', 'AuditEvents', 'RegistrationCodes'];

const dataEvents: Examine = async (target) => {
  const { trailList = [] } = await new CloudTrailClient({}).send(new DescribeTrailsCommand({}));
  const tables = RECORDED_TABLES.map((name): Recorded => {
    const arn = arnOf(target, 'dynamodb', `table/${target.table(name)}`);
    return { name, type: 'AWS::DynamoDB::Table', arn };
  });
  const [, partition] = target.output('AlarmsTopicArn').split(':');
  const bucket: Recorded = {
    name: 'the audit bucket',
    type: 'AWS::S3::Object',
    arn: `arn:${partition}:s3:::${target.output('AuditBucketName')}/`,
  };
  return [judgeDataEvents([...tables, bucket], await Promise.all(trailList.map(trailState)))];
};

/** Each trail is queried in its home Region. */
async function trailState({ Name = '', TrailARN, HomeRegion }: Trail): Promise<TrailState> {
  const cloudTrail = new CloudTrailClient(HomeRegion === undefined ? {} : { region: HomeRegion });
  const [status, found] = await Promise.all([
    cloudTrail.send(new GetTrailStatusCommand({ Name: TrailARN ?? Name })),
    cloudTrail.send(new GetEventSelectorsCommand({ TrailName: TrailARN ?? Name })),
  ]);
  return {
    name: Name,
    isLogging: status.IsLogging === true,
    selectors: found.EventSelectors ?? [],
    advanced: found.AdvancedEventSelectors ?? [],
  };
}

/** The ARN of the stack's topic contains the account and Region. */
function arnOf(target: Target, service: string, resource: string): string {
  const [, partition, , region, account] = target.output('AlarmsTopicArn').split(':');
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

export const OF_THE_ACCOUNT: Record<string, Examine> = {
  'SES suppression': suppression,
  'Lambda concurrency': concurrency,
  Firewalls: firewalls,
  'API logging role': apiLogging,
  'Cognito rates': rates,
  Schedules: schedules,
  'CloudTrail data events': dataEvents,
};
