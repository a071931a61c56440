/** Problem details (RFC 9457) as responses, each with an example for every code. */
import {
  COMMON_PROBLEMS,
  Problem,
  PROBLEM_MEDIA_TYPE,
  type ProblemCode,
  PROBLEMS,
} from '../problems.ts';
import { type Route, ROUTE_LIST } from '../routes.ts';
import type { Json } from './json.ts';
import { MAY_RETRY, PROBLEM_SAMPLES } from './problem-samples.ts';
import { SAMPLE_IDS } from './sample.ts';
import { reference } from './schemas.ts';

export const RETRY_AFTER: Json = {
  description:
    'Whole seconds until the request may succeed, as `retryAfterSeconds` in the body. Pages of ' +
    'admitted origins may read it.',
  schema: { type: 'integer', minimum: 1 },
  example: 15,
};

const REFERENCE = {
  response: (code: ProblemCode) => ({ $ref: `#/components/responses/${code}` }),
  example: (code: ProblemCode) => ({ $ref: `#/components/examples/${code}` }),
};

/** What the firewall and API Gateway refuse before a function is called, on any route. */
const BEFORE_FUNCTIONS = ['FORBIDDEN'] as const satisfies readonly ProblemCode[];

/** The codes that a route may answer with, by status. */
function codesByStatus({ problems, access }: Route): Map<number, ProblemCode[]> {
  const token = access === 'PUBLIC' ? [] : (['TOKEN_INVALID'] as const);
  const byStatus = new Map<number, ProblemCode[]>();
  const codes = [...problems, ...COMMON_PROBLEMS, ...BEFORE_FUNCTIONS, ...token];
  for (const code of new Set<ProblemCode>(codes)) {
    const [status] = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

/** One response for each status. What has one code only is a component. */
export function problemsOf(route: Route): Record<string, Json> {
  return Object.fromEntries(
    [...codesByStatus(route)]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => {
        const [only, ...further] = codes;
        const isOne = only !== undefined && further.length === 0;
        return [status, isOne ? REFERENCE.response(only) : responseOf(codes)];
      }),
  );
}

/** The responses that some route has alone at their status. */
export function problemResponses(): Record<string, Json> {
  const alone = ROUTE_LIST.flatMap((route) =>
    [...codesByStatus(route).values()].flatMap((codes) => (codes.length === 1 ? codes : [])),
  );
  return byCode(alone, (code) => responseOf([code]));
}

/** An example of every problem that some route has. */
export function problemExamples(): Record<string, Json> {
  const codes = ROUTE_LIST.flatMap((route) => [...codesByStatus(route).values()].flat());
  return byCode(codes, (code) => ({ summary: PROBLEMS[code][1], value: exampleOf(code) }));
}

function byCode(codes: ProblemCode[], of: (code: ProblemCode) => Json): Record<string, Json> {
  return Object.fromEntries([...new Set(codes)].sort().map((code) => [code, of(code)]));
}

function responseOf(codes: readonly ProblemCode[]): Json {
  const mayRetry = codes.some((code) => MAY_RETRY.has(code));
  return {
    description: codes.map((code) => `\`${code}\` ${PROBLEMS[code][1]}`).join('; '),
    ...(mayRetry
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }
      : {}),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: reference(Problem),
        examples: Object.fromEntries(codes.map((code) => [code, REFERENCE.example(code)])),
      },
    },
  };
}

/** As the API writes it: without a detail of its own, the title is the detail. */
function exampleOf(code: ProblemCode): Problem {
  const [status, title] = PROBLEMS[code];
  return {
    type: 'about:blank',
    title,
    status,
    code,
    detail: title.endsWith('.') ? title : `${title}.`,
    requestId: SAMPLE_IDS.request,
    ...PROBLEM_SAMPLES[code],
  };
}
