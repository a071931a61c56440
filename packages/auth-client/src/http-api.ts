/** Calls the HTTP API by the route names of the contract, with its types. */
import { definite } from './definite.ts';
import type { AuthClientConfig } from './config.ts';
import { accepted, refused, type Refusal, type Result } from './refusals.ts';
import { type FieldFault, type ProblemCode, type RouteName, ROUTES, type Wire } from './wire.ts';

export type AnswerOf<N extends RouteName> = Wire[N]['answer'];

export interface RouteCall<N extends RouteName> {
  /** Values of the braces in the route's path. */
  parameters?: Record<string, string>;
  query?: Wire[N]['query'];
  body?: Wire[N]['body'];
  /** A flow token or an access token. */
  token?: string | undefined;
  idempotencyKey?: string;
}

export type CallRoute = <N extends RouteName>(
  name: N,
  call?: RouteCall<N>,
) => Promise<Result<AnswerOf<N>>>;

const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** A masked address in the detail of a problem. */
const MASKED_EMAIL = /\S\*{3}@[\w.-]+\w/;

/** What a page may ask with from another origin without asking first (Fetch, section 2.2.2). */
const SAFE_LANGUAGE = /^[0-9A-Za-z *,.;=-]{1,128}$/;

/** A request without an answer within this time has failed. */
const PATIENCE_MS = 20_000;

export function createHttpApi({
  apiUrl,
  language,
}: Pick<AuthClientConfig, 'apiUrl' | 'language'>): CallRoute {
  return async (name, call = {}) => {
    const route = ROUTES[name];
    const key = call.idempotencyKey ?? (route.repeats ? crypto.randomUUID() : undefined);
    const response = await request(
      `${apiUrl}${pathOf(route.path, call.parameters)}${queryOf(call.query)}`,
      {
        method: route.method,
        headers: headersOf({ ...call, ...definite({ idempotencyKey: key }) }, language?.()),
        ...definite({ body: call.body && JSON.stringify(call.body) }),
      },
      key === undefined ? 1 : 2,
    );
    if (response === undefined) return refused('UNREACHABLE');
    const answer: unknown =
      response.headers.get('content-type')?.includes('json') === true
        ? await response.json().catch(() => undefined)
        : undefined;
    if (!response.ok) return problemOf(response, answer);
    // Something in between that answers for the service, such as a hotel's network, has no JSON.
    if (route.answers && typeof answer !== 'object') return refused('UNREACHABLE');
    return accepted(answer as AnswerOf<typeof name>);
  };
}

/**
 * @param tries how often it is sent if the connection breaks; an answer that is late is not asked
 * for again
 */
async function request(
  url: string,
  init: RequestInit,
  tries: number,
): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      ...init,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    const isLate = (error as Error).name === 'TimeoutError';
    return isLate || tries === 1 ? undefined : request(url, init, tries - 1);
  }
}

function headersOf<N extends RouteName>(
  { body, token, idempotencyKey }: RouteCall<N>,
  language = '',
): Record<string, string> {
  return {
    accept: `application/json, ${PROBLEM_MEDIA_TYPE}`,
    ...definite({
      'content-type': body && 'application/json',
      authorization: token === undefined ? undefined : `Bearer ${token}`,
      'idempotency-key': idempotencyKey,
      'accept-language': SAFE_LANGUAGE.test(language) ? language : undefined,
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

interface Problem {
  code: ProblemCode;
  detail: string;
  requestId?: string;
  fields?: FieldFault[];
  retryAfterSeconds?: number;
}

/**
 * An error without problem details comes from something in between, such as a proxy or a firewall.
 */
function problemOf(response: Response, answer: unknown): { ok: false; refusal: Refusal } {
  if (!isProblem(answer)) return refused(response.status === 429 ? 'RATE_LIMITED' : 'UNREACHABLE');
  const { code, fields, retryAfterSeconds, requestId, detail } = answer;
  const maskedEmail = code === 'EMAIL_NOT_ON_RECORD' ? MASKED_EMAIL.exec(detail)?.[0] : undefined;
  return refused(code, { fields, retryAfterSeconds, requestId, maskedEmail });
}

function isProblem(answer: unknown): answer is Problem {
  const { code, detail } = (answer ?? {}) as Record<string, unknown>;
  return typeof code === 'string' && typeof detail === 'string';
}
