/**
 * The API answers CORS by its template, whose preflights name the portal's origins. An origin that
 * was admitted to this machine by name is not in the template. The API therefore gets the portal's
 * origin in its place, and the page gets its own back in the answer.
 */
import { header, type HttpRequest, type Reply } from '../gateway/messages.ts';
import type { RestApi } from './api.ts';

const ALLOWED_ORIGIN = 'access-control-allow-origin';
const ORIGIN = /https?:\/\/[A-Za-z0-9.:[\]-]+/g;

/** The origins that the API's preflights name, the portal's own first. */
export function templateOrigins({ methods }: RestApi): string[] {
  const named = methods.flatMap(({ integration }) =>
    integration.Type === 'MOCK'
      ? integration.IntegrationResponses.flatMap(({ ResponseParameters, ResponseTemplates }) => [
          ...Object.values(ResponseParameters),
          ...Object.values(ResponseTemplates),
        ])
      : [],
  );
  return [...new Set(named.flatMap((text) => text.match(ORIGIN) ?? []))];
}

/** A request of an extra origin, as the API takes it. */
export function asIfFrom(
  portalOrigin: string | undefined,
  http: HttpRequest,
  extraOrigins: readonly string[],
): HttpRequest {
  return isExtra(http, extraOrigins) && portalOrigin !== undefined
    ? {
        ...http,
        headers: { ...http.headers, origin: portalOrigin },
      }
    : http;
}

/** The answer to an extra origin, which names that origin where the API allowed the portal's. */
export function readableByExtra(
  http: HttpRequest,
  extraOrigins: readonly string[],
  reply: Reply | undefined,
): Reply | undefined {
  if (reply?.headers[ALLOWED_ORIGIN] === undefined || !isExtra(http, extraOrigins)) return reply;
  const origin = header(http, 'origin') ?? '';
  return {
    ...reply,
    headers: { ...reply.headers, [ALLOWED_ORIGIN]: origin },
  };
}

function isExtra(http: HttpRequest, extraOrigins: readonly string[]): boolean {
  return extraOrigins.includes(header(http, 'origin') ?? '');
}
