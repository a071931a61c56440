/** The routes of a password reset: what each passes on, and what its outcomes become. */
import { describe, expect, test } from '@jest/globals';
import { routes } from '../../../../lambdas/journeys/recovery/recovery.handler.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, GOOD_PASSWORD } from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';
import { type Answered, type Asked, OUTAGE, problem, routesOn } from '../../../fakes/requests.ts';
import { depsOf, EMAIL, Resetter } from './resetter.ts';

type Route = keyof typeof routes;

/** How far the reset is that the token carries. */
type Reached = 'NOTHING' | 'EMAIL' | 'CHANNEL' | 'PHONE' | 'PASSWORD';
const ORDER: Reached[] = ['NOTHING', 'EMAIL', 'CHANNEL', 'PHONE', 'PASSWORD'];

async function resetting(reached: Reached) {
  const backend = new Backend();
  await backend.has(anAccount());
  const send = routesOn('recovery', depsOf(backend), routes);
  const steps = [
    (pat: Resetter) => pat.proveEmail(),
    (pat: Resetter) => pat.choose('SMS'),
    (pat: Resetter) => pat.verifyPhone({ code: backend.text.lastCode() }),
  ];
  const taken = ORDER.indexOf(reached);
  const pat = taken > 0 ? await Resetter.start(backend) : undefined;
  if (reached === 'EMAIL') await work(backend);
  for (const step of steps.slice(0, Math.max(0, taken - 1))) if (pat !== undefined) await step(pat);
  const ask = (route: Route, asked: Asked = {}) => send(route, { bearer: pat?.token, ...asked });
  return { backend, ask };
}

interface Case {
  when: string;
  reached: Reached;
  body?: (backend: Backend) => object;
  answer: Answered;
}

const atStep = (step: string) => ({ status: 200, body: { reset: { step } } });

/** Of each route, every outcome that its handler tells apart. */
const CASES: Record<Route, Case[]> = {
  startPasswordReset: [
    {
      when: 'an address is given, whosever it is',
      reached: 'NOTHING',
      body: () => ({ email: 'nobody@cedargrove.example' }),
      answer: {
        status: 201,
        body: { flowToken: expect.any(String), reset: { step: 'VERIFY_EMAIL' } },
      },
    },
    {
      when: 'it is none',
      reached: 'NOTHING',
      body: () => ({ email: 'nobody' }),
      answer: problem('REQUEST_INVALID'),
    },
  ],
  getPasswordReset: [
    { when: 'it has begun', reached: 'EMAIL', answer: atStep('VERIFY_EMAIL') },
    { when: 'there is none', reached: 'NOTHING', answer: problem('TOKEN_INVALID') },
  ],
  resendResetEmail: [
    {
      when: 'one was sent a moment ago',
      reached: 'EMAIL',
      body: () => ({}),
      answer: problem('RESEND_TOO_SOON'),
    },
    {
      when: 'the address is proven',
      reached: 'CHANNEL',
      body: () => ({}),
      answer: problem('STEP_OUT_OF_ORDER'),
    },
  ],
  verifyResetEmail: [
    {
      when: 'the code is right',
      reached: 'EMAIL',
      body: ({ email }) => ({ code: email.lastCode() }),
      answer: atStep('CHOOSE_CHANNEL'),
    },
    {
      when: 'it is wrong',
      reached: 'EMAIL',
      body: () => ({ code: '000000' }),
      answer: problem('CODE_MISMATCH'),
    },
  ],
  chooseResetChannel: [
    {
      when: 'it is a text message',
      reached: 'CHANNEL',
      body: () => ({ channel: 'SMS' }),
      answer: atStep('VERIFY_PHONE'),
    },
    {
      when: 'the address is not proven',
      reached: 'EMAIL',
      body: () => ({ channel: 'SMS' }),
      answer: problem('STEP_OUT_OF_ORDER'),
    },
  ],
  verifyResetPhone: [
    {
      when: 'the code is right',
      reached: 'PHONE',
      body: ({ text }) => ({ code: text.lastCode() }),
      answer: atStep('SET_PASSWORD'),
    },
    {
      when: 'it is wrong',
      reached: 'PHONE',
      body: () => ({ code: '000000' }),
      answer: problem('CODE_MISMATCH'),
    },
  ],
  resetPassword: [
    {
      when: 'the password is good',
      reached: 'PASSWORD',
      body: () => ({ password: GOOD_PASSWORD }),
      answer: { status: 200, body: { reset: { step: 'DONE' }, ticket: expect.any(String) } },
    },
    {
      when: 'it is short',
      reached: 'PASSWORD',
      body: () => ({ password: 'short' }),
      answer: problem('PASSWORD_TOO_SHORT'),
    },
  ],
};

const ROUTES = Object.keys(CASES) as Route[];
const bodyOf = ({ body }: Case, backend: Backend): Asked =>
  body === undefined ? {} : { body: body(backend) };

describe.each(ROUTES)('%s', (route) => {
  test.each(CASES[route])('where $when', async (one) => {
    const { backend, ask } = await resetting(one.reached);
    expect(await ask(route, bodyOf(one, backend))).toMatchObject(one.answer);
  });

  test('is an outage while the database does not answer', async () => {
    const [one] = CASES[route];
    if (one === undefined) throw new Error(`${route} has no case.`);
    const { backend, ask } = await resetting(one.reached);
    const asked = bodyOf(one, backend);
    for (const operation of ['read', 'readAll', 'commit'] as const)
      backend.database.failAlways(operation);
    expect(await ask(route, asked)).toMatchObject(OUTAGE);
  });
});

test.each(ROUTES.filter((route) => route !== 'startPasswordReset'))(
  '%s needs the token of a reset',
  async (route) => {
    const [one] = CASES[route];
    const { backend, ask } = await resetting(one?.reached ?? 'NOTHING');
    const asked = one === undefined ? {} : bodyOf(one, backend);
    for (const bearer of [undefined, 'x'.repeat(43)])
      expect(await ask(route, { ...asked, bearer })).toMatchObject(problem('TOKEN_INVALID'));
  },
);

test('a step whose answer was lost is answered alike, by its key or by its password', async () => {
  const { backend, ask } = await resetting('EMAIL');
  const verified = { body: { code: backend.email.lastCode() }, idempotencyKey: 'key-1' };
  const first = await ask('verifyResetEmail', verified);
  expect(first).toMatchObject({ status: 200 });
  expect(await ask('verifyResetEmail', verified)).toEqual(first);
  const again = { ...verified, idempotencyKey: 'key-2' };
  expect(await ask('verifyResetEmail', again)).toMatchObject(problem('STEP_OUT_OF_ORDER'));
  const { ask: atPassword } = await resetting('PASSWORD');
  const set = { body: { password: GOOD_PASSWORD } };
  const done = await atPassword('resetPassword', set);
  expect(await atPassword('resetPassword', set)).toEqual(done);
});

test('a code comes in the language of the page that asks for the reset', async () => {
  const { backend, ask } = await resetting('NOTHING');
  await ask('startPasswordReset', { body: { email: EMAIL }, language: 'es' });
  await work(backend);
  expect(backend.email.sent.at(-1)?.email.html).toContain('lang="es"');
});
