import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DeliveryFailed } from '../../../../lambdas/capabilities/messages/delivery-failed.rules.ts';
import {
  httpHandler,
  type HttpOutcome,
  refuse,
  type RouteHandlers,
} from '../../../../lambdas/ground/platform/http.ts';
import { QueueUnavailable } from '../../../../lambdas/capabilities/outbox/outbox.client.ts';
import { UserPoolUnavailable } from '../../../../lambdas/capabilities/accounts/user-pool.client.ts';
import { CodeMacUnavailable } from '../../../../lambdas/capabilities/verification/code-mac.client.ts';
import { StoreUnavailable } from '../../../../lambdas/ground/platform/database.ts';
import { WrittenLines } from '../../../fakes/written-lines.ts';

let written: WrittenLines;
beforeEach(() => {
  written = new WrittenLines();
});
afterEach(() => written.release());

interface Sent {
  method?: string;
  path?: string;
  body?: string;
  headers?: Record<string, string>;
  base64?: boolean;
}

function eventOf({
  method = 'POST',
  path = '/password-resets',
  ...sent
}: Sent): APIGatewayProxyEvent {
  const identity = { sourceIp: '192.0.2.1' };
  const event: Partial<APIGatewayProxyEvent> = {
    httpMethod: method,
    resource: path,
    body: sent.body ?? '{"email":"pat@cedargrove.example"}',
    headers: { 'Content-Type': 'application/json', ...sent.headers },
    isBase64Encoded: sent.base64 ?? false,
    queryStringParameters: null,
    pathParameters: null,
    requestContext: { requestId: 'request-1', identity } as APIGatewayProxyEvent['requestContext'],
  };
  return event as APIGatewayProxyEvent;
}

/** The routes of recovery, which all have the same outcome; what they were asked is kept. */
function recovery(outcome: () => Promise<HttpOutcome> = async () => ({ body: { ok: true } })) {
  const asked: unknown[] = [];
  const answer = async (request: unknown): Promise<HttpOutcome> => {
    asked.push(request);
    return outcome();
  };
  const settings = { portalOrigins: ['https://portal.example'] };
  const handlers: RouteHandlers<'recovery', { settings: typeof settings }> = {
    startPasswordReset: answer,
    getPasswordReset: answer,
    resendResetEmail: answer,
    verifyResetEmail: answer,
    chooseResetChannel: answer,
    verifyResetPhone: answer,
    resetPassword: answer,
  };
  const handler = httpHandler('recovery', () => ({ settings }), handlers);
  const ask = async (sent: Sent = {}): Promise<APIGatewayProxyResult> =>
    handler(eventOf(sent), {} as Context);
  return { ask, asked };
}

const problemOf = ({ body }: APIGatewayProxyResult) => JSON.parse(body) as Record<string, unknown>;

describe('an answer', () => {
  test('has the status of its route, JSON, and the headers of security', async () => {
    const { ask } = recovery();
    expect(await ask()).toEqual({
      statusCode: 201,
      body: '{"ok":true}',
      headers: {
        'Cache-Control': 'no-store',
        'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
        'X-Content-Type-Options': 'nosniff',
        'Content-Type': 'application/json',
        Vary: 'Origin',
      },
    });
  });

  test('without a body has no media type', async () => {
    const answer = await recovery(async () => ({})).ask();
    expect(answer.body).toBe('');
    expect(answer.headers).not.toHaveProperty('Content-Type');
  });

  test('allows the origin of the portal, and no other', async () => {
    const { ask } = recovery();
    const allowed = await ask({ headers: { Origin: 'https://portal.example' } });
    expect(allowed.headers).toMatchObject({
      'Access-Control-Allow-Origin': 'https://portal.example',
      'Access-Control-Expose-Headers': 'Retry-After',
    });
    for (const Origin of ['https://evil.example', 'https://portal.example.evil.example', 'null'])
      expect((await ask({ headers: { Origin } })).headers).not.toHaveProperty(
        'Access-Control-Allow-Origin',
      );
  });

  test('that there is in several languages says which, and that the request chooses it', async () => {
    const { ask } = recovery(async () => ({ body: { ok: true }, language: 'es' }));
    const { headers } = await ask({ headers: { 'Accept-Language': 'es' } });
    expect(headers).toMatchObject({
      'Content-Language': 'es',
      Vary: 'Origin, Accept-Language',
      'Cache-Control': 'no-store',
    });
  });

  test('of a refusal is a problem with its code, and when to come back', async () => {
    const refused = refuse('SEND_LIMIT', { retryAfterSeconds: 7 });
    const answer = await recovery(async () => refused).ask();
    expect(answer).toMatchObject({
      statusCode: 429,
      headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '7' },
    });
    expect(problemOf(answer)).toEqual({
      type: 'about:blank',
      title: 'Too many messages were sent',
      status: 429,
      code: 'SEND_LIMIT',
      detail: 'Too many messages were sent.',
      requestId: 'request-1',
      retryAfterSeconds: 7,
    });
  });

  test('of RATE_LIMITED says a minute where nothing else is known', async () => {
    const answer = await recovery(async () => refuse('RATE_LIMITED')).ask();
    expect(answer.headers).toMatchObject({ 'Retry-After': '60' });
  });

  test('is logged in one line: route, status and time, and nothing that was sent', async () => {
    await recovery().ask();
    expect(written.texts).toHaveLength(1);
    const [line = ''] = written.texts;
    expect(JSON.parse(line)).toMatchObject({
      level: 'INFO',
      code: 'ANSWERED',
      method: 'POST',
      route: '/password-resets',
      status: 201,
      requestId: 'request-1',
      ms: expect.any(Number),
    });
    expect(line).not.toContain('cedargrove');
  });
});

describe('a request', () => {
  test('reaches its route with its body as the contract reads it', async () => {
    const { ask, asked } = recovery();
    await ask({
      body: '{"email":" PAT@cedargrove.example "}',
      headers: { authorization: 'Bearer abc-DEF_1', 'Idempotency-Key': 'key' },
    });
    expect(asked).toMatchObject([
      {
        body: { email: 'pat@cedargrove.example' },
        bearer: 'abc-DEF_1',
        idempotencyKey: 'key',
        source: { sourceAddress: '192.0.2.1', requestId: 'request-1' },
      },
    ]);
  });

  test('takes its source from the gateway, whatever headers say', async () => {
    const { ask, asked } = recovery();
    await ask({ headers: { 'X-Forwarded-For': '203.0.113.9' } });
    expect(asked).toMatchObject([{ source: { sourceAddress: '192.0.2.1' } }]);
  });

  test('has the language of its page, if it is one of ours', async () => {
    const { ask, asked } = recovery();
    await ask({ headers: { 'accept-language': 'fr, es-US;q=0.9, en;q=0.8' } });
    await ask({ headers: { 'accept-language': 'fr' } });
    await ask();
    expect(asked).toMatchObject([
      { language: 'es' },
      { language: undefined },
      { language: undefined },
    ]);
  });

  test.each([
    ['long', `es,${'x'.repeat(10_000)}`],
    ['an injection', 'es\r\nSet-Cookie: a=b; <script>alert(1)</script> ${jndi:ldap://x}'],
    ['not text', '\0\ud800\u202e'],
  ])('is answered and logged as any other where its language is %s', async (_what, sent) => {
    const { ask, asked } = recovery();
    const answer = await ask({ headers: { 'Accept-Language': sent } });
    expect(answer).toEqual(await ask());
    expect(JSON.stringify([asked, written.texts])).not.toMatch(/x{9}|script|jndi|Cookie|202e/i);
  });

  test('may come in base64', async () => {
    const { ask, asked } = recovery();
    const body = Buffer.from('{"email":"a@b.example"}').toString('base64');
    await ask({ body, base64: true });
    expect(asked).toMatchObject([{ body: { email: 'a@b.example' } }]);
  });

  test.each([{ method: 'PATCH' }, { path: '/unknown' }, { path: '/me' }])(
    'of no route of this function is not found: %p',
    async (sent) => {
      const { ask, asked } = recovery();
      const answer = await ask(sent);
      expect(answer.statusCode).toBe(404);
      expect(problemOf(answer)).toMatchObject({ code: 'NOT_FOUND' });
      expect(asked).toEqual([]);
    },
  );

  test.each(['Basic abc', 'Bearer a b', 'Bearer ', 'bearer abc'])(
    'with the credential %p has none',
    async (authorization) => {
      const { ask, asked } = recovery();
      await ask({ headers: { authorization } });
      expect(asked).toMatchObject([{ bearer: undefined }]);
    },
  );

  test.each<[string, string, object[]]>([
    ['is not JSON', '{"email":', [{ path: '' }]],
    ['is empty', '', [{ path: 'email' }]],
    ['is not an object', '[]', [{ path: '' }]],
    ['lacks a field', '{}', [{ path: 'email' }]],
    ['has a field of another type', '{"email":1}', [{ path: 'email' }]],
    [
      'has a field that the route does not know',
      '{"email":"a@b.example","more":1}',
      [{ path: 'more', message: 'is not a field of this request' }],
    ],
  ])('whose body %s is not valid, and names the field', async (_what, body, fields) => {
    const { ask, asked } = recovery();
    const answer = await ask({ body });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer)).toMatchObject({ code: 'REQUEST_INVALID', fields });
    expect(asked).toEqual([]);
  });

  test('with an unpaired surrogate in a password reaches the rules of passwords', async () => {
    const { ask, asked } = recovery();
    await ask({
      method: 'PUT',
      path: '/password-resets/current/password',
      body: '{"password":"\\ud800"}',
    });
    expect(asked).toMatchObject([{ body: { password: '\ud800' } }]);
  });

  test('of more bytes than a body may have is too large', async () => {
    const { ask, asked } = recovery();
    const answer = await ask({ body: JSON.stringify({ email: 'a'.repeat(100_000) }) });
    expect(answer.statusCode).toBe(413);
    expect(problemOf(answer)).toMatchObject({ code: 'TOO_LARGE' });
    expect(asked).toEqual([]);
  });

  test('is refused with 20 faults at most', async () => {
    const { ask } = recovery();
    const body = JSON.stringify(
      Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`more-${index}`, 1])),
    );
    const { fields } = problemOf(await ask({ body })) as { fields: object[] };
    expect(fields.length).toBeLessThanOrEqual(20);
  });
});

describe('a failure', () => {
  test.each<[string, Error, number, string]>([
    ['of the store', new StoreUnavailable('x'), 503, 'UNAVAILABLE'],
    ['of KMS', new CodeMacUnavailable('x'), 503, 'UNAVAILABLE'],
    ['of Cognito', new UserPoolUnavailable('x'), 503, 'UNAVAILABLE'],
    ['of the queue', new QueueUnavailable('x'), 503, 'UNAVAILABLE'],
    ['to deliver', new DeliveryFailed('x'), 503, 'DELIVERY_FAILED'],
    ['of ours', new TypeError('x'), 500, 'INTERNAL'],
  ])('%s is %p', async (_what, error, status, code) => {
    const answer = await recovery(() => Promise.reject(error)).ask();
    expect(answer.statusCode).toBe(status);
    expect(problemOf(answer)).toMatchObject({ code, status });
  });

  test('is logged by name and place, and neither logged nor answered by message', async () => {
    const failure = new Error('pat@cedargrove.example', { cause: new TypeError('the cause') });
    const answer = await recovery(() => Promise.reject(failure)).ask();
    const [line = ''] = written.texts;
    expect(JSON.parse(line)).toMatchObject({
      level: 'ERROR',
      code: 'REQUEST_FAILED',
      route: 'startPasswordReset',
      requestId: 'request-1',
      error: 'Error',
      cause: 'TypeError',
    });
    expect(`${line}${answer.body}`).not.toContain('cedargrove');
  });
});
