/**
 * Gives API Gateway's own errors the shape and codes of the contract's problem details (RFC 9457).
 */
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { PROBLEM_MEDIA_TYPE, PROBLEMS } from '../contract/problems.ts';
import type { ProblemCode } from '../contract/problems.ts';
import { definite } from './definite.ts';

interface GatewayProblem {
  code: ProblemCode;
  detail: string;
  fields?: { path: string; message: string }[];
  retryAfterSeconds?: number;
}

const tokenInvalid: GatewayProblem = {
  code: 'TOKEN_INVALID',
  detail: 'Send a valid access token of this portal.',
};
const forbidden: GatewayProblem = { code: 'FORBIDDEN', detail: 'This request is not allowed.' };
const notFound: GatewayProblem = {
  code: 'NOT_FOUND',
  detail: 'No route has this method and path.',
};
const slowDown: GatewayProblem = {
  code: 'RATE_LIMITED',
  detail: 'Wait a moment and try again.',
  retryAfterSeconds: 1,
};
const internal: GatewayProblem = {
  code: 'INTERNAL',
  detail: 'Try again. If the problem persists, contact support with the requestId.',
};
const unavailable: GatewayProblem = { code: 'UNAVAILABLE', detail: 'Try again in a moment.' };
const notAnObject: GatewayProblem = {
  code: 'REQUEST_INVALID',
  detail: 'The body must be a JSON object.',
  fields: [{ path: '', message: 'must be a JSON object' }],
};

/** API Gateway's response types and their problems. */
const GATEWAY_PROBLEMS: [ResponseType, GatewayProblem][] = [
  [
    ResponseType.DEFAULT_4XX,
    {
      ...notAnObject,
      detail: 'The request is not valid.',
      fields: [],
    },
  ],
  [ResponseType.DEFAULT_5XX, internal],
  [ResponseType.UNAUTHORIZED, tokenInvalid],
  [ResponseType.EXPIRED_TOKEN, tokenInvalid],
  [ResponseType.INVALID_SIGNATURE, tokenInvalid],
  [ResponseType.ACCESS_DENIED, forbidden],
  [ResponseType.WAF_FILTERED, forbidden],
  [ResponseType.INVALID_API_KEY, forbidden],
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, notFound],
  [ResponseType.RESOURCE_NOT_FOUND, notFound],
  [ResponseType.THROTTLED, slowDown],
  [ResponseType.QUOTA_EXCEEDED, slowDown],
  [ResponseType.BAD_REQUEST_BODY, notAnObject],
  [
    ResponseType.BAD_REQUEST_PARAMETERS,
    {
      ...notAnObject,
      detail: 'A parameter is missing or not valid.',
      fields: [],
    },
  ],
  [
    ResponseType.UNSUPPORTED_MEDIA_TYPE,
    { ...notAnObject, detail: 'Send the body as application/json.' },
  ],
  [
    ResponseType.REQUEST_TOO_LARGE,
    { code: 'TOO_LARGE', detail: 'The body exceeds the largest request that this API accepts.' },
  ],
  [ResponseType.INTEGRATION_FAILURE, unavailable],
  [ResponseType.INTEGRATION_TIMEOUT, unavailable],
  [ResponseType.AUTHORIZER_FAILURE, internal],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, internal],
  [ResponseType.API_CONFIGURATION_ERROR, internal],
];

/**
 * Headers of every answer. Values are literals in API Gateway's notation, hence the inner quotes.
 */
const SECURITY_HEADERS = {
  'Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
  'Cache-Control': "'no-store'",
  'X-Content-Type-Options': "'nosniff'",
};

/**
 * Turns every error of the gateway into a problem.
 * @param origin the portal's first origin; a gateway response has only literal headers, so it can
 * name just one
 */
export function addGatewayResponses(api: RestApi, origin: string): void {
  for (const [type, problem] of GATEWAY_PROBLEMS) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(PROBLEMS[problem.code][0]),
      responseHeaders: {
        ...SECURITY_HEADERS,
        'Content-Type': `'${PROBLEM_MEDIA_TYPE}'`,
        'Access-Control-Allow-Origin': `'${origin}'`,
        'Access-Control-Expose-Headers': "'Retry-After'",
        Vary: "'Origin'",
        ...definite({
          'Retry-After':
            problem.retryAfterSeconds === undefined ? undefined : `'${problem.retryAfterSeconds}'`,
        }),
      },
      templates: { 'application/json': problemTemplate(problem) },
    });
  }
}

function problemTemplate({ code, ...rest }: GatewayProblem): string {
  const [status, title] = PROBLEMS[code];
  return JSON.stringify({
    type: 'about:blank',
    title,
    status,
    code,
    ...rest,
    requestId: '$context.requestId',
  });
}
