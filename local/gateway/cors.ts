import { header, type HttpRequest, type Reply } from './messages.ts';

const EXPOSED = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';
/** Two days, as AWS's own endpoints answer. */
const MAX_AGE_SECONDS = '172800';

/** Lets the page of an admitted origin read a reply: the header names exactly that origin. */
export function readableBy(http: HttpRequest, reply: Reply): Reply {
  const origin = header(http, 'origin');
  if (origin === undefined) return reply;
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': EXPOSED,
      vary: 'Origin',
    },
  };
}

/** Whether a preflight asks for an AWS operation or a route of the machine's own. */
export function isOwnPreflight(http: HttpRequest): boolean {
  const requested = header(http, 'access-control-request-headers')?.toLowerCase() ?? '';
  return (
    http.method === 'OPTIONS' &&
    (requested.includes('x-amz-target') || http.path.startsWith('/_local/'))
  );
}

/** Answers a preflight of an admitted origin. */
export function preflightReply(http: HttpRequest): Reply {
  const { status, headers, body } = readableBy(http, {
    status: 204,
    headers: {},
    body: '',
  });
  return {
    status,
    headers: {
      ...headers,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': header(http, 'access-control-request-headers') ?? '',
      'access-control-max-age': MAX_AGE_SECONDS,
    },
    body,
  };
}
