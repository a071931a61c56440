import { definite } from '../definite.ts';
import type { HttpRequest } from '../gateway/messages.ts';
import type { Place } from '../template/place.ts';
import type { ApiMethod, RestApi } from './api.ts';

/** What goes into a Lambda proxy event besides the request itself. */
export interface ProxyContext {
  api: RestApi;
  place: Place;
  method: ApiMethod;
  /** Below the stage. */
  path: string;
  pathParameters: Record<string, string>;
  claims: Record<string, string> | undefined;
  requestId: string;
  now: number;
}

/** The event of a REST API's Lambda proxy integration (payload version 1.0). */
export function proxyEvent(http: HttpRequest, context: ProxyContext): object {
  const { method, path, pathParameters } = context;
  const multiValueHeaders = headersOf(http);
  const multiValueQuery = queryOf(http.query);
  return {
    resource: method.resourcePath,
    path,
    httpMethod: http.method,
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: orNull(lastOf(multiValueQuery)),
    multiValueQueryStringParameters: orNull(multiValueQuery),
    pathParameters: orNull(pathParameters),
    stageVariables: null,
    requestContext: requestContext(http, context),
    body: http.body.length === 0 ? null : http.body.toString('utf8'),
    isBase64Encoded: false,
  };
}

function requestContext(
  http: HttpRequest,
  { api, place, method, path, claims, requestId, now }: ProxyContext,
): object {
  return {
    accountId: place.account,
    apiId: api.id,
    ...definite({ authorizer: claims && { claims } }),
    domainName: `${api.id}.execute-api.${place.region}.amazonaws.com`,
    domainPrefix: api.id,
    extendedRequestId: requestId,
    httpMethod: http.method,
    identity: identityOf(http),
    path: `/${api.stage}${path}`,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    resourceId: method.resourceId,
    resourcePath: method.resourcePath,
    stage: api.stage,
  };
}

function identityOf({ headers, sourceIp }: HttpRequest): object {
  return {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp,
    user: null,
    userAgent: headers['user-agent'] ?? null,
    userArn: null,
  };
}

/** API Gateway appends the caller's address to X-Forwarded-For, after what the caller claimed. */
function headersOf({ headers, sourceIp }: HttpRequest): Record<string, string[]> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value : [value]] as const],
  );
  const forwarded = [headers['x-forwarded-for'], sourceIp]
    .flat()
    .filter((part) => part !== undefined)
    .join(', ');
  return {
    ...Object.fromEntries(given),
    'x-forwarded-for': [forwarded],
    'x-forwarded-port': ['443'],
    'x-forwarded-proto': ['https'],
  };
}

function queryOf(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

function lastOf(values: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));
}

function orNull<T extends object>(values: T): T | null {
  return Object.keys(values).length === 0 ? null : values;
}
