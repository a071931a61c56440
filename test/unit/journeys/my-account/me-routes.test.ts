/** The routes of the signed-in user: what each passes on, and what its outcomes become. */
import { describe, expect, test } from '@jest/globals';
import { put } from '../../../../lambdas/ground/platform/database.ts';
import { routes } from '../../../../lambdas/journeys/my-account/me.handler.ts';
import type { WiredMe } from '../../../../lambdas/journeys/my-account/me.wiring.ts';
import type { Passkey } from '../../../../lambdas/capabilities/passkeys/passkeys.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import { aDevice, anAccount, CLIENT_ID, HOUR } from '../../../fakes/builders.ts';
import {
  type Answered,
  type Asked,
  claimsOf,
  OUTAGE,
  OVERTAKEN,
  problem,
  routesOn,
} from '../../../fakes/requests.ts';
import { Authenticator } from '../../../journeys/clients/authenticator.ts';

type Route = keyof typeof routes;

const DEVICE = 'd'.repeat(43);
const PORTAL = { origin: 'https://portal.example', rpId: 'portal.example' };

async function signedIn(more: Partial<WiredMe> = {}) {
  const backend = new Backend();
  await backend.has(anAccount({ recoveryCodes: ['mac-1', 'mac-2'] }));
  const { devices, passkeys, passkeyChallenges, limits, events, pool, settings } = backend;
  const deps: WiredMe = {
    ...backend.shared,
    ...{ devices, passkeys, passkeyChallenges, limits, events, pool, settings },
    clientId: CLIENT_ID,
    ...more,
  };
  const send = routesOn('me', deps, routes);
  const ask = (route: Route, { claims, ...asked }: Asked = {}) =>
    send(route, { claims: claimsOf(backend.clock, claims), ...asked });
  return { backend, ask, send };
}

const passkey = (number = 1): Passkey => ({
  accountId: 'account-1',
  passkeyId: `passkey-${number}`,
  publicKey: 'AQ',
  counter: 0,
  isBackupEligible: true,
  isBackedUp: true,
  transports: ['internal'],
  name: 'Desk',
  createdAt: number,
  passkeyEpoch: 0,
});

const withPasskeys = (many: number) => async (backend: Backend) => {
  const numbers = Array.from({ length: many }, (_, index) => index + 1);
  await backend.write(...numbers.map((number) => backend.passkeys.add(passkey(number))));
};
const withDevice = async (backend: Backend) => {
  const expiresAt = backend.now() + HOUR;
  await backend.write(put('rememberedDevices', { ...aDevice({ deviceId: DEVICE, expiresAt }) }));
};
const signedOutBy = (jti: string) => (backend: Backend) =>
  backend.alter('account-1', { epoch: 2, signedOutBy: jti });

interface Case {
  when: string;
  given?: (backend: Backend) => Promise<void>;
  deps?: Partial<WiredMe>;
  asked?: Asked;
  answer: Answered;
  /** The events that the request writes. */
  events?: string[];
}

/** Of each route, every outcome that its handler tells apart. */
const CASES: Record<Route, Case[]> = {
  getMe: [{ when: 'signed in', answer: { status: 200, body: { username: 'pphone' } } }],
  chooseLanguage: [
    {
      when: 'another language is chosen',
      asked: { body: { language: 'es' } },
      answer: { status: 200, body: { username: 'pphone', language: 'es' } },
      events: ['LANGUAGE_CHANGED'],
    },
    {
      when: 'the account changed meanwhile',
      deps: OVERTAKEN,
      asked: { body: { language: 'es' } },
      answer: problem('TOKEN_INVALID'),
    },
  ],
  listRememberedDevices: [
    {
      when: 'one is remembered',
      given: withDevice,
      answer: { status: 200, body: [{ deviceId: DEVICE }] },
    },
  ],
  forgetRememberedDevice: [
    {
      when: 'it is remembered',
      given: withDevice,
      asked: { path: { deviceId: DEVICE } },
      answer: { status: 204, body: undefined },
      events: ['DEVICE_FORGOTTEN'],
    },
    {
      when: 'the path has no ID of a device',
      asked: { path: { deviceId: 'device' } },
      answer: problem('NOT_FOUND'),
    },
  ],
  signOutEverywhere: [
    {
      when: 'signed in',
      answer: { status: 204, body: undefined },
      events: ['SIGNED_OUT_EVERYWHERE'],
    },
    {
      when: 'this token has done it before',
      given: signedOutBy('token-1'),
      answer: { status: 204, body: undefined },
    },
    {
      when: 'another token has',
      given: signedOutBy('token-2'),
      answer: problem('TOKEN_INVALID'),
    },
  ],
  listMyEvents: [
    { when: 'there are none', answer: { status: 200, body: { events: [] } } },
    {
      when: "the cursor is not this list's",
      asked: { query: { cursor: 'bm9uZQ' } },
      answer: problem('REQUEST_INVALID'),
    },
  ],
  startPasskeySignIn: [
    {
      when: 'nobody is signed in',
      asked: { claims: {} },
      answer: {
        status: 201,
        body: { challenge: expect.any(String), expiresAt: '2026-10-05T12:05:00.000Z' },
      },
    },
    {
      when: 'the source has had its challenges',
      deps: {
        limits: {
          count: async ([limit], now) => ({
            outcome: 'EXHAUSTED',
            limit: limit ?? { key: 'none', max: 0, windowMs: 0 },
            until: now + 7000,
          }),
        },
      },
      answer: { status: 429, body: { code: 'RATE_LIMITED', retryAfterSeconds: 7 } },
    },
  ],
  listPasskeys: [
    {
      when: 'there is one',
      given: withPasskeys(1),
      answer: { status: 200, body: { passkeys: [{ passkeyId: 'passkey-1', name: 'Desk' }] } },
    },
  ],
  startPasskey: [
    {
      when: 'there is room',
      answer: { status: 200, body: { rp: { id: 'portal.example' } } },
    },
    { when: 'there are ten', given: withPasskeys(10), answer: problem('PASSKEY_LIMIT') },
  ],
  addPasskey: [
    {
      when: 'the credential answers no challenge of ours',
      asked: {
        body: {
          name: 'Desk',
          credential: new Authenticator().create({ challenge: 'none', user: { id: 'x' } }, PORTAL),
        },
      },
      answer: problem('PASSKEY_INVALID'),
    },
  ],
  renamePasskey: [
    {
      when: 'it is there',
      given: withPasskeys(1),
      asked: { path: { passkeyId: 'passkey-1' }, body: { name: 'Ward' } },
      answer: { status: 200, body: { passkeyId: 'passkey-1', name: 'Ward' } },
      events: ['PASSKEY_RENAMED'],
    },
    {
      when: 'it is not there',
      asked: { path: { passkeyId: 'passkey-1' }, body: { name: 'Ward' } },
      answer: problem('NOT_FOUND'),
    },
  ],
  removePasskey: [
    {
      when: 'it is there',
      given: withPasskeys(1),
      asked: { path: { passkeyId: 'passkey-1' } },
      answer: { status: 204, body: undefined },
      events: ['PASSKEY_REMOVED'],
    },
    {
      when: 'it is not there',
      asked: { path: { passkeyId: 'passkey-1' } },
      answer: problem('NOT_FOUND'),
    },
  ],
  issueRecoveryCodes: [
    {
      when: 'signed in',
      answer: { status: 201, body: { codes: expect.any(Array) } },
      events: ['RECOVERY_CODES_ISSUED'],
    },
    {
      when: 'the account changed meanwhile',
      deps: OVERTAKEN,
      answer: problem('TOKEN_INVALID'),
    },
  ],
  countRecoveryCodes: [{ when: 'two are left', answer: { status: 200, body: { unused: 2 } } }],
};

const ROUTES = Object.keys(CASES) as Route[];
const OF_A_PERSON = ROUTES.filter((route) => route !== 'startPasskeySignIn');
const CHANGES: Route[] = [
  'startPasskey',
  'addPasskey',
  'renamePasskey',
  'removePasskey',
  'issueRecoveryCodes',
];

/** A request that the contract admits. */
const anAsked = (route: Route): Asked => {
  const { path, body } = CASES[route][0]?.asked ?? {};
  return { ...(path && { path }), ...(body && { body }) };
};

describe.each(ROUTES)('%s', (route) => {
  test.each(CASES[route])('where $when', async ({ given, deps, asked, answer, events = [] }) => {
    const { backend, ask } = await signedIn(deps);
    await given?.(backend);
    expect(await ask(route, asked)).toMatchObject(answer);
    expect(backend.eventNames()).toEqual(events);
  });
});

test.each(OF_A_PERSON)('%s needs a session that counts', async (route) => {
  const { backend, ask, send } = await signedIn();
  expect(await send(route, anAsked(route))).toMatchObject(problem('TOKEN_INVALID'));
  for (const claims of [{ client_id: 'another' }, { token_use: 'id' }, { session_epoch: '0' }])
    expect(await ask(route, { ...anAsked(route), claims })).toMatchObject(problem('TOKEN_INVALID'));
  expect(backend.eventNames()).toEqual([]);
});

test.each(OF_A_PERSON)('%s is an outage while the database does not answer', async (route) => {
  const { backend, ask } = await signedIn();
  backend.database.failAlways('read');
  expect(await ask(route, anAsked(route))).toMatchObject(OUTAGE);
});

test.each(ROUTES)(
  '%s wants a fresh factor exactly where it changes how one signs in',
  async (route) => {
    const { ask } = await signedIn();
    const { body } = await ask(route, { ...anAsked(route), claims: { factor_at: '1' } });
    const isRefused = JSON.stringify(body ?? {}).includes('FACTOR_TOO_OLD');
    expect(isRefused).toBe(CHANGES.includes(route));
  },
);

test('a passkey is added with its name, once for each idempotency key', async () => {
  const { backend, ask } = await signedIn();
  const authenticator = new Authenticator();
  const { body: options } = await ask('startPasskey');
  const credential = authenticator.create(
    options as { challenge: string; user: { id: string } },
    PORTAL,
  );
  const asked = { body: { name: 'Desk', credential }, idempotencyKey: 'key-1' };
  const added = await ask('addPasskey', asked);
  expect(added).toMatchObject({ status: 201, body: { name: 'Desk' } });
  expect(await ask('addPasskey', asked)).toEqual(added);
  const another = { ...asked, idempotencyKey: 'key-2' };
  expect(await ask('addPasskey', another)).toMatchObject(problem('PASSKEY_INVALID'));
  expect(backend.eventNames()).toEqual(['PASSKEY_ADDED']);
});

test('a page of events goes on where the cursor of the page before says', async () => {
  const { backend, ask } = await signedIn();
  for (let count = 1; count <= 26; count += 1) {
    backend.clock.pass(1);
    const event = { accountId: 'account-1', event: 'SIGNED_IN' } as const;
    await backend.write(backend.audit.write(event, backend.now()));
  }
  const first = await ask('listMyEvents');
  const { cursor = '' } = first.body as { cursor?: string };
  expect(first.body).toMatchObject({ events: { length: 25 } });
  const second = await ask('listMyEvents', { query: { cursor } });
  expect(second.body).toMatchObject({ events: [{ at: '2026-10-05T12:00:00.001Z' }] });
});
