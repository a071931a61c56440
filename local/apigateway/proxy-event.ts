import type { HttpRequest, Reply } from '../gateway/messages.ts';
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
  const userAgent = http.headers['user-agent'] ?? null;
  return {
    accountId: place.account,
    apiId: api.id,
    ...(claims === undefined ? {} : { authorizer: { claims } }),
    domainName: `${api.id}.execute-api.${place.region}.amazonaws.com`,
    domainPrefix: api.id,
    extendedRequestId: requestId,
    httpMethod: http.method,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: http.sourceIp,
      user: null,
      userAgent,
      userArn: null,
    },
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

/** API Gateway adds the caller's address to X-Forwarded-For, behind whatever the caller claimed. */
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

/** Reads what a function answered. @returns undefined for an answer that API Gateway calls malformed */
export function proxyReply(payload: unknown, requestId: string): Reply | undefined {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload))
    return undefined;
  const {
    statusCode,
    headers = {},
    multiValueHeaders = {},
    body = '',
    isBase64Encoded = false,
  } = payload as {
    statusCode: unknown;
    headers?: Record<string, unknown> | null;
    multiValueHeaders?: Record<string, unknown[]> | null;
    body?: unknown;
    isBase64Encoded?: unknown;
  };
  const status = Number(statusCode);
  if (
    !Number.isInteger(status) ||
    status < 100 ||
    status > 599 ||
    (body !== null && typeof body !== 'string')
  )
    return undefined;
  const single = Object.entries(headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  const multiple = Object.entries(multiValueHeaders ?? {}).map(
    ([name, values]) => [name.toLowerCase(), values.map(String)] as const,
  );
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...Object.fromEntries<string | string[]>([...single, ...multiple]),
    },
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
