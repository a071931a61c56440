/**
 * What AWS says of an account and of the stack's resources when it is asked: the operations with which
 * operators examine a stage. They read the template, and an account in good order.
 */
import type { LocalContext } from '../context.ts';
import type { AwsCall, AwsService, Reply, ServiceName } from '../gateway/messages.ts';
import { jsonInput, jsonReply, queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { Resource } from '../template/template.ts';

type Inputs = Pick<LocalContext, 'template' | 'place' | 'clock'>;
type Describe = (inputs: Inputs, call: AwsCall) => Reply;

const SES = 'http://ses.amazonaws.com/doc/2010-12-01/';
const SNS = 'http://sns.amazonaws.com/doc/2010-03-31/';

const form = ({ http }: AwsCall) => new URLSearchParams(http.body.toString('utf8'));
const entry = (key: string, value: unknown) => ({ entry: { key, value } });

/** Every identity is verified here. */
const sesDescribes: Record<string, Describe> = {
  GetIdentityVerificationAttributes: (_, call) =>
    queryReply(SES, call.operation, {
      VerificationAttributes: entry(form(call).get('Identities.member.1') ?? '', {
        VerificationStatus: 'Success',
      }),
    }),
  GetIdentityDkimAttributes: (_, call) =>
    queryReply(SES, call.operation, {
      DkimAttributes: entry(form(call).get('Identities.member.1') ?? '', {
        DkimEnabled: 'true',
        DkimVerificationStatus: 'Success',
      }),
    }),
  GetSendQuota: (_, { operation }) =>
    queryReply(SES, operation, { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 }),
  GetAccountSendingEnabled: (_, { operation }) => queryReply(SES, operation, { Enabled: 'true' }),
};

const snsDescribes: Record<string, Describe> = {
  GetSMSSandboxAccountStatus: (_, { operation }) =>
    queryReply(SNS, operation, { IsInSandbox: 'false' }),
  GetSMSAttributes: (_, { operation }) =>
    queryReply(SNS, operation, { attributes: entry('MonthlySpendLimit', '1000') }),
  ListSubscriptionsByTopic: ({ template }, call) => {
    const topic = form(call).get('TopicArn') ?? '';
    const [subscription] = template
      .ofType('AWS::SNS::Subscription')
      .filter(({ properties }) => properties.TopicArn === topic);
    const member = { SubscriptionArn: `${topic}:confirmed`, TopicArn: topic };
    return queryReply(SNS, call.operation, {
      Subscriptions: subscription === undefined ? '' : { member },
    });
  },
};

const connectDescribes: Record<string, Describe> = {
  DescribeInstance: (_, call) =>
    jsonReply(call.protocol, {
      Instance: { Id: call.http.path.split('/')[2], InstanceStatus: 'ACTIVE' },
    }),
  DescribeInstanceAttribute: (_, call) =>
    jsonReply(call.protocol, { Attribute: { AttributeType: 'OUTBOUND_CALLS', Value: 'true' } }),
  ListPhoneNumbersV2: ({ template }, call) => {
    const numbers = template
      .ofType('AWS::Lambda::Function')
      .flatMap(({ properties }) => sourceNumberOf(properties) ?? []);
    return jsonReply(call.protocol, {
      ListPhoneNumbersSummaryList: [...new Set(numbers)].map((PhoneNumber) => ({ PhoneNumber })),
    });
  },
};

/** The number that calls come from stands in the environment of the functions that place them. */
function sourceNumberOf(properties: Record<string, unknown>): string | undefined {
  const { Environment } = properties as { Environment?: { Variables?: Record<string, string> } };
  return Environment?.Variables?.CONNECT_SOURCE_PHONE_NUMBER;
}

const cognitoDescribes: Record<string, Describe> = {
  DescribeUserPool: ({ template }, call) => {
    const [pool] = template.ofType('AWS::Cognito::UserPool');
    const { UserPoolTier, MfaConfiguration, DeletionProtection } = pool?.properties ?? {};
    return jsonReply(call.protocol, {
      UserPool: { Id: pool?.ref, UserPoolTier, MfaConfiguration, DeletionProtection },
    });
  },
};

const kmsDescribes: Record<string, Describe> = {
  DescribeKey: ({ template }, call) => {
    const { KeyId } = jsonInput(call.http);
    const alias = template.ofType('AWS::KMS::Alias').find(({ ref }) => ref === KeyId);
    const known = alias !== undefined || template.ofType('AWS::KMS::Key').some(isNamed(KeyId));
    const KeyState = known ? 'Enabled' : undefined;
    return jsonReply(call.protocol, { KeyMetadata: { KeyId, KeyState } });
  },
};

const isNamed =
  (name: unknown) =>
  ({ ref, attributes }: Resource): boolean =>
    name === ref || name === attributes.Arn;

const dynamoDescribes: Record<string, Describe> = {
  DescribeContinuousBackups: ({ template }, call) => {
    const { TableName } = jsonInput(call.http);
    const table = template.ofType('AWS::DynamoDB::Table').find(({ ref }) => ref === TableName);
    const { PointInTimeRecoverySpecification: recovery } = (table?.properties ?? {}) as {
      PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean };
    };
    const isOn = recovery?.PointInTimeRecoveryEnabled === true;
    return jsonReply(call.protocol, {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: isOn ? 'ENABLED' : 'DISABLED',
        },
      },
    });
  },
};

const DESCRIBES: Partial<Record<ServiceName, Record<string, Describe>>> = {
  ses: sesDescribes,
  sns: snsDescribes,
  connect: connectDescribes,
  cognito: cognitoDescribes,
  kms: kmsDescribes,
  dynamodb: dynamoDescribes,
};

/** The names by which IAM has the services. */
const PREFIXES: Partial<Record<ServiceName, string>> = { cognito: 'cognito-idp' };

/** A service that also answers the operations which describe it. */
export function withDescriptions(name: ServiceName, run: AwsService, inputs: Inputs): AwsService {
  const describes = DESCRIBES[name] ?? {};
  return async (call) => {
    const describe = Object.hasOwn(describes, call.operation)
      ? describes[call.operation]
      : undefined;
    if (describe === undefined) return await run(call);
    const action = `${PREFIXES[name] ?? name}:${call.operation}`;
    authorise(call, inputs.place, { action, resource: '*' });
    return describe(inputs, call);
  };
}
