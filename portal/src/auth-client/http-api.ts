/** Calls the HTTP API by the route names of the contract, with its types. */
import type * as z from 'zod';
import { Problem, PROBLEM_MEDIA_TYPE } from '../../../contract/problems.ts';
import { ROUTES, type RouteName } from '../../../contract/routes.ts';
import { definite } from './definite.ts';
import type { AuthClientConfig } from './config.ts';
import { accepted, refused, type Refusal, type Result } from './refusals.ts';

type Table = typeof ROUTES;
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;
type BodyOf<N extends RouteName> = Table[N] extends { body: infer S } ? Input<S> : undefined;
type QueryOf<N extends RouteName> = Table[N] extends { query: infer S } ? Input<S> : undefined;
export type AnswerOf<N extends RouteName> = Table[N]['answer'] extends {
  schema: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;

export interface RouteCall<N extends RouteName> {
  /** Values of the braces in the route's path. */
  parameters?: Record<string, string>;
  query?: QueryOf<N>;
  body?: BodyOf<N>;
  /** A flow token or an access token. */
  token?: string | undefined;
  idempotencyKey?: string;
}

export type CallRoute = <N extends RouteName>(
  name: N,
  call?: RouteCall<N>,
) => Promise<Result<AnswerOf<N>>>;

/** A masked address in the detail of a problem. */
const MASKED_EMAIL = /\S\*{3}@[\w.-]+\w/;

/** A request without an answer within this time has failed. */
const PATIENCE_MS = 20_000;

export function createHttpApi({ apiUrl }: Pick<AuthClientConfig, 'apiUrl'>): CallRoute {
  return async (name, call = {}) => {
    const route = ROUTES[name];
    const response = await request(
      `${apiUrl}${pathOf(route.path, call.parameters)}${queryOf(call.query)}`,
      {
        method: route.method,
        headers: headersOf(call),
        ...definite({ body: call.body && JSON.stringify(call.body) }),
      },
    );
    if (response === undefined) return refused('UNREACHABLE');
    const answer: unknown =
      response.headers.get('content-type')?.includes('json') === true
        ? await response.json().catch(() => undefined)
        : undefined;
    if (!response.ok) return problemOf(response, answer);
    const schema = 'schema' in route.answer ? route.answer.schema : undefined;
    const parsed = schema?.safeParse(answer);
    if (parsed?.success === false) return refused('UNREACHABLE');
    return accepted(parsed?.data as AnswerOf<typeof name>);
  };
}

async function request(url: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      ...init,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return undefined;
  }
}

function headersOf<N extends RouteName>({
  body,
  token,
  idempotencyKey,
}: RouteCall<N>): Record<string, string> {
  return {
    accept: `application/json, ${PROBLEM_MEDIA_TYPE}`,
    ...definite({
      'content-type': body && 'application/json',
      authorization: token === undefined ? undefined : `Bearer ${token}`,
      'idempotency-key': idempotencyKey,
    }),
  };
}

function pathOf(path: string, parameters: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
}

function queryOf(query: object | undefined): string {
  const entries = Object.entries(query ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}

/**
 * An error without problem details comes from something in between, such as a proxy or a firewall.
 */
function problemOf(response: Response, answer: unknown): { ok: false; refusal: Refusal } {
  const problem = Problem.safeParse(answer);
  if (!problem.success) return refused(response.status === 429 ? 'RATE_LIMITED' : 'UNREACHABLE');
  const { code, fields, retryAfterSeconds, requestId, detail } = problem.data;
  const maskedEmail = code === 'EMAIL_NOT_ON_RECORD' ? MASKED_EMAIL.exec(detail)?.[0] : undefined;
  return refused(code, { fields, retryAfterSeconds, requestId, maskedEmail });
}
