/**
 * The HTTP side of every capability: finds the route, reads and checks the body against the contract, calls the route's
 * handler and turns its outcome into a response. Refusals are values (`refuse`), exceptions are outages.
 */
import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod';
import {
  type FieldFault,
  PROBLEM_MEDIA_TYPE,
  type ProblemCode,
  PROBLEMS,
} from '../../../contract/problems.ts';
import {
  type Capability,
  MAX_BODY_BYTES,
  type Route,
  ROUTE_LIST,
  type RouteName,
  type ROUTES,
} from '../../../contract/routes.ts';
import type { FunctionSettings } from './environment-names.ts';
import { errorFields, log } from './log.ts';

/** An expected outcome that is no success. */
export interface Refusal {
  refused: ProblemCode;
  detail?: string;
  fields?: FieldFault[];
  retryAfterSeconds?: number;
}

export function refuse(refused: ProblemCode, more: Omit<Refusal, 'refused'> = {}): Refusal {
  return { refused, ...more };
}

/** Names of errors that mean an outage of something that we stand on: 503, not 500. */
const OUTAGES: ReadonlySet<string> = new Set([
  'StoreUnavailable',
  'CodeMacUnavailable',
  'UserPoolUnavailable',
  'QueueUnavailable',
]);

export interface HttpRequest<Body = unknown, Query = unknown> {
  body: Body;
  query: Query;
  path: Record<string, string>;
  /** The credential of `Authorization: Bearer`, if any. */
  bearer: string | undefined;
  /** What API Gateway's authorizer verified; empty on public routes. */
  claims: Record<string, string>;
  source: {
    /** From the gateway's own field: headers about addresses are whatever the client writes. */
    sourceAddress: string;
    requestId: string;
  };
  idempotencyKey: string | undefined;
}

export type HttpOutcome = { body?: unknown } | Refusal;

/** An outcome of a use case as a response: its refusal, or it as the body. */
export function answered<T extends object>(outcome: T): HttpOutcome {
  return 'refused' in outcome ? (outcome as unknown as Refusal) : { body: outcome };
}

type SchemaOf<R, K extends string> =
  R extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
export type RouteHandler<N extends RouteName> = (
  request: HttpRequest<SchemaOf<(typeof ROUTES)[N], 'body'>, SchemaOf<(typeof ROUTES)[N], 'query'>>,
) => Promise<HttpOutcome>;

/** A handler for every route of a capability, no more and no less. */
export type RouteHandlers<C extends Capability> = {
  [N in RouteName as (typeof ROUTES)[N]['capability'] extends C ? N : never]: RouteHandler<N>;
};

type AnyHandlers = Partial<
  Record<RouteName, (request: HttpRequest<never, never>) => Promise<HttpOutcome>>
>;

/** The Lambda handler of a capability. `settings` is asked at the first request: reading the environment can fail. */
export function httpHandler<C extends Capability>(
  capability: C,
  settings: () => Pick<FunctionSettings, 'portalOrigins'>,
  handlers: RouteHandlers<C>,
) {
  const routes = ROUTE_LIST.filter((route) => route.capability === capability);
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(outcomes())
    .handler(async (event) => {
      const respond = responder(event, settings().portalOrigins);
      const route = routes.find(
        ({ method, path }) => method === event.httpMethod && path === event.resource,
      );
      if (route === undefined) return respond(refuse('NOT_FOUND'));
      try {
        const request = readRequest(route, event);
        if ('refused' in request) return respond(request);
        const handle = (handlers as AnyHandlers)[route.name];
        return respond(await (handle as RouteHandler<never>)(request as never), route);
      } catch (error) {
        log('ERROR', 'REQUEST_FAILED', {
          route: route.name,
          requestId: event.requestContext.requestId,
          ...errorFields(error),
        });
        return respond(
          refuse(
            OUTAGES.has((error as Error).name)
              ? 'UNAVAILABLE'
              : (error as Error).name === 'DeliveryFailed'
                ? 'DELIVERY_FAILED'
                : 'INTERNAL',
          ),
        );
      }
    });
}

/** One line per request: the route and its outcome, never its content. */
function outcomes(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const started = new WeakMap<object, number>();
  return {
    before: ({ event }) => void started.set(event, performance.now()),
    after: ({ event, response }) => {
      const ms = Math.round(performance.now() - (started.get(event) ?? performance.now()));
      log('INFO', 'ANSWERED', {
        method: event.httpMethod,
        route: event.resource,
        status: response?.statusCode,
        requestId: event.requestContext.requestId,
        ms,
      });
    },
  };
}

function readRequest(route: Route, event: APIGatewayProxyEvent): HttpRequest | Refusal {
  const body =
    route.body === undefined
      ? { value: undefined }
      : readBody(route.body, event, judgedByRules(route));
  if ('refused' in body) return body;
  const query =
    route.query === undefined
      ? { value: undefined }
      : checked(route.query, event.queryStringParameters ?? {});
  if ('refused' in query) return query;
  return {
    body: body.value,
    query: query.value,
    path: Object.fromEntries(
      Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
    bearer: /^Bearer ([A-Za-z0-9_.-]+)$/.exec(header(event, 'authorization') ?? '')?.[1],
    claims: (event.requestContext.authorizer?.claims ?? {}) as Record<string, string>,
    source: {
      sourceAddress: event.requestContext.identity.sourceIp,
      requestId: event.requestContext.requestId,
    },
    idempotencyKey: header(event, 'idempotency-key'),
  };
}

/** A password is the rules' to judge, with a code for each reason. */
function judgedByRules({ problems }: Route): readonly string[] {
  return problems.includes('PASSWORD_INVALID') ? ['password'] : [];
}

function readBody(
  schema: z.ZodType,
  event: APIGatewayProxyEvent,
  judged: readonly string[],
): { value: unknown } | Refusal {
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  if (Buffer.byteLength(text, 'utf8') > MAX_BODY_BYTES)
    return refuse('TOO_LARGE', { detail: `A body has at most ${MAX_BODY_BYTES} bytes.` });
  try {
    return checked(schema, text === '' ? {} : JSON.parse(text), judged);
  } catch {
    return refuse('REQUEST_INVALID', {
      detail: 'The body is no JSON.',
      fields: [{ path: '', message: 'must be a JSON object' }],
    });
  }
}

function checked(
  schema: z.ZodType,
  value: unknown,
  judged: readonly string[] = [],
): { value: unknown } | Refusal {
  const parsed = schema.safeParse(value);
  const fields = parsed.success
    ? brokenTexts(parsed.data).filter(({ path }) => !judged.includes(path))
    : parsed.error.issues.flatMap(fieldFaults);
  if (parsed.success && fields.length === 0) return { value: parsed.data };
  return refuse('REQUEST_INVALID', {
    detail: 'Some fields are not valid.',
    fields: fields.slice(0, 20),
  });
}

/** JSON can carry half of a surrogate pair, which no store, hash or message takes. The schemas know every key, and bound the depth. */
function brokenTexts(value: unknown, path = ''): FieldFault[] {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [{ path, message: 'has half of a character' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    brokenTexts(inner, path === '' ? key : `${path}.${key}`),
  );
}

function fieldFaults(issue: z.core.$ZodIssue): FieldFault[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, 10).map((key) => ({
      path: [path, key.slice(0, 64)].filter(Boolean).join('.'),
      message: 'is not a field of this request',
    }));
  return [
    {
      path,
      message:
        issue.code === 'invalid_union'
          ? 'has none of the forms that this request takes'
          : issue.message,
    },
  ];
}

function header(event: APIGatewayProxyEvent, name: string): string | undefined {
  const found = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

function responder(event: APIGatewayProxyEvent, portalOrigins: readonly string[]) {
  const origin = header(event, 'origin');
  const cors =
    origin !== undefined && portalOrigins.includes(origin)
      ? { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' }
      : {};
  const headers = { ...SECURITY_HEADERS, ...cors, Vary: 'Origin' };
  return (outcome: HttpOutcome, route?: Route): APIGatewayProxyResult => {
    if ('refused' in outcome) return problem(outcome, event.requestContext.requestId, headers);
    const status = route?.answer.status ?? 200;
    if (outcome.body === undefined) return { statusCode: status, headers, body: '' };
    return {
      statusCode: status,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(outcome.body),
    };
  };
}

function problem(
  { refused, detail, fields, retryAfterSeconds }: Refusal,
  requestId: string,
  headers: Record<string, string>,
): APIGatewayProxyResult {
  const [status, title] = PROBLEMS[refused];
  const retry = retryAfterSeconds ?? (refused === 'RATE_LIMITED' ? 60 : undefined);
  return {
    statusCode: status,
    headers: {
      ...headers,
      'Content-Type': PROBLEM_MEDIA_TYPE,
      ...(retry === undefined ? {} : { 'Retry-After': String(retry) }),
    },
    body: JSON.stringify({
      type: 'about:blank',
      title,
      status,
      code: refused,
      detail: detail ?? `${title}.`,
      requestId,
      ...(fields === undefined ? {} : { fields }),
      ...(retry === undefined ? {} : { retryAfterSeconds: retry }),
    }),
  };
}
