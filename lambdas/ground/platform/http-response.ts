/**
 * Outcomes of routes as responses: security headers, CORS for the portal's origins, problem details
 * (RFC 9457).
 */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Language } from '../../../contract/languages.ts';
import { PROBLEM_MEDIA_TYPE, PROBLEMS } from '../../../contract/problems.ts';
import type { Route } from '../../../contract/routes.ts';
import { definite } from './definite.rules.ts';
import { type HttpOutcome, type Refusal } from './http-outcome.ts';
import { header } from './http-request.ts';

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

/** Makes the responses to one request. */
export function responder(event: APIGatewayProxyEvent, portalOrigins: readonly string[]) {
  const origin = header(event, 'origin');
  const cors =
    origin !== undefined && portalOrigins.includes(origin)
      ? {
          'Access-Control-Allow-Origin': origin,
          'Access-Control-Expose-Headers': 'Retry-After',
        }
      : {};
  const headers = {
    ...SECURITY_HEADERS,
    ...cors,
    Vary: 'Origin',
  };
  return (outcome: HttpOutcome, route?: Route): APIGatewayProxyResult => {
    if ('refused' in outcome) return problem(outcome, event.requestContext.requestId, headers);
    const status = outcome.accepted === true ? 202 : (route?.answer.status ?? 200);
    if (outcome.body === undefined)
      return {
        statusCode: status,
        headers,
        body: '',
      };
    return {
      statusCode: status,
      headers: {
        ...headers,
        ...languageHeaders(outcome.language),
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(outcome.body),
    };
  };
}

/** For what keeps answers: another language is another answer. */
function languageHeaders(language: Language | undefined): Record<string, string> {
  if (language === undefined) return {};
  return {
    'Content-Language': language,
    Vary: 'Origin, Accept-Language',
  };
}

function problem(
  { refused, detail, fields, retryAfterSeconds }: Refusal,
  requestId: string,
  headers: Record<string, string>,
): APIGatewayProxyResult {
  const [status, title] = PROBLEMS[refused];
  const sentence = title.endsWith('.') ? title : `${title}.`;
  const retry = retryAfterSeconds ?? (refused === 'RATE_LIMITED' ? 60 : undefined);
  const body = {
    type: 'about:blank',
    title,
    status,
    code: refused,
    detail: detail ?? sentence,
  };
  return {
    statusCode: status,
    headers: definite({
      ...headers,
      'Content-Type': PROBLEM_MEDIA_TYPE,
      'Retry-After': retry === undefined ? undefined : String(retry),
    }),
    body: JSON.stringify({
      ...body,
      requestId,
      fields,
      retryAfterSeconds: retry,
    }),
  };
}
