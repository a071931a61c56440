/** The routes of changes of one's own account: what each needs, and what its outcomes become. */
import { describe, expect, test } from '@jest/globals';
import { routes } from '../../../../lambdas/journeys/my-account/changes.handler.ts';
import type { WiredChanges } from '../../../../lambdas/journeys/my-account/changes.wiring.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, CLIENT_ID, GOOD_PASSWORD } from '../../../fakes/builders.ts';
import {
  type Answered,
  type Asked,
  claimsOf,
  OUTAGE,
  problem,
  routesOn,
} from '../../../fakes/requests.ts';
import { emailDeps, passwordDeps, phoneDeps } from './change-deps.ts';

type Route = keyof typeof routes;

const NEW_EMAIL = 'pat.new@cedargrove.example';
const LINK = 'l'.repeat(43);
const SENT = { code: { attemptsLeft: 5 } };

async function signedIn() {
  const backend = new Backend();
  await backend.has(anAccount(), { password: 'the current one' });
  const wired: WiredChanges = {
    session: { accounts: backend.accounts, clientId: CLIENT_ID, now: backend.now },
    password: passwordDeps(backend),
    email: { ...passwordDeps(backend), ...emailDeps(backend), pool: backend.pool },
    phone: phoneDeps(backend),
    settings: backend.settings,
  };
  const send = routesOn('changes', wired, routes);
  const ask = (route: Route, { claims, ...asked }: Asked = {}) =>
    send(route, { claims: claimsOf(backend.clock, claims), ...asked });
  return { backend, ask, send, wired };
}

type Ask = Awaited<ReturnType<typeof signedIn>>['ask'];

interface Case {
  when: string;
  given?: (backend: Backend, ask: Ask) => Promise<unknown>;
  body?: (backend: Backend) => object;
  answer: Answered;
  events?: string[];
}

const emailStarted: Case['given'] = (_backend, ask) =>
  ask('changeEmail', { body: { email: NEW_EMAIL } });
const phoneStarted: Case['given'] = (_backend, ask) =>
  ask('changePhone', { body: { phoneNumber: '(202) 555-0177', channel: 'SMS' } });
const callStarted: Case['given'] = (_backend, ask) =>
  ask('changePhone', { body: { phoneNumber: '(202) 555-0177', channel: 'CALL' } });
const changedEmail: Case['given'] = async (backend, ask) => {
  await emailStarted(backend, ask);
  await ask('verifyNewEmail', { body: { code: backend.email.lastCode() } });
  const { emailUndos: [undo] = [] } = await backend.account();
  if (undo === undefined) throw new Error('The change cannot be undone.');
  const link = { accountId: 'account-1', changedAt: undo.changedAt };
  await backend.write(emailDeps(backend).undoLinks.issue(LINK, link, backend.now() + 1));
};

/** Of each route, every outcome that its handler tells apart. */
const CASES: Record<Route, Case[]> = {
  changePassword: [
    {
      when: 'the current password is right',
      body: () => ({ currentPassword: 'the current one', newPassword: GOOD_PASSWORD }),
      answer: { status: 200, body: { ticket: expect.any(String) } },
      events: ['PASSWORD_CHANGED'],
    },
    {
      when: 'it is wrong',
      body: () => ({ currentPassword: 'a guess', newPassword: GOOD_PASSWORD }),
      answer: problem('CURRENT_PASSWORD_INVALID'),
      events: ['CURRENT_PASSWORD_REFUSED'],
    },
  ],
  changeEmail: [
    {
      when: 'a code goes to the new address',
      body: () => ({ email: NEW_EMAIL }),
      answer: { status: 200, body: SENT },
      events: ['CODE_SENT'],
    },
    {
      when: "the address is an employee's",
      body: () => ({ email: 'pat@portal-staff.example' }),
      answer: problem('WORKFORCE_EMAIL'),
    },
  ],
  verifyNewEmail: [
    {
      when: 'the code is right',
      given: emailStarted,
      body: ({ email }) => ({ code: email.lastCode() }),
      answer: { status: 200, body: { email: NEW_EMAIL } },
      events: ['CODE_SENT', 'EMAIL_CHANGED'],
    },
    {
      when: 'it is wrong',
      given: emailStarted,
      body: () => ({ code: '000000' }),
      answer: problem('CODE_MISMATCH'),
      events: ['CODE_SENT', 'CODE_REFUSED'],
    },
    {
      when: 'none was sent',
      body: () => ({ code: '000000' }),
      answer: problem('STEP_OUT_OF_ORDER'),
    },
  ],
  undoEmailChange: [
    {
      when: 'the link is of this change',
      given: changedEmail,
      body: () => ({ linkToken: LINK }),
      answer: { status: 204, body: undefined },
      events: ['CODE_SENT', 'EMAIL_CHANGED', 'EMAIL_CHANGE_UNDONE'],
    },
    {
      when: 'the link is of none',
      body: () => ({ linkToken: LINK }),
      answer: problem('LINK_INVALID'),
    },
  ],
  changePhone: [
    {
      when: 'a code goes to the new number',
      body: () => ({ phoneNumber: '(202) 555-0177', channel: 'SMS' }),
      answer: { status: 200, body: SENT },
      events: ['CODE_SENT'],
    },
    {
      when: 'it cannot be a number',
      body: () => ({ phoneNumber: '123', channel: 'SMS' }),
      answer: problem('PHONE_INVALID'),
    },
  ],
  verifyNewPhone: [
    {
      when: 'the code is right',
      given: phoneStarted,
      body: ({ text }) => ({ code: text.lastCode() }),
      answer: { status: 200, body: { maskedPhone: '***-***-0177' } },
      events: ['CODE_SENT', 'PHONE_CHANGED'],
    },
    {
      when: 'a call is claimed that nobody confirmed',
      given: callStarted,
      body: () => ({ call: 'CONFIRMED' }),
      answer: problem('CALL_NOT_CONFIRMED'),
      events: ['CALL_PLACED'],
    },
  ],
  removePhone: [
    {
      when: 'there is one',
      answer: { status: 200, body: { method: 'EMAIL' } },
      events: ['PHONE_REMOVED'],
    },
  ],
};

const ROUTES = Object.keys(CASES) as Route[];
const OF_A_PERSON = ROUTES.filter((route) => route !== 'undoEmailChange');
const START: Route[] = ['changePassword', 'changeEmail', 'changePhone', 'removePhone'];

/** A request that the contract admits. */
function anAsked(route: Route, backend: Backend): Asked {
  const { body } = CASES[route].at(-1) ?? {};
  return body === undefined ? {} : { body: body(backend) };
}

describe.each(ROUTES)('%s', (route) => {
  test.each(CASES[route])('where $when', async ({ given, body, answer, events = [] }) => {
    const { backend, ask } = await signedIn();
    await given?.(backend, ask);
    const asked = body === undefined ? {} : { body: body(backend) };
    expect(await ask(route, asked)).toMatchObject(answer);
    expect(backend.eventNames()).toEqual(events);
  });

  test('is an outage while the database does not answer', async () => {
    const { backend, ask } = await signedIn();
    backend.database.failAlways('read');
    expect(await ask(route, anAsked(route, backend))).toMatchObject(OUTAGE);
  });
});

test.each(OF_A_PERSON)('%s needs a session that counts', async (route) => {
  const { backend, ask, send } = await signedIn();
  const asked = anAsked(route, backend);
  expect(await send(route, asked)).toMatchObject(problem('TOKEN_INVALID'));
  const claims = { session_epoch: '0' };
  expect(await ask(route, { ...asked, claims })).toMatchObject(problem('TOKEN_INVALID'));
  expect(backend.eventNames()).toEqual([]);
});

test.each(ROUTES)('%s needs a fresh factor exactly where it starts a change', async (route) => {
  const { backend, ask } = await signedIn();
  const asked = { ...anAsked(route, backend), claims: { factor_at: '1' } };
  const { body } = await ask(route, asked);
  expect(JSON.stringify(body ?? {}).includes('FACTOR_TOO_OLD')).toBe(START.includes(route));
});

test('a change is undone once, and again by the same press only', async () => {
  const { backend, ask, send } = await signedIn();
  await changedEmail(backend, ask);
  const press = { body: { linkToken: LINK }, idempotencyKey: 'press-1' };
  for (const _time of [1, 2])
    expect(await send('undoEmailChange', press)).toEqual({ status: 204, body: undefined });
  expect(await send('undoEmailChange', { ...press, idempotencyKey: 'press-2' })).toMatchObject(
    problem('LINK_INVALID'),
  );
  expect(await backend.account()).toMatchObject({ email: 'pat@cedargrove.example' });
});

test('a message is in the language of the page, for whoever has chosen none', async () => {
  const { backend, ask } = await signedIn();
  await ask('changeEmail', { body: { email: NEW_EMAIL }, language: 'es' });
  expect(backend.email.sent.at(-1)?.email.html).toContain('lang="es"');
});

describe('a request that comes again with its Idempotency-Key, because its answer was lost', () => {
  const press = 'press-1';

  test('sends no second code, and another key is another send', async () => {
    const { backend, ask } = await signedIn();
    const asked = { body: { email: NEW_EMAIL }, idempotencyKey: press };
    const first = await ask('changeEmail', asked);
    expect(first).toMatchObject({ status: 200, body: SENT });
    expect(await ask('changeEmail', asked)).toEqual(first);
    expect(backend.email.sent).toHaveLength(1);
    const another = { ...asked, idempotencyKey: 'press-2' };
    expect(await ask('changeEmail', another)).toMatchObject(problem('RESEND_TOO_SOON'));
    const elsewhere = { ...asked, body: { email: 'third@cedargrove.example' } };
    expect(await ask('changeEmail', elsewhere)).toMatchObject(problem('RESEND_TOO_SOON'));
  });

  test('is answered as the first where the address or the number has moved', async () => {
    const { backend, ask } = await signedIn();
    await emailStarted(backend, ask);
    const email = { body: { code: backend.email.lastCode() }, idempotencyKey: press };
    const moved = await ask('verifyNewEmail', email);
    expect(moved).toMatchObject({ status: 200, body: { email: NEW_EMAIL } });
    expect(await ask('verifyNewEmail', email)).toEqual(moved);
    await phoneStarted(backend, ask);
    const phone = { body: { code: backend.text.lastCode() }, idempotencyKey: press };
    const added = await ask('verifyNewPhone', phone);
    expect(added).toMatchObject({ status: 200, body: { method: 'PHONE' } });
    expect(await ask('verifyNewPhone', phone)).toEqual(added);
    const other = { ...phone, idempotencyKey: 'press-2' };
    expect(await ask('verifyNewPhone', other)).toMatchObject(problem('STEP_OUT_OF_ORDER'));
    const changes = backend.eventNames().filter((name) => name.endsWith('_CHANGED'));
    expect(changes).toEqual(['EMAIL_CHANGED', 'PHONE_CHANGED']);
  });

  test('is answered alike where both come at once', async () => {
    const { backend, ask } = await signedIn();
    await emailStarted(backend, ask);
    const asked = { body: { code: backend.email.lastCode() }, idempotencyKey: press };
    backend.database.beforeCommit = async () => void (await ask('verifyNewEmail', asked));
    expect(await ask('verifyNewEmail', asked)).toMatchObject({ body: { email: NEW_EMAIL } });
  });

  const passwords = { currentPassword: 'the current one', newPassword: GOOD_PASSWORD };

  test('brings the same ticket where the password is changed, although its session has ended', async () => {
    const { backend, ask } = await signedIn();
    const asked = { body: passwords, idempotencyKey: press, bearer: 'the-access-token' };
    const first = await ask('changePassword', asked);
    expect(first).toMatchObject({ status: 200, body: { ticket: expect.any(String) } });
    expect(await ask('changePassword', asked)).toEqual(first);
    expect(backend.eventNames()).toEqual(['PASSWORD_CHANGED']);
  });

  test('sets the password where Cognito has it already, and nobody knew', async () => {
    const { backend, ask, wired } = await signedIn();
    const asked = { body: passwords, idempotencyKey: press, bearer: 'the-access-token' };
    backend.pool.failNext('setPassword', { afterEffect: true });
    expect(await ask('changePassword', asked)).toMatchObject(OUTAGE);
    const body = { ...passwords, currentPassword: 'a guess' };
    expect(await ask('changePassword', { ...asked, body })).toMatchObject(
      problem('CURRENT_PASSWORD_INVALID'),
    );
    wired.password.isCognitoPassword = async (typed) => typed === GOOD_PASSWORD;
    expect(await ask('changePassword', asked)).toMatchObject({
      status: 200,
      body: { ticket: expect.any(String) },
    });
    expect(backend.eventNames()).toEqual(['CURRENT_PASSWORD_REFUSED', 'PASSWORD_CHANGED']);
    expect(await backend.account()).not.toHaveProperty('passwordLease');
  });

  test.each<[string, Asked]>([
    ['key', { idempotencyKey: 'press-2' }],
    ['token', { bearer: 'another-token' }],
    ['current password', { body: { ...passwords, currentPassword: 'a guess' } }],
  ])('brings no ticket with another %s', async (_what, more) => {
    const { ask } = await signedIn();
    const asked = { body: passwords, idempotencyKey: press, bearer: 'the-access-token' };
    await ask('changePassword', asked);
    expect(await ask('changePassword', { ...asked, ...more })).toMatchObject(
      problem('TOKEN_INVALID'),
    );
  });
});
