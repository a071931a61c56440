/**
 * What AWS says of the account beyond the stack's own services: quotas, firewalls, the logging
 * role, suppression lists and rules. An account in good order, and what the template says.
 */
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import type { LocalService } from '../service.ts';
import { arnOf } from '../template/place.ts';
import type { Resource } from '../template/template.ts';
import { type Description, type Inputs, onEverything } from './description.ts';

/** AWS's default concurrency, and its default quotas of Cognito in requests a second. */
const CONCURRENCY = 1000;
const COGNITO_QUOTAS: [name: string, code: string, value: number][] = [
  ['Rate of UserAuthentication requests', 'L-026ADBA3', 120],
  ['Rate of UserResourceRead requests', 'L-55545DC8', 50],
];

/** The services that only describe something here. */
export function create(): LocalService {
  const none = (call: AwsCall): Promise<Reply> =>
    Promise.reject(unknownOperation(call.service, call.operation));
  return {
    aws: {
      apigateway: none,
      wafv2: none,
      servicequotas: none,
      cloudtrail: none,
      events: none,
    },
  };
}

const found = (resource: Resource | undefined, code: string, message: string): Resource => {
  if (resource === undefined)
    throw new AwsError(code, message, code === 'NotFoundException' ? 404 : 400);
  return resource;
};

const lastOf = ({ http }: AwsCall) => decodeURIComponent(http.path.split('/').at(-1) ?? '');

const configurationSet = ({ template }: Inputs, call: AwsCall): Resource =>
  found(
    template.ofType('AWS::SES::ConfigurationSet').find(({ ref }) => ref === lastOf(call)),
    'NotFoundException',
    `Configuration set <${lastOf(call)}> does not exist.`,
  );

/** No address is suppressed here: what bounces is the doing of a fault, and is forgotten. */
export const mailDescriptions: Record<string, Description> = {
  GetAccount: onEverything((_, { protocol }) =>
    jsonReply(protocol, {
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    }),
  ),
  GetConfigurationSet: {
    resource: ({ place }, call) => arnOf(place, 'ses', `configuration-set/${lastOf(call)}`),
    reply: (inputs, call) => {
      const { ref, properties } = configurationSet(inputs, call);
      const { SuppressionOptions } = properties;
      return jsonReply(call.protocol, { ConfigurationSetName: ref, SuppressionOptions });
    },
  },
  GetSuppressedDestination: onEverything((_, call) => {
    const message = `Email address ${lastOf(call)} does not exist on your suppression list.`;
    throw new AwsError('NotFoundException', message, 404);
  }),
};

export const lambdaDescriptions: Record<string, Description> = {
  GetAccountSettings: onEverything(({ template }, { protocol }) => {
    const functions = template.ofType('AWS::Lambda::Function');
    const reserved = functions.reduce(
      (sum, { properties }) => sum + Number(properties.ReservedConcurrentExecutions ?? 0),
      0,
    );
    return jsonReply(protocol, {
      AccountLimit: {
        ConcurrentExecutions: CONCURRENCY,
        UnreservedConcurrentExecutions: CONCURRENCY - reserved,
      },
      AccountUsage: { FunctionCount: functions.length },
    });
  }),
};

export const apiGatewayDescriptions: Record<string, Description> = {
  GetAccount: {
    action: 'apigateway:GET',
    resource: ({ place }) => `arn:${place.partition}:apigateway:${place.region}::/account`,
    reply: ({ template }, { protocol }) => {
      const [account] = template.ofType('AWS::ApiGateway::Account');
      return jsonReply(protocol, { cloudwatchRoleArn: account?.properties.CloudWatchRoleArn });
    },
  },
};

export const quotaDescriptions: Record<string, Description> = {
  ListServiceQuotas: onEverything((_, call) => {
    const { ServiceCode } = jsonInput(call.http);
    if (ServiceCode !== 'cognito-idp')
      throw new AwsError(
        'NoSuchResourceException',
        `This machine lists the quotas of cognito-idp only, not of ${String(ServiceCode)}.`,
      );
    const Quotas = COGNITO_QUOTAS.map(([QuotaName, QuotaCode, Value]) => ({
      ServiceCode,
      QuotaName,
      QuotaCode,
      Value,
    }));
    return jsonReply(call.protocol, { Quotas });
  }),
};

const guardOf = ({ template }: Inputs, call: AwsCall): Resource | undefined => {
  const { ResourceArn } = jsonInput(call.http);
  const association = template
    .ofType('AWS::WAFv2::WebACLAssociation')
    .find(({ properties }) => properties.ResourceArn === ResourceArn);
  const arn = association?.properties.WebACLArn;
  return template.ofType('AWS::WAFv2::WebACL').find(({ attributes }) => attributes.Arn === arn);
};

export const firewallDescriptions: Record<string, Description> = {
  GetWebACLForResource: {
    resource: (inputs, call) => guardOf(inputs, call)?.attributes.Arn ?? '*',
    reply: (inputs, call) => {
      const acl = guardOf(inputs, call);
      if (acl === undefined) return jsonReply(call.protocol, {});
      const { Arn, Id } = acl.attributes;
      const { Name } = acl.properties;
      return jsonReply(call.protocol, { WebACL: { ARN: Arn, Id, Name } });
    },
  },
  GetLoggingConfiguration: {
    resource: (_, call) => String(jsonInput(call.http).ResourceArn),
    reply: ({ template }, call) => {
      const { ResourceArn } = jsonInput(call.http);
      const { properties } = found(
        template
          .ofType('AWS::WAFv2::LoggingConfiguration')
          .find((one) => one.properties.ResourceArn === ResourceArn),
        'WAFNonexistentItemException',
        'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
      );
      const { LogDestinationConfigs } = properties;
      return jsonReply(call.protocol, {
        LoggingConfiguration: { ResourceArn, LogDestinationConfigs },
      });
    },
  },
};

const rulesOf = ({ template }: Inputs) => template.ofType('AWS::Events::Rule');

const ruleOf = (inputs: Inputs, call: AwsCall): Resource => {
  const { Name } = jsonInput(call.http);
  const message = `Rule ${String(Name)} does not exist on EventBus default.`;
  return found(
    rulesOf(inputs).find(({ ref }) => ref === Name),
    'ResourceNotFoundException',
    message,
  );
};

export const eventDescriptions: Record<string, Description> = {
  ListRuleNamesByTarget: onEverything((inputs, call) => {
    const { TargetArn } = jsonInput(call.http);
    const targeting = rulesOf(inputs).filter(({ properties }) =>
      ((properties.Targets ?? []) as { Arn: string }[]).some(({ Arn }) => Arn === TargetArn),
    );
    return jsonReply(call.protocol, { RuleNames: targeting.map(({ ref }) => ref) });
  }),
  DescribeRule: {
    resource: (inputs, call) => ruleOf(inputs, call).attributes.Arn ?? '',
    reply: (inputs, call) => {
      const { ref, attributes, properties } = ruleOf(inputs, call);
      const { ScheduleExpression, State = 'ENABLED' } = properties;
      return jsonReply(call.protocol, {
        Name: ref,
        Arn: attributes.Arn,
        ScheduleExpression,
        State,
      });
    },
  },
};

const TRAIL = 'everything';
const trailArn = ({ place }: Inputs): string => arnOf(place, 'cloudtrail', `trail/${TRAIL}`);

/** One trail, which records every read and write of tables and objects. */
export const trailDescriptions: Record<string, Description> = {
  DescribeTrails: onEverything((inputs, { protocol }) =>
    jsonReply(protocol, {
      trailList: [
        {
          Name: TRAIL,
          TrailARN: trailArn(inputs),
          HomeRegion: inputs.place.region,
        },
      ],
    }),
  ),
  GetTrailStatus: {
    resource: trailArn,
    reply: (_, { protocol }) => jsonReply(protocol, { IsLogging: true }),
  },
  GetEventSelectors: {
    resource: trailArn,
    reply: (inputs, { protocol }) =>
      jsonReply(protocol, {
        TrailARN: trailArn(inputs),
        AdvancedEventSelectors: ['AWS::DynamoDB::Table', 'AWS::S3::Object'].map((type) => ({
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: [type] },
          ],
        })),
      }),
  },
};
