import { header, type HttpRequest, type Protocol, type ServiceName } from './messages.ts';

/** Which AWS operation a request means. AWS distinguishes services by host; one port cannot. */
export interface Identified {
  service: ServiceName;
  operation: string;
  protocol: Protocol;
}

const BY_TARGET: Record<string, { service: ServiceName; protocol: Protocol }> = {
  AWSCognitoIdentityProviderService: { service: 'cognito', protocol: 'json-1.1' },
  DynamoDB_20120810: { service: 'dynamodb', protocol: 'json-1.0' },
  DynamoDBStreams_20120810: { service: 'dynamodb-streams', protocol: 'json-1.0' },
  TrentService: { service: 'kms', protocol: 'json-1.1' },
  AmazonSSM: { service: 'ssm', protocol: 'json-1.1' },
  Logs_20140328: { service: 'logs', protocol: 'json-1.1' },
  AmazonSQS: { service: 'sqs', protocol: 'json-1.0' },
  GraniteServiceVersion20100801: { service: 'cloudwatch', protocol: 'json-1.0' },
  CloudTrail_20131101: { service: 'cloudtrail', protocol: 'json-1.1' },
  AWSEvents: { service: 'events', protocol: 'json-1.1' },
  AWSWAF_20190729: { service: 'wafv2', protocol: 'json-1.1' },
  ServiceQuotasV20190624: { service: 'servicequotas', protocol: 'json-1.1' },
};

const BY_SCOPE: Record<string, { service: ServiceName; protocol: Protocol }> = {
  email: { service: 'ses', protocol: 'query' },
  ses: { service: 'ses', protocol: 'query' },
  sns: { service: 'sns', protocol: 'query' },
  sts: { service: 'sts', protocol: 'query' },
  monitoring: { service: 'cloudwatch', protocol: 'query' },
  cloudformation: { service: 'cloudformation', protocol: 'query' },
  connect: { service: 'connect', protocol: 'rest-json' },
  lambda: { service: 'lambda', protocol: 'rest-json' },
  apigateway: { service: 'apigateway', protocol: 'rest-json' },
  s3: { service: 's3', protocol: 'rest-xml' },
};

const CONNECT_PATHS: Record<string, string> = {
  'PUT /contact/outbound-voice': 'StartOutboundVoiceContact',
  'POST /contact/stop': 'StopContact',
  'POST /phone-number/list': 'ListPhoneNumbersV2',
};

/** Operations of REST services, by method and path. */
const BY_PATH: readonly [RegExp, string][] = [
  [/^POST \/v2\/email\/outbound-emails$/, 'SendEmailV2'],
  [/^GET \/v2\/email\/account$/, 'GetAccount'],
  [/^GET \/v2\/email\/configuration-sets\/[^/]+$/, 'GetConfigurationSet'],
  [/^GET \/v2\/email\/suppression\/addresses\/[^/]+$/, 'GetSuppressedDestination'],
  [/^GET \/2016-08-19\/account-settings\/?$/, 'GetAccountSettings'],
  [/^GET \/account$/, 'GetAccount'],
  [/^POST \/2015-03-31\/functions\/[^/]+\/invocations$/, 'Invoke'],
];

/** Names the operation of an AWS client's request; `undefined` if no AWS client sent it. */
export function identify(http: HttpRequest): Identified | undefined {
  const target = header(http, 'x-amz-target');
  if (target !== undefined) {
    const [prefix = '', operation = ''] = target.split('.');
    const known = BY_TARGET[prefix];
    return known && { ...known, operation };
  }
  const known = BY_SCOPE[credentialScopeService(http) ?? ''];
  if (known === undefined) return undefined;
  if (known.protocol === 'query') return identifyQuery(http, known.service);
  if (known.service === 'connect') return { ...known, operation: connectOperation(http) };
  if (known.service !== 's3') return { ...known, operation: operationByPath(http) };
  return { ...known, operation: s3Operation(http) };
}

function identifyQuery(http: HttpRequest, service: ServiceName): Identified {
  if (service === 'ses' && http.path.startsWith('/v2/'))
    return {
      service,
      protocol: 'rest-json',
      operation: operationByPath(http),
    };
  return {
    service,
    protocol: 'query',
    operation: new URLSearchParams(http.body.toString('utf8')).get('Action') ?? '',
  };
}

function connectOperation({ method, path }: HttpRequest): string {
  if (/^\/instance\/[^/]+$/.test(path) && method === 'GET') return 'DescribeInstance';
  if (/^\/instance\/[^/]+\/attribute\//.test(path)) return 'DescribeInstanceAttribute';
  const described =
    /^\/contacts\/[^/]+\/[^/]+$/.test(path) && method === 'GET' ? 'DescribeContact' : undefined;
  return CONNECT_PATHS[`${method} ${path}`] ?? described ?? `${method} ${path}`;
}

function operationByPath({ method, path }: HttpRequest): string {
  const request = `${method} ${path}`;
  return BY_PATH.find(([pattern]) => pattern.test(request))?.[1] ?? request;
}

/** The access key id that signed a request, if any. */
export function accessKeyId(http: HttpRequest): string | undefined {
  return /Credential=([^/,\s]+)\//.exec(header(http, 'authorization') ?? '')?.[1];
}

function credentialScopeService(http: HttpRequest): string | undefined {
  return /Credential=[^/,\s]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(
    header(http, 'authorization') ?? '',
  )?.[1];
}

function s3Operation({ method, query }: HttpRequest): string {
  if (method === 'PUT') return 'PutObject';
  if (method !== 'GET') return method;
  return query.get('list-type') === '2' ? 'ListObjectsV2' : 'GetObject';
}
