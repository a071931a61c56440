import { randomUUID } from 'node:crypto';
import type { LocalContext } from '../context.ts';
import { header, type HttpRequest, type Reply, type WebHandler } from '../gateway/messages.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { within } from '../lambda/within.ts';
import type { LocalService } from '../service.ts';
import { arnOf } from '../template/place.ts';
import { readApi, type ApiMethod, type Integration, type RestApi } from './api.ts';
import { createAuthorizer, type Authorize } from './authorizer.ts';
import { asIfFrom, readableByExtra, templateOrigins } from './origins.ts';
import { findMethod } from './routing.ts';
import { gatewayReply, mockReply, type GatewayResponseType } from './gateway-response.ts';
import { proxyEvent, type ProxyContext } from './proxy-event.ts';
import { proxyReply } from './proxy-reply.ts';
import { createThrottle } from './throttle.ts';

type ProxyIntegration = Extract<Integration, { Type: 'AWS_PROXY' }>;

const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;

/** Inside this file a refusal is an exception, with the gateway response that answers it. */
class Refused extends Error {
  readonly type: GatewayResponseType;

  constructor(type: GatewayResponseType) {
    super(type);
    this.type = type;
  }
}

type Inputs = Pick<
  LocalContext,
  'template' | 'place' | 'lambda' | 'clock' | 'issuers' | 'extraOrigins' | 'metrics'
>;

/** What serving the API takes. */
interface Serving extends Inputs {
  api: RestApi;
  authorize: Authorize;
  /** Whether the stage's throttle lets one more request through. */
  admit: () => boolean;
}

/** API Gateway: the stack's REST API below `/<stage>`, if it has one. */
export function create(inputs: Inputs): LocalService {
  const { template, place, clock, issuers, extraOrigins } = inputs;
  const api = readApi(template);
  if (api === undefined) return {};
  const authorize = createAuthorizer(issuers, clock);
  const admit = createThrottle(api.throttle, () => clock.now());
  const serve = createApiGateway({
    ...inputs,
    api,
    authorize,
    admit,
  });
  const origins = templateOrigins(api);
  return {
    origins,
    outputs: { apiUrl: `${place.publicEndpoint}/${api.stage}` },
    web: [
      async (http) =>
        readableByExtra(http, extraOrigins, await serve(asIfFrom(origins[0], http, extraOrigins))),
    ],
  };
}

function createApiGateway(serving: Serving): WebHandler {
  const { api } = serving;
  const prefix = `/${api.stage}`;
  return async (http) => {
    if (http.path !== prefix && !http.path.startsWith(`${prefix}/`)) return undefined;
    const requestId = randomUUID();
    const path = http.path.slice(prefix.length) || '/';
    return measured(serving, await replyTo(serving, http, path, requestId));
  };
}

async function replyTo(
  serving: Serving,
  http: HttpRequest,
  path: string,
  requestId: string,
): Promise<Reply> {
  try {
    return await serve(serving, http, path, requestId);
  } catch (error) {
    if (error instanceof Refused) return gatewayReply(serving.api, error.type, requestId);
    throw error;
  }
}

/** What API Gateway counts of an answer. */
function measured({ api, metrics }: Serving, reply: Reply): Reply {
  const dimensions = { ApiName: api.name };
  metrics.put('AWS/ApiGateway', 'Count', dimensions, 1);
  const { status } = reply;
  metrics.put('AWS/ApiGateway', '4XXError', dimensions, status >= 400 && status < 500 ? 1 : 0);
  metrics.put('AWS/ApiGateway', '5XXError', dimensions, status >= 500 ? 1 : 0);
  return reply;
}

async function serve(
  { api, place, clock, authorize, admit, lambda }: Serving,
  http: HttpRequest,
  path: string,
  requestId: string,
): Promise<Reply> {
  const found = findMethod(api, http.method, path);
  if (found === undefined) throw new Refused('MISSING_AUTHENTICATION_TOKEN');
  if (!admit()) throw new Refused('THROTTLED');
  const { method, pathParameters } = found;
  const claims = await authorized(method, http, authorize);
  validate(method, http);
  const { integration } = method;
  if (integration.Type === 'MOCK') return mockReply(integration, http, requestId);
  const now = clock.now();
  const context = {
    api,
    place,
    method,
    path,
    pathParameters,
    claims,
    requestId,
    now,
  };
  return await invoke(lambda, http, integration, context);
}

async function authorized(
  { scopes, issuerArns }: ApiMethod,
  http: HttpRequest,
  authorize: Authorize,
): Promise<Record<string, string> | undefined> {
  if (scopes === undefined) return undefined;
  const claims = await authorize(header(http, 'authorization'), scopes, issuerArns);
  if (claims === undefined) throw new Refused('UNAUTHORIZED');
  return claims;
}

async function invoke(
  lambda: Lambda,
  http: HttpRequest,
  { Uri, TimeoutInMillis }: ProxyIntegration,
  context: ProxyContext,
): Promise<Reply> {
  const { api, place, path, requestId } = context;
  const functionArn = /functions\/(arn:[^/]+)\/invocations$/.exec(Uri)?.[1] ?? '';
  const sourceArn = arnOf(place, 'execute-api', `${api.id}/${api.stage}/${http.method}${path}`);
  const invocation = lambda.invokeAs(
    'apigateway.amazonaws.com',
    sourceArn,
    functionArn,
    proxyEvent(http, context),
  );
  const outcome = await within(TimeoutInMillis, invocation, 'late' as const);
  if (outcome === 'late') throw new Refused('INTEGRATION_TIMEOUT');
  if (outcome === undefined) throw new Refused('API_CONFIGURATION_ERROR');
  const reply = outcome.kind === 'returned' ? proxyReply(outcome.payload, requestId) : undefined;
  if (reply === undefined) throw new Refused('DEFAULT_5XX');
  return reply;
}

function validate({ validateBody, requiredParameters }: ApiMethod, http: HttpRequest): void {
  if (http.body.length > MAX_PAYLOAD_BYTES) throw new Refused('REQUEST_TOO_LARGE');
  if (!requiredParameters.every((name) => hasParameter(name, http)))
    throw new Refused('BAD_REQUEST_PARAMETERS');
  const contentType = header(http, 'content-type')?.split(';')[0]?.trim() ?? 'application/json';
  if (validateBody === undefined || contentType !== 'application/json') return;
  try {
    if (validateBody(JSON.parse(http.body.toString('utf8')))) return;
  } catch {
    /* A body that is not JSON is refused like JSON that does not fit the model. */
  }
  throw new Refused('BAD_REQUEST_BODY');
}

function hasParameter(name: string, http: HttpRequest): boolean {
  const [, , where, parameter = ''] = name.split('.');
  if (where === 'header') return header(http, parameter.toLowerCase()) !== undefined;
  return where !== 'querystring' || http.query.has(parameter);
}
