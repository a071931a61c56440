import { afterEach, describe, expect, test } from '@jest/globals';
import { PROBLEMS, type ProblemCode } from '../../contract/problems.ts';
import { ROUTES, type RouteName } from '../../contract/routes.ts';
import { createHttpApi } from '../../packages/auth-client/src/http-api.ts';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

interface Sent {
  url: string;
  init: RequestInit;
}

/** An API that gives these answers, and the requests that it received. */
function api(...answers: (Response | Error)[]): {
  call: ReturnType<typeof createHttpApi>;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  globalThis.fetch = ((url: string, init: RequestInit) => {
    sent.push({ url, init });
    const answer = answers.shift() ?? new Error('No answer is prepared');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }) as typeof fetch;
  return { call: createHttpApi({ apiUrl: 'https://api.example/v1' }), sent };
}

const json = (body: unknown, status = 200, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
const problem = (code: ProblemCode, more: object = {}) => {
  const [status, title] = PROBLEMS[code];
  return json(
    { type: 'about:blank', title, status, code, detail: 'Details.', requestId: 'r-1', ...more },
    status,
    'application/problem+json',
  );
};
const headersOf = ({ init }: Sent) => init.headers as Record<string, string>;

const TERMS = {
  version: '2026-10',
  language: 'en',
  title: 'Terms of Use',
  effectiveAt: '2026-10-01T00:00:00.000Z',
  sha256: 'a'.repeat(64),
  markdown: 'Text',
};

describe('a request', () => {
  test('goes to the path and method of the route', async () => {
    const { call, sent } = api(json(TERMS));
    await call('getCurrentTerms');
    expect(sent.map(({ url, init }) => [init.method, url])).toEqual([
      ['GET', 'https://api.example/v1/terms/current'],
    ]);
  });

  test('encodes parameters of the path', async () => {
    const { call, sent } = api(problem('NOT_FOUND'));
    await call('getUser', { parameters: { username: '../me?x=1' }, token: 't' });
    expect(sent[0]?.url).toBe('https://api.example/v1/admin/users/..%2Fme%3Fx%3D1');
  });

  test('omits empty parameters of the query and encodes the others', async () => {
    const { call, sent } = api(problem('FORBIDDEN'), problem('FORBIDDEN'));
    await call('listUsers', { query: { search: '' }, token: 't' });
    await call('listUsers', { query: { search: 'a&b', cursor: 'c=' }, token: 't' });
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(['', '?search=a%26b&cursor=c%3D']);
  });

  test('has a JSON body only if the route has one', async () => {
    const { call, sent } = api(json(TERMS), new Response(null, { status: 202 }));
    await call('getCurrentTerms');
    await call('requestLink', { body: { username: 'jrivera' } });
    expect(sent[0]?.init.body).toBeUndefined();
    expect(headersOf(sent[0]!)).not.toHaveProperty('content-type');
    expect(sent[1]?.init.body).toBe('{"username":"jrivera"}');
    expect(headersOf(sent[1]!)['content-type']).toBe('application/json');
  });

  test('sends an empty object as a body', async () => {
    const { call, sent } = api(problem('TOKEN_INVALID'));
    await call('resendResetEmail', { token: 'flow', body: {} });
    expect(sent[0]?.init.body).toBe('{}');
  });

  test('asks for the language that the page has at that time', async () => {
    const { sent } = api(json(TERMS), json(TERMS));
    let language = 'en';
    const call = createHttpApi({ apiUrl: 'https://api.example', language: () => language });
    await call('getCurrentTerms');
    language = 'es';
    await call('getCurrentTerms');
    expect(sent.map((one) => headersOf(one)['accept-language'])).toEqual(['en', 'es']);
  });

  test.each([
    ['no language', undefined],
    ['an empty one', ''],
    ['one that a browser would ask the API about first', 'es"'],
    ['one with a line break', 'es\r\nX-Injected: 1'],
    ['one that is too long', 'e'.repeat(129)],
  ])('leaves the header to the browser for %s', async (_what, language) => {
    const { sent } = api(json(TERMS));
    const call = createHttpApi({
      apiUrl: 'https://api.example',
      language: language === undefined ? undefined : () => language,
    });
    await call('getCurrentTerms');
    expect(headersOf(sent[0]!)).not.toHaveProperty('accept-language');
  });

  test('carries the token and the idempotency key', async () => {
    const { call, sent } = api(new Response(null, { status: 202 }));
    await call('resetRegistration', {
      parameters: { username: 'pphone' },
      token: 'access',
      idempotencyKey: 'key-1',
      body: {},
    });
    expect(headersOf(sent[0]!)).toMatchObject({
      authorization: 'Bearer access',
      'idempotency-key': 'key-1',
    });
  });

  test('without a token has no authorization header', async () => {
    const { call, sent } = api(json(TERMS));
    await call('getCurrentTerms');
    expect(Object.keys(headersOf(sent[0]!))).toEqual(['accept']);
  });

  test('sends no cookies and no referrer, is not cached, and has a time limit', async () => {
    const { call, sent } = api(json(TERMS));
    await call('getCurrentTerms');
    expect(sent[0]?.init).toMatchObject({
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: expect.any(AbortSignal),
    });
  });
});

describe('a request whose connection breaks', () => {
  const step = { token: 'flow-token', body: { email: 'pat@cedargrove.example' } };
  const state = json({ registration: { step: 'VERIFY_EMAIL' } });

  test('is sent once more with the same key, if the route takes one', async () => {
    const { call, sent } = api(new TypeError('Failed to fetch'), state.clone());
    expect(await call('enterEmail', step)).toMatchObject({ ok: true });
    const keys = sent.map((one) => headersOf(one)['idempotency-key']);
    expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), keys[0]]);
  });

  test('has a key of its own the next time', async () => {
    const { call, sent } = api(state.clone(), state.clone());
    await call('enterEmail', step);
    await call('enterEmail', step);
    const [first, second] = sent.map((one) => headersOf(one)['idempotency-key']);
    expect(first).not.toBe(second);
  });

  test('is given up after the second time', async () => {
    const { call, sent } = api(new TypeError('1'), new TypeError('2'), state.clone());
    expect(await call('enterEmail', step)).toMatchObject({ refusal: { code: 'UNREACHABLE' } });
    expect(sent).toHaveLength(2);
  });

  test('is not sent again after its time limit, or to a route without a key', async () => {
    const late = Object.assign(new Error('late'), { name: 'TimeoutError' });
    const { call, sent } = api(late, state.clone());
    expect(await call('enterEmail', step)).toMatchObject({ ok: false });
    expect(sent).toHaveLength(1);
    const other = api(new TypeError('Failed to fetch'), json(TERMS));
    expect(await other.call('getCurrentTerms')).toMatchObject({ ok: false });
    expect(other.sent).toHaveLength(1);
  });
});

describe('an answer', () => {
  test('is passed on, with members that are newer than the client', async () => {
    const newer = { ...TERMS, unknown: 1 };
    const { call } = api(json(newer));
    expect(await call('getCurrentTerms')).toEqual({ ok: true, value: newer });
  });

  test('without a body is accepted if the route has none', async () => {
    for (const status of [202, 204]) {
      const { call } = api(new Response(null, { status }));
      expect(await call('signOutEverywhere', { token: 't' })).toEqual({
        ok: true,
        value: undefined,
      });
    }
  });

  test.each([
    ['that is a text', json('captive portal')],
    ['that is not JSON', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    [
      'that breaks off',
      new Response('{"version":', { headers: { 'content-type': 'application/json' } }),
    ],
  ])('%s counts as an outage', async (_how, response) => {
    const { call } = api(response);
    expect(await call('getCurrentTerms')).toEqual({
      ok: false,
      refusal: { code: 'UNREACHABLE' },
    });
  });

  test('that never arrives is an outage', async () => {
    const { call } = api(new TypeError('Failed to fetch'));
    expect(await call('getCurrentTerms')).toEqual({
      ok: false,
      refusal: { code: 'UNREACHABLE' },
    });
  });
});

describe('a refusal', () => {
  test.each(Object.keys(PROBLEMS) as ProblemCode[])('has the code %s', async (code) => {
    const { call } = api(problem(code));
    expect(await call('getCurrentTerms')).toMatchObject({
      ok: false,
      refusal: { code, requestId: 'r-1' },
    });
  });

  test('contains the refused fields and the time to wait', async () => {
    const fields = [{ path: 'email', message: 'is not a valid e-mail address' }];
    const { call } = api(
      problem('REQUEST_INVALID', { fields }),
      problem('RATE_LIMITED', { retryAfterSeconds: 30 }),
    );
    expect(await call('getCurrentTerms')).toMatchObject({ refusal: { fields } });
    expect(await call('getCurrentTerms')).toMatchObject({ refusal: { retryAfterSeconds: 30 } });
  });

  test('contains the masked address on record, if only that one is accepted', async () => {
    const detail = 'Only the e-mail address on record can be used here: p***@cedargrove.example.';
    const { call } = api(problem('EMAIL_NOT_ON_RECORD', { detail }));
    expect(await call('getCurrentTerms')).toMatchObject({
      refusal: { maskedEmail: 'p***@cedargrove.example' },
    });
  });

  test.each([
    [429, 'RATE_LIMITED'],
    [403, 'UNREACHABLE'],
    [502, 'UNREACHABLE'],
    [504, 'UNREACHABLE'],
  ])('of a proxy with status %i is %s', async (status, code) => {
    const { call } = api(new Response('<html>', { status }));
    expect(await call('getCurrentTerms')).toEqual({ ok: false, refusal: { code } });
  });

  test('with an unknown code is an outage, not a crash', async () => {
    const { call } = api(json({ code: 'NEW_CODE', status: 400 }, 400, 'application/problem+json'));
    expect(await call('getCurrentTerms')).toEqual({
      ok: false,
      refusal: { code: 'UNREACHABLE' },
    });
  });
});

test.each(Object.keys(ROUTES) as RouteName[])('the route %s can be called', async (name) => {
  const { call, sent } = api(problem('UNAVAILABLE'));
  const parameters = {
    username: 'u',
    callId: 'c',
    deviceId: 'd',
    passkeyId: 'p',
    npi: 'n',
    codeId: 'c',
    approvalId: 'a',
  };
  await (call as (name: string, given: object) => Promise<unknown>)(name, { parameters });
  const { method, path } = ROUTES[name];
  expect(sent[0]?.init.method).toBe(method);
  expect(new URL(sent[0]?.url ?? '').pathname).toBe(
    `/v1${path.replace(/\{(\w)\w*\}/g, (_, letter: string) => letter)}`,
  );
});
