import { arnOf, stableId, stableUuid, type Place } from './place.ts';

/** What `Ref` and `Fn::GetAtt` of a resource yield. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

/** What an identity is made from. */
interface IdentityInputs {
  logicalId: string;
  place: Place;
  /** One property of the resource, resolved; undefined if it is absent. */
  property: (name: string) => unknown;
}

type Identify = (inputs: IdentityInputs) => Identity;

function textOf(property: unknown, otherwise: string): string {
  return typeof property === 'string' ? property : otherwise;
}

function named(
  property: string,
  service: string,
  resource: (name: string) => string,
  more?: (inputs: IdentityInputs, name: string) => Record<string, string>,
): Identify {
  return (inputs) => {
    const name = textOf(inputs.property(property), `${inputs.place.stackName}-${inputs.logicalId}`);
    return {
      ref: name,
      attributes: {
        Arn: arnOf(inputs.place, service, resource(name)),
        ...more?.(inputs, name),
      },
    };
  };
}

function generated(
  length: number,
  attributes: (inputs: IdentityInputs, id: string) => Record<string, string> = () => ({}),
): Identify {
  return (inputs) => {
    const id = stableId(`${inputs.place.stackName}/${inputs.logicalId}`, length);
    return { ref: id, attributes: attributes(inputs, id) };
  };
}

function global(service: string, resource: (name: string) => string, property: string): Identify {
  return ({ logicalId, place, property: read }) => {
    const name = textOf(read(property), `${place.stackName}-${logicalId}`);
    const account = service === 's3' ? '' : place.account;
    const Arn = `arn:${place.partition}:${service}::${account}:${resource(name)}`;
    return { ref: name, attributes: { Arn } };
  };
}

const identifyUserPool: Identify = ({ logicalId, place }) => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const id = `${place.region}_${stableId(`${place.stackName}/${logicalId}`, 9, alphabet)}`;
  return {
    ref: id,
    attributes: {
      Arn: arnOf(place, 'cognito-idp', `userpool/${id}`),
      UserPoolId: id,
      ProviderName: `cognito-idp.${place.region}.amazonaws.com/${id}`,
      ProviderURL: `${place.publicEndpoint}/${id}`,
    },
  };
};

const identifyKey: Identify = ({ logicalId, place }) => {
  const id = stableUuid(`${place.stackName}/${logicalId}`);
  return {
    ref: id,
    attributes: { Arn: arnOf(place, 'kms', `key/${id}`), KeyId: id },
  };
};

const identifyQueue: Identify = (inputs) => {
  const { ref: name, attributes } = named('QueueName', 'sqs', (queue) => queue)(inputs);
  const url = `${inputs.place.endpoint}/${inputs.place.account}/${name}`;
  return {
    ref: url,
    attributes: {
      ...attributes,
      QueueName: name,
      QueueUrl: url,
    },
  };
};

const identifyTopic: Identify = (inputs) => {
  const { ref: name, attributes } = named('TopicName', 'sns', (topic) => topic)(inputs);
  const arn = attributes.Arn ?? '';
  return {
    ref: arn,
    attributes: { TopicArn: arn, TopicName: name },
  };
};

const identifyManagedPolicy: Identify = (inputs) => {
  const { attributes } = global('iam', (name) => `policy/${name}`, 'ManagedPolicyName')(inputs);
  return {
    ref: attributes.Arn ?? '',
    attributes: { PolicyArn: attributes.Arn ?? '' },
  };
};

const identifyTable = named(
  'TableName',
  'dynamodb',
  (name) => `table/${name}`,
  ({ place }, name) => ({
    StreamArn: arnOf(place, 'dynamodb', `table/${name}/stream/2026-01-01T00:00:00.000`),
  }),
);

const identifyContactFlow: Identify = ({ logicalId, place, property }) => {
  const id = stableUuid(`${place.stackName}/${logicalId}`);
  const arn = `${String(property('InstanceArn'))}/contact-flow/${id}`;
  return { ref: arn, attributes: { ContactFlowArn: arn } };
};

const identifyParameter: Identify = ({ logicalId, property }) => {
  const name = textOf(property('Name'), `/${logicalId}`);
  return {
    ref: name,
    attributes: { Type: 'String', Value: String(property('Value')) },
  };
};

const identifyWebAcl: Identify = (inputs) => {
  const name = textOf(inputs.property('Name'), inputs.logicalId);
  const id = stableUuid(`${inputs.place.stackName}/${inputs.logicalId}`);
  const Arn = arnOf(inputs.place, 'wafv2', `regional/webacl/${name}/${id}`);
  return {
    ref: `${name}|${id}|REGIONAL`,
    attributes: { Arn, Id: id },
  };
};

/** The resource types that this machine runs or needs by name. */
export const IDENTITIES: Record<string, Identify> = {
  // Not shown, and described to whoever examines the stage.
  'AWS::ApiGateway::Account': generated(12, (_, id) => ({ Id: id })),
  'AWS::ApiGateway::Authorizer': generated(6, (_, id) => ({ AuthorizerId: id })),
  'AWS::ApiGateway::DomainName': ({ property }) => ({
    ref: String(property('DomainName')),
    attributes: {
      RegionalDomainName: 'd-local.execute-api.example',
      RegionalHostedZoneId: 'ZLOCAL',
    },
  }),
  'AWS::ApiGateway::Deployment': generated(6, (_, id) => ({ DeploymentId: id })),
  'AWS::ApiGateway::GatewayResponse': generated(6),
  'AWS::ApiGateway::Method': generated(6),
  'AWS::ApiGateway::Model': ({ logicalId, property }) => ({
    ref: textOf(property('Name'), logicalId),
    attributes: {},
  }),
  'AWS::ApiGateway::RequestValidator': generated(6, (_, id) => ({ RequestValidatorId: id })),
  'AWS::ApiGateway::Resource': generated(6, (_, id) => ({ ResourceId: id })),
  'AWS::ApiGateway::RestApi': generated(10, ({ place }, id) => ({
    RestApiId: id,
    RootResourceId: stableId(`${place.stackName}/${id}/root`, 10),
  })),
  'AWS::ApiGateway::Stage': ({ property }) => ({
    ref: String(property('StageName')),
    attributes: {},
  }),
  'AWS::CloudWatch::Alarm': named('AlarmName', 'cloudwatch', (name) => `alarm:${name}`),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', 'cloudwatch', (name) => `alarm:${name}`),
  'AWS::Cognito::UserPool': identifyUserPool,
  'AWS::Cognito::UserPoolClient': generated(26, (inputs, id) => ({
    ClientId: id,
    Name: textOf(inputs.property('ClientName'), inputs.logicalId),
  })),
  'AWS::Cognito::UserPoolDomain': ({ property }) => ({
    ref: String(property('Domain')),
    attributes: {},
  }),
  'AWS::Cognito::UserPoolIdentityProvider': ({ property }) => ({
    ref: String(property('ProviderName')),
    attributes: {},
  }),
  'AWS::Cognito::UserPoolResourceServer': ({ property }) => ({
    ref: String(property('Identifier')),
    attributes: {},
  }),
  'AWS::Connect::ContactFlow': identifyContactFlow,
  'AWS::Connect::IntegrationAssociation': generated(12, (_, id) => ({
    IntegrationAssociationId: id,
  })),
  'AWS::DynamoDB::Table': identifyTable,
  'AWS::Events::Rule': named('Name', 'events', (name) => `rule/${name}`),
  'AWS::IAM::ManagedPolicy': identifyManagedPolicy,
  'AWS::IAM::Policy': generated(12, (_, id) => ({ Id: id })),
  'AWS::IAM::Role': global('iam', (name) => `role/${name}`, 'RoleName'),
  'AWS::KMS::Alias': ({ property }) => ({ ref: String(property('AliasName')), attributes: {} }),
  'AWS::KMS::Key': identifyKey,
  'AWS::Lambda::EventSourceMapping': generated(12, (_, id) => ({ Id: id })),
  'AWS::Lambda::Function': named('FunctionName', 'lambda', (name) => `function:${name}`),
  'AWS::Lambda::Permission': generated(12, (_, id) => ({ Id: id })),
  'AWS::Logs::LogGroup': named('LogGroupName', 'logs', (name) => `log-group:${name}:*`),
  'AWS::Logs::MetricFilter': generated(12),
  'AWS::S3::Bucket': global('s3', (name) => name, 'BucketName'),
  'AWS::SES::ConfigurationSet': ({ logicalId, property }) => ({
    ref: textOf(property('Name'), logicalId),
    attributes: {},
  }),
  'AWS::SES::EmailIdentity': ({ property }) => ({
    ref: String(property('EmailIdentity')),
    attributes: {},
  }),
  'AWS::SNS::Subscription': generated(12),
  'AWS::SNS::Topic': identifyTopic,
  'AWS::SES::ConfigurationSetEventDestination': generated(12),
  'AWS::SQS::Queue': identifyQueue,
  'AWS::SSM::Parameter': identifyParameter,
  'AWS::WAFv2::LoggingConfiguration': generated(12),
  'AWS::WAFv2::WebACL': identifyWebAcl,
  'AWS::WAFv2::WebACLAssociation': generated(12),
};

/** Types that a stack may hold and that this machine does not show; each is named at start. */
export const NOT_SHOWN: Record<string, string> = {
  'AWS::ApiGateway::Account': 'API Gateway account settings',
  'AWS::ApiGateway::BasePathMapping': 'addresses of your own',
  'AWS::ApiGateway::DomainName': 'addresses of your own',
  'AWS::Route53::RecordSet': 'addresses of your own',
  'AWS::Backup::BackupPlan': 'backups',
  'AWS::Backup::BackupSelection': 'backups',
  'AWS::Backup::BackupVault': 'backups',
  'AWS::CloudWatch::Dashboard': 'CloudWatch dashboards',
  'AWS::Events::EventBus': 'EventBridge buses',
  'AWS::Events::Archive': 'EventBridge archives',
  'AWS::Lambda::EventInvokeConfig': 'asynchronous invocation settings',
  'AWS::Logs::QueryDefinition': 'saved queries of Logs Insights',
  'AWS::Logs::ResourcePolicy': 'log resource policies',
  'AWS::Logs::SubscriptionFilter': 'log subscriptions',
  'AWS::S3::BucketPolicy': 'bucket policies',
  'AWS::SNS::TopicPolicy': 'topic policies',
  'AWS::SQS::QueuePolicy': 'queue policies',
  'AWS::WAFv2::LoggingConfiguration': 'WAF',
  'AWS::WAFv2::WebACL': 'WAF',
  'AWS::WAFv2::WebACLAssociation': 'WAF',
  'AWS::WAFv2::RegexPatternSet': 'WAF',
  'AWS::WAFv2::IPSet': 'WAF',
};

/** Types that say something about the deployment only, and nothing about how the stack behaves. */
export const WITHOUT_EFFECT = new Set(['AWS::CDK::Metadata']);
