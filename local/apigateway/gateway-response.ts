import { header, type HttpRequest, type Reply } from '../gateway/messages.ts';
import type { GatewayResponse, Integration, RestApi } from './api.ts';
import { render, type Variables } from './velocity.ts';

/** The gateway's own answers: type → status and message when the stack sets nothing. */
const DEFAULTS = {
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  UNAUTHORIZED: [401, 'Unauthorized'],
  THROTTLED: [429, 'Too Many Requests'],
  BAD_REQUEST_BODY: [400, 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  API_CONFIGURATION_ERROR: [500, 'Invalid permissions on Lambda function'],
  DEFAULT_5XX: [502, 'Internal server error'],
} as const satisfies Record<string, readonly [number, string]>;

export type GatewayResponseType = keyof typeof DEFAULTS;

/** Answers without the backend, as the stack's gateway responses have it. */
export function gatewayReply(api: RestApi, type: GatewayResponseType, requestId: string): Reply {
  const [defaultStatus, message] = DEFAULTS[type];
  const general = api.gatewayResponses.get(defaultStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const response: GatewayResponse | undefined = api.gatewayResponses.get(type) ?? general;
  const template =
    response?.ResponseTemplates['application/json'] ?? '{"message":$context.error.messageString}';
  const variables = contextVariables({
    requestId,
    'error.message': message,
    'error.messageString': JSON.stringify(message),
    'error.responseType': type,
  });
  const status = api.gatewayResponses.get(type)?.StatusCode ?? defaultStatus;
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...literalHeaders(response?.ResponseParameters ?? {}, 'gatewayresponse.header.'),
    },
    body: render(template, variables),
  };
}

/** Answers a MOCK integration: literal headers, and what its template overrides. */
export function mockReply(
  integration: Extract<Integration, { Type: 'MOCK' }>,
  http: HttpRequest,
  requestId: string,
): Reply {
  const response = integration.IntegrationResponses[0];
  if (response === undefined) throw new Error('A MOCK integration has no integration response.');
  const headers = literalHeaders(response.ResponseParameters, 'method.response.header.');
  const template = Object.values(response.ResponseTemplates)[0] ?? '';
  const body = render(template, mockVariables(http, requestId, headers));
  return {
    status: response.StatusCode,
    headers: { ...headers, 'x-amzn-requestid': requestId },
    body: body.trim(),
  };
}

function mockVariables(
  http: HttpRequest,
  requestId: string,
  headers: Record<string, string>,
): Variables {
  const local = new Map<string, string>([['context.requestId', requestId]]);
  const overrides = 'context.responseOverride.header.';
  return {
    get(path) {
      const name = /^input\.params\(\)\.header\.get\(["']([^"']+)["']\)$/.exec(path)?.[1];
      // HTTP/2 and Node write header names in lower case; API Gateway looks them up as sent.
      if (name !== undefined) return header(http, name.toLowerCase()) ?? '';
      const value = local.get(path);
      if (value === undefined)
        throw new Error(`The local machine has no value for the Velocity reference $${path}.`);
      return value;
    },
    set(path, value) {
      if (path.startsWith(overrides)) headers[path.slice(overrides.length).toLowerCase()] = value;
      else local.set(path, value);
    },
  };
}

function contextVariables(context: Record<string, string>): Variables {
  return {
    get(path) {
      const value = context[path.replace(/^context\./, '')];
      if (value === undefined)
        throw new Error(`The local machine has no value for $${path} in a gateway response.`);
      return value;
    },
    set(path) {
      throw new Error(`A gateway response sets $${path}, which API Gateway does not allow.`);
    },
  };
}

function literalHeaders(
  parameters: Record<string, string>,
  prefix: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const literal = /^'(.*)'$/s.exec(value)?.[1];
      if (!name.startsWith(prefix) || literal === undefined)
        throw new Error(
          `The local machine maps literal response headers only, not ${name}: ${value}.`,
        );
      return [name.slice(prefix.length).toLowerCase(), literal];
    }),
  );
}
