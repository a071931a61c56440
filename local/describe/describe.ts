/**
 * What AWS says of an account and of the stack's resources when it is asked: the operations with
 * which operators examine a stage. They read the template, and an account in good order.
 */
import type { AwsCall, AwsService, ServiceName } from '../gateway/messages.ts';
import { jsonInput, jsonReply, queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import { arnOf } from '../template/place.ts';
import type { Resource } from '../template/template.ts';
import {
  apiGatewayDescriptions,
  eventDescriptions,
  firewallDescriptions,
  lambdaDescriptions,
  mailDescriptions,
  quotaDescriptions,
  trailDescriptions,
} from './account.ts';
import { type Description, type Inputs, onEverything } from './description.ts';

const SES = 'http://ses.amazonaws.com/doc/2010-12-01/';
const SNS = 'http://sns.amazonaws.com/doc/2010-03-31/';

const form = ({ http }: AwsCall) => new URLSearchParams(http.body.toString('utf8'));
const entry = (key: string, value: unknown) => ({ entry: { key, value } });

/** Every identity is verified here. */
const sesDescribes: Record<string, Description> = {
  ...mailDescriptions,
  GetIdentityVerificationAttributes: onEverything((_, call) =>
    queryReply(SES, call.operation, {
      VerificationAttributes: entry(form(call).get('Identities.member.1') ?? '', {
        VerificationStatus: 'Success',
      }),
    }),
  ),
  GetIdentityDkimAttributes: onEverything((_, call) =>
    queryReply(SES, call.operation, {
      DkimAttributes: entry(form(call).get('Identities.member.1') ?? '', {
        DkimEnabled: 'true',
        DkimVerificationStatus: 'Success',
      }),
    }),
  ),
  GetSendQuota: onEverything((_, { operation }) =>
    queryReply(SES, operation, {
      Max24HourSend: 50_000,
      MaxSendRate: 14,
      SentLast24Hours: 0,
    }),
  ),
  GetAccountSendingEnabled: onEverything((_, { operation }) =>
    queryReply(SES, operation, { Enabled: 'true' }),
  ),
};

const snsDescribes: Record<string, Description> = {
  GetSMSSandboxAccountStatus: onEverything((_, { operation }) =>
    queryReply(SNS, operation, { IsInSandbox: 'false' }),
  ),
  GetSMSAttributes: onEverything((_, { operation }) =>
    queryReply(SNS, operation, { attributes: entry('MonthlySpendLimit', '1000') }),
  ),
  ListSubscriptionsByTopic: {
    resource: (_, call) => form(call).get('TopicArn') ?? '',
    reply: ({ template }, call) => {
      const topic = form(call).get('TopicArn') ?? '';
      const [subscription] = template
        .ofType('AWS::SNS::Subscription')
        .filter(({ properties }) => properties.TopicArn === topic);
      const member = {
        SubscriptionArn: `${topic}:confirmed`,
        TopicArn: topic,
      };
      return queryReply(SNS, call.operation, {
        Subscriptions: subscription === undefined ? '' : { member },
      });
    },
  },
};

const instanceOf = ({ place }: Inputs, { http }: AwsCall) =>
  arnOf(place, 'connect', `instance/${http.path.split('/')[2]}`);

const connectDescribes: Record<string, Description> = {
  DescribeInstance: {
    resource: instanceOf,
    reply: (_, call) =>
      jsonReply(call.protocol, {
        Instance: {
          Id: call.http.path.split('/')[2],
          InstanceStatus: 'ACTIVE',
        },
      }),
  },
  DescribeInstanceAttribute: {
    resource: instanceOf,
    reply: (_, call) =>
      jsonReply(call.protocol, { Attribute: { AttributeType: 'OUTBOUND_CALLS', Value: 'true' } }),
  },
  ListPhoneNumbersV2: {
    resource: (_, call) => String(jsonInput(call.http).TargetArn),
    reply: ({ template }, call) => {
      const numbers = template
        .ofType('AWS::Lambda::Function')
        .flatMap(({ properties }) => sourceNumberOf(properties) ?? []);
      return jsonReply(call.protocol, {
        ListPhoneNumbersSummaryList: [...new Set(numbers)].map((PhoneNumber) => ({ PhoneNumber })),
      });
    },
  },
};

/** The number that calls come from: a variable of the functions that place calls. */
function sourceNumberOf(properties: Record<string, unknown>): string | undefined {
  const { Environment } = properties as { Environment?: { Variables?: Record<string, string> } };
  return Environment?.Variables?.CONNECT_SOURCE_PHONE_NUMBER;
}

const poolOf = ({ template }: Inputs, { http }: AwsCall): Resource | undefined => {
  const { UserPoolId } = jsonInput(http);
  return template.ofType('AWS::Cognito::UserPool').find(({ ref }) => ref === UserPoolId);
};

const cognitoDescribes: Record<string, Description> = {
  DescribeUserPool: {
    action: 'cognito-idp:DescribeUserPool',
    resource: (inputs, call) => poolOf(inputs, call)?.attributes.Arn ?? '*',
    reply: (inputs, call) => {
      const pool = poolOf(inputs, call);
      const { UserPoolTier, MfaConfiguration, DeletionProtection } = pool?.properties ?? {};
      return jsonReply(call.protocol, {
        UserPool: {
          Id: pool?.ref,
          UserPoolTier,
          MfaConfiguration,
          DeletionProtection,
        },
      });
    },
  },
};

/** A key by its ID, its ARN or an alias. */
function keyOf({ template }: Inputs, { http }: AwsCall): Resource | undefined {
  const { KeyId } = jsonInput(http);
  const alias = template.ofType('AWS::KMS::Alias').find(({ ref }) => ref === KeyId);
  const name = alias?.properties.TargetKeyId ?? KeyId;
  return template.ofType('AWS::KMS::Key').find(isNamed(name));
}

const isNamed =
  (name: unknown) =>
  ({ ref, attributes }: Resource): boolean =>
    name === ref || name === attributes.Arn;

const kmsDescribes: Record<string, Description> = {
  DescribeKey: {
    resource: (inputs, call) => keyOf(inputs, call)?.attributes.Arn ?? '*',
    reply: (inputs, call) => {
      const { KeyId } = jsonInput(call.http);
      const KeyState = keyOf(inputs, call) === undefined ? undefined : 'Enabled';
      return jsonReply(call.protocol, { KeyMetadata: { KeyId, KeyState } });
    },
  },
};

const tableOf = ({ template }: Inputs, { http }: AwsCall): Resource | undefined => {
  const { TableName } = jsonInput(http);
  return template.ofType('AWS::DynamoDB::Table').find(({ ref }) => ref === TableName);
};

const dynamoDescribes: Record<string, Description> = {
  DescribeContinuousBackups: {
    resource: (inputs, call) => tableOf(inputs, call)?.attributes.Arn ?? '*',
    reply: (inputs, call) => {
      const { PointInTimeRecoverySpecification: recovery } = (tableOf(inputs, call)?.properties ??
        {}) as { PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean } };
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
  },
};

const DESCRIBES: Partial<Record<ServiceName, Record<string, Description>>> = {
  ses: sesDescribes,
  sns: snsDescribes,
  connect: connectDescribes,
  cognito: cognitoDescribes,
  kms: kmsDescribes,
  dynamodb: dynamoDescribes,
  lambda: lambdaDescriptions,
  apigateway: apiGatewayDescriptions,
  wafv2: firewallDescriptions,
  servicequotas: quotaDescriptions,
  events: eventDescriptions,
  cloudtrail: trailDescriptions,
};

/** A service that also answers the operations which describe it. */
export function withDescriptions(name: ServiceName, run: AwsService, inputs: Inputs): AwsService {
  const describes = DESCRIBES[name] ?? {};
  return async (call) => {
    const description = Object.hasOwn(describes, call.operation)
      ? describes[call.operation]
      : undefined;
    if (description === undefined) return await run(call);
    const { action = `${name}:${call.operation}`, resource, reply } = description;
    authorise(call, inputs.place, { action, resource: resource(inputs, call) });
    return reply(inputs, call);
  };
}
