import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createOpenId,
  type EmployeeClientConfig,
  type OpenId,
} from '../../packages/auth-client/src/open-id.ts';
import { refused } from '../../packages/auth-client/src/refusals.ts';
import { memoryStorage } from './fakes.ts';

const CONFIG: EmployeeClientConfig = {
  apiUrl: 'https://api.example',
  domain: 'https://employees.example',
  clientId: 'client-1',
  issuer: 'https://issuer.example/pool',
  scopes: ['openid', 'email'],
  provider: 'workforce',
  redirectUri: 'https://portal.example/employees/signed-in',
  signedOutUri: 'https://portal.example/employees/signed-out',
};

const realFetch = globalThis.fetch;
const realWindow = (globalThis as { window?: unknown }).window;
let storage: Storage;
let openId: OpenId;
beforeEach(() => {
  // What the library uses of a page.
  Object.assign(globalThis, { window: globalThis });
  storage = memoryStorage();
  openId = createOpenId(CONFIG, storage);
});
afterEach(() => {
  globalThis.fetch = realFetch;
  Object.assign(globalThis, { window: realWindow });
});

interface Sent {
  url: string;
  body: Record<string, string>;
}

function answering(...answers: (Response | Error)[]): Sent[] {
  const sent: Sent[] = [];
  globalThis.fetch = ((url: string, { body }: RequestInit) => {
    sent.push({ url, body: Object.fromEntries(new URLSearchParams(body as URLSearchParams)) });
    const answer = answers.shift() ?? new Error('No answer is prepared');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }) as typeof fetch;
  return sent;
}

const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });

const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), ''].map((part) => btoa(part).replace(/=+$/, '')).join('.');

/** Begins a sign-in. @returns what its address says */
async function begun(): Promise<Record<string, string>> {
  const url = new URL(await openId.signInUrl({ to: '/help-desk' }));
  expect(url.origin + url.pathname).toBe('https://employees.example/oauth2/authorize');
  return Object.fromEntries(url.searchParams);
}

const backWith = (parameters: object) =>
  `${CONFIG.redirectUri}?${new URLSearchParams({ ...parameters }).toString()}`;

const tokensFor = (nonce: string | undefined, change: object = {}) =>
  json({
    access_token: 'access',
    refresh_token: 'refresh',
    token_type: 'Bearer',
    expires_in: 900,
    id_token: jwt({
      iss: CONFIG.issuer,
      aud: CONFIG.clientId,
      sub: 'sub-1',
      nonce,
      ...change,
    }),
  });

test('a code becomes tokens once, with the verifier that its challenge was made of', async () => {
  const { state, nonce, code_challenge: challenge } = await begun();
  const sent = answering(tokensFor(nonce));
  const back = backWith({ code: 'code-1', state });
  expect(await openId.exchange(back)).toMatchObject({
    tokens: { accessToken: 'access', refreshToken: 'refresh', claims: { sub: 'sub-1' } },
    to: '/help-desk',
  });
  expect(sent).toEqual([
    {
      url: 'https://employees.example/oauth2/token',
      body: {
        grant_type: 'authorization_code',
        client_id: 'client-1',
        code: 'code-1',
        redirect_uri: CONFIG.redirectUri,
        code_verifier: expect.any(String),
      },
    },
  ]);
  const bytes = new TextEncoder().encode(sent[0]?.body.code_verifier);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  expect(Buffer.from(digest).toString('base64url')).toBe(challenge);
  expect(storage.length).toBe(0);
  expect(await openId.exchange(back)).toEqual({ failure: 'EXPIRED' });
});

describe('an answer is not used', () => {
  test.each([
    ['another nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['another audience', { aud: 'another' }],
    ['no subject', { sub: undefined }],
  ])('with %s', async (_what, change) => {
    const { state, nonce } = await begun();
    answering(tokensFor(nonce, change));
    expect(await openId.exchange(backWith({ code: 'c', state }))).toEqual({ failure: 'NOT_OURS' });
  });

  test.each([{ state: 'another' }, {}])(
    'of a sign-in that this tab did not begin: %j',
    async (it) => {
      await begun();
      const sent = answering();
      expect(await openId.exchange(backWith({ code: 'c', ...it }))).toEqual({ failure: 'EXPIRED' });
      expect(sent).toEqual([]);
    },
  );
});

describe('a failure', () => {
  test.each([
    ['access_denied', '', 'CANCELLED'],
    ['invalid_request', 'PreTokenGeneration failed with error No tokens.', 'NOT_ADMITTED'],
    ['invalid_request', 'workforce Error - 500 server_error', 'PROVIDER_FAILED'],
    ['server_error', '', 'PROVIDER_FAILED'],
  ])('that comes back as %s "%s" is %s', async (error, error_description, failure) => {
    const { state } = await begun();
    const back = backWith({ error, error_description, state });
    expect(await openId.exchange(back)).toEqual({ failure });
  });

  test.each([
    ['a code that has ended', json({ error: 'invalid_grant' }, 400), 'EXPIRED'],
    ['an outage', json({ message: 'down' }, 503), 'UNREACHABLE'],
    ['a page of something in between', new Response('<html>'), 'UNREACHABLE'],
    ['no answer', new TypeError('Failed to fetch'), 'UNREACHABLE'],
  ])('of the exchange by %s is a failure of its own', async (_what, answer, failure) => {
    const { state } = await begun();
    answering(answer);
    expect(await openId.exchange(backWith({ code: 'c', state }))).toEqual({ failure });
  });
});

describe('refreshing', () => {
  const tokens = {
    accessToken: 'old',
    refreshToken: 'refresh',
    expiresAt: 0,
    claims: { sub: 'sub-1' },
    idToken: jwt({ sub: 'sub-1', auth_time: 1 }),
  };
  const renewed = (sub: string) =>
    json({
      access_token: 'new',
      token_type: 'Bearer',
      expires_in: 900,
      id_token: jwt({ sub, auth_time: 1 }),
    });

  test('keeps the refresh token, of which Cognito gives no other', async () => {
    answering(renewed('sub-1'));
    expect(await openId.refresh(tokens)).toMatchObject({
      ok: true,
      value: { accessToken: 'new', refreshToken: 'refresh' },
    });
  });

  test.each([
    ['the session has ended', json({ error: 'invalid_grant' }, 400), 'TOKEN_INVALID'],
    ['the answer is of somebody else', renewed('sub-2'), 'TOKEN_INVALID'],
    ['the user pool fails', json({ error: 'server_error' }, 500), 'UNREACHABLE'],
    ['nothing answers', new TypeError('Failed to fetch'), 'UNREACHABLE'],
  ] as const)('is refused where %s', async (_what, answer, code) => {
    answering(answer);
    expect(await openId.refresh(tokens)).toEqual(refused(code));
  });

  test('needs a refresh token', async () => {
    const without = { ...tokens, refreshToken: undefined };
    expect(await openId.refresh(without)).toEqual(refused('TOKEN_INVALID'));
  });
});

test('signing out revokes the token in a body, and names the client and the way back only', async () => {
  const sent = answering(new Response(null, { status: 200 }));
  expect(await openId.revoke('refresh-1')).toBe(true);
  expect(sent).toEqual([
    {
      url: 'https://employees.example/oauth2/revoke',
      body: { client_id: 'client-1', token: 'refresh-1' },
    },
  ]);
  expect(openId.signOutUrl()).toBe(
    'https://employees.example/logout?client_id=client-1&logout_uri=' +
      'https%3A%2F%2Fportal.example%2Femployees%2Fsigned-out',
  );
  answering(new TypeError('Failed to fetch'), new TypeError('Failed to fetch'));
  expect(await openId.revoke('refresh-1')).toBe(false);
  expect(await openId.isReachable()).toBe(false);
});
