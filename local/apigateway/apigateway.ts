import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { WebHandler } from '../gateway/gateway.ts';
import { header } from '../gateway/identify.ts';
import type { HttpRequest, Reply } from '../gateway/messages.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { within } from '../lambda/within.ts';
import { arnOf } from '../template/place.ts';
import type { StackTemplate } from '../template/template.ts';
import { findMethod, type ApiMethod, type Integration, type RestApi } from './api.ts';
import type { Authorize } from './authorizer.ts';
import { gatewayReply, mockReply, type GatewayResponseType } from './gateway-response.ts';
import { proxyEvent, proxyReply, type ProxyContext } from './proxy-event.ts';
import { createThrottle } from './throttle.ts';

type ProxyIntegration = Extract<Integration, { Type: 'AWS_PROXY' }>;

const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;

/** Refusals travel as exceptions inside this file, each with the gateway response that answers it. */
class Refused extends Error {
  readonly type: GatewayResponseType;

  constructor(type: GatewayResponseType) {
    super(type);
    this.type = type;
  }
}

/** What the API stands on. */
export interface ApiInputs {
  api: RestApi;
  template: StackTemplate;
  lambda: Lambda;
  clock: Clock;
  authorize: Authorize;
}

/** Serves the REST API below `/<stage>`. */
export function createApiGateway(inputs: ApiInputs): WebHandler {
  const { api, clock } = inputs;
  const admit = createThrottle(api.throttle, () => clock.now());
  const prefix = `/${api.stage}`;
  return async (http) => {
    if (http.path !== prefix && !http.path.startsWith(`${prefix}/`)) return undefined;
    const requestId = randomUUID();
    try {
      return await serve(inputs, admit, http, http.path.slice(prefix.length) || '/', requestId);
    } catch (error) {
      if (error instanceof Refused) return gatewayReply(api, error.type, requestId);
      throw error;
    }
  };
}

async function serve(
  inputs: ApiInputs,
  admit: () => boolean,
  http: HttpRequest,
  path: string,
  requestId: string,
): Promise<Reply> {
  const {
    api,
    template: { place },
    clock,
    authorize,
  } = inputs;
  const found = findMethod(api, http.method, path);
  if (found === undefined) throw new Refused('MISSING_AUTHENTICATION_TOKEN');
  if (!admit()) throw new Refused('THROTTLED');
  const { method, pathParameters } = found;
  const claims =
    method.scopes === undefined
      ? undefined
      : await authorize(header(http, 'authorization'), method.scopes);
  if (method.scopes !== undefined && claims === undefined) throw new Refused('UNAUTHORIZED');
  validate(method, http);
  if (method.integration.Type === 'MOCK') return mockReply(method.integration, http, requestId);
  return await invoke(inputs.lambda, http, method.integration, {
    api,
    place,
    method,
    path,
    pathParameters,
    claims,
    requestId,
    now: clock.now(),
  });
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
    /* not JSON: refused like JSON that does not fit */
  }
  throw new Refused('BAD_REQUEST_BODY');
}

function hasParameter(name: string, http: HttpRequest): boolean {
  const [, , where, parameter = ''] = name.split('.');
  if (where === 'header') return header(http, parameter.toLowerCase()) !== undefined;
  return where !== 'querystring' || http.query.has(parameter);
}
