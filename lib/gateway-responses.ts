/** The gateway's own errors, as problem details (RFC 9457) with the contract's codes: clients meet one shape of error. */
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { PROBLEM_MEDIA_TYPE, PROBLEMS } from '../contract/problems.ts';
import type { ProblemCode } from '../contract/problems.ts';

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
  detail: 'Try again; if it goes on, tell us the requestId.',
};
const unavailable: GatewayProblem = { code: 'UNAVAILABLE', detail: 'Try again in a moment.' };
const notAnObject: GatewayProblem = {
  code: 'REQUEST_INVALID',
  detail: 'The body must be a JSON object.',
  fields: [{ path: '', message: 'must be a JSON object' }],
};

/** Response type of API Gateway → problem. */
const GATEWAY_PROBLEMS: [ResponseType, GatewayProblem][] = [
  [ResponseType.DEFAULT_4XX, { ...notAnObject, detail: 'The request is not valid.', fields: [] }],
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
    { ...notAnObject, detail: 'A parameter is missing or not valid.', fields: [] },
  ],
  [
    ResponseType.UNSUPPORTED_MEDIA_TYPE,
    { ...notAnObject, detail: 'Send the body as application/json.' },
  ],
  [
    ResponseType.REQUEST_TOO_LARGE,
    { code: 'TOO_LARGE', detail: 'The body is larger than any request of this API.' },
  ],
  [ResponseType.INTEGRATION_FAILURE, unavailable],
  [ResponseType.INTEGRATION_TIMEOUT, unavailable],
  [ResponseType.AUTHORIZER_FAILURE, internal],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, internal],
  [ResponseType.API_CONFIGURATION_ERROR, internal],
];

/** What every answer of ours carries. Values are literals in API Gateway's notation, hence the inner quotes. */
const SECURITY_HEADERS = {
  'Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
  'Cache-Control': "'no-store'",
  'X-Content-Type-Options': "'nosniff'",
};

/**
 * Makes every error of the gateway a problem.
 * @param origin the portal's origin. A gateway response has literal headers only, so it can name one: the first.
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
        ...(problem.retryAfterSeconds === undefined
          ? {}
          : { 'Retry-After': `'${problem.retryAfterSeconds}'` }),
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
