/**
 * Reading a request: the body and the query checked against the contract, and where it came from.
 */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod';
import type { Language } from '../../../contract/languages.ts';
import type { FieldFault } from '../../../contract/problems.ts';
import { MAX_BODY_BYTES, type Route, type RouteName } from '../../../contract/routes.ts';
import { preferredLanguage } from './accept-language.rules.ts';
import { type Refusal, refuse } from './http-outcome.ts';

export interface HttpRequest<Body = unknown, Query = unknown> {
  route: RouteName;
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
  /** Of the page that sends the request, if it names one of ours. */
  language: Language | undefined;
}

/** Reads and checks a request against its route. */
export function readRequest(
  route: Route & { name: RouteName },
  event: APIGatewayProxyEvent,
  furtherFaults?: (body: Record<string, unknown>) => FieldFault[],
): HttpRequest | Refusal {
  if (!isJson(event))
    return refuse('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send the body as application/json.' });
  const body =
    route.body === undefined
      ? { value: undefined }
      : readBody(route.body, event, { judged: judgedByRules(route), furtherFaults });
  if ('refused' in body) return body;
  const query =
    route.query === undefined
      ? { value: undefined }
      : checked(route.query, event.queryStringParameters ?? {});
  if ('refused' in query) return query;
  return {
    route: route.name,
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
    language: preferredLanguage(header(event, 'accept-language')),
  };
}

/** A body is JSON and says so: a form of another page cannot send one. */
function isJson(event: APIGatewayProxyEvent): boolean {
  const type = header(event, 'content-type') ?? '';
  return (event.body ?? '') === '' || /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type);
}

/** Rules judge a password, with a code for each reason. */
function judgedByRules({ problems }: Route): readonly string[] {
  return problems.includes('PASSWORD_INVALID') ? ['password'] : [];
}

interface Rules {
  /** Fields that rules judge, each with a code of its own. */
  judged?: readonly string[];
  furtherFaults?: ((body: Record<string, unknown>) => FieldFault[]) | undefined;
}

/** The rules' faults of fields in which the schema finds none. */
function withFurther(
  faults: FieldFault[],
  body: unknown,
  furtherFaults: Rules['furtherFaults'],
): FieldFault[] {
  if (typeof body !== 'object' || body === null || furtherFaults === undefined) return faults;
  const named = new Set(faults.map(({ path }) => path));
  const further = furtherFaults(body as Record<string, unknown>);
  return [...faults, ...further.filter(({ path }) => !named.has(path))];
}

function readBody(
  schema: z.ZodType,
  event: APIGatewayProxyEvent,
  rules: Rules,
): { value: unknown } | Refusal {
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  if (Buffer.byteLength(text, 'utf8') > MAX_BODY_BYTES)
    return refuse('TOO_LARGE', { detail: `A body has at most ${MAX_BODY_BYTES} bytes.` });
  const json = jsonOf(text);
  if (json !== undefined) return checked(schema, json.value, rules);
  return refuse('REQUEST_INVALID', {
    detail: 'The body is not valid JSON.',
    fields: [{ path: '', message: 'must be a JSON object' }],
  });
}

/** An absent body is an empty object. Undefined for what is not JSON, which the refusal says. */
function jsonOf(text: string): { value: unknown } | undefined {
  try {
    return { value: text === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function checked(
  schema: z.ZodType,
  value: unknown,
  { judged = [], furtherFaults }: Rules = {},
): { value: unknown } | Refusal {
  const parsed = schema.safeParse(value);
  const fields = parsed.success
    ? brokenTexts(parsed.data).filter(({ path }) => !judged.includes(path))
    : withFurther(parsed.error.issues.flatMap(fieldFaults), value, furtherFaults);
  if (parsed.success && fields.length === 0) return { value: parsed.data };
  return refuse('REQUEST_INVALID', {
    detail: 'Some fields are not valid.',
    fields: fields.slice(0, 20),
  });
}

/**
 * JSON can carry an unpaired surrogate, which no store, hash or message takes. The schemas name
 * every key, and bound the depth.
 */
function brokenTexts(value: unknown, path = ''): FieldFault[] {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [{ path, message: 'contains an unpaired surrogate' }];
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

export function header(event: APIGatewayProxyEvent, name: string): string | undefined {
  const found = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}
