/** The routes of registrations: what each passes on, and what its outcomes become. */
import { describe, expect, test } from '@jest/globals';
import { registrationCodeMessage } from '../../../../lambdas/capabilities/providers/registration-code.rules.ts';
import {
  furtherFaults,
  routes,
} from '../../../../lambdas/journeys/registration/registration.handler.ts';
import type { OpeningDeps } from '../../../../lambdas/journeys/registration/open-registration.ts';
import type { RegistrationDeps } from '../../../../lambdas/journeys/registration/registration.wiring.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anImported, GOOD_PASSWORD, PROVIDER } from '../../../fakes/builders.ts';
import { type Answered, type Asked, OUTAGE, problem, routesOn } from '../../../fakes/requests.ts';
import { linkTo, mfaDeps, openingDeps, providerDeps } from './registrant.ts';

type Route = keyof typeof routes;

const CODE = 'CEDAR-7K4M-92QX';
const EMAIL = 'pat@cedargrove.example';
const PHONE = '(202) 555-0143';
const DETAILS = {
  username: 'newuser',
  firstName: 'Noor',
  lastName: 'Haddad',
  email: 'noor@cedargrove.example',
  phone: PHONE,
};

/** How far the registration is that the token carries. */
type Reached =
  'NOTHING' | 'PROVIDER' | 'ACCOUNT' | 'METHOD' | 'EMAIL' | 'CODE' | 'PASSWORD' | 'PHONE' | 'TEXT';
const AS_PROVIDER: Reached[] = ['PROVIDER', 'ACCOUNT'];
const AS_USER: Reached[] = ['METHOD', 'EMAIL', 'CODE', 'PASSWORD', 'PHONE', 'TEXT'];

async function registering(reached: Reached, opening: Partial<OpeningDeps> = {}) {
  const backend = new Backend();
  const mac = await backend.mac.mac(registrationCodeMessage(PROVIDER.npi, CODE));
  await backend.write(
    backend.codes.saveProvider(PROVIDER),
    backend.codes.issue({ npi: PROVIDER.npi, code: mac, role: 'ADMIN', issuedAt: 0 }),
  );
  const account = await backend.has(anImported());
  const { limits, settings, outbox, now, pool } = backend;
  const isCognitoPassword = (password: string, email: string) => pool.proves(password, email);
  const wired: RegistrationDeps = {
    provider: providerDeps(backend),
    opening: { ...openingDeps(backend), ...opening },
    links: { limits, settings, outbox, now, isCognitoPassword },
    mfa: mfaDeps(backend),
    settings,
  };
  const link = await linkTo(backend, account);
  const send = routesOn('registration', wired, routes, furtherFaults);
  let bearer: string | undefined;
  const ask = (route: Route, asked: Asked = {}) => send(route, { bearer, ...asked });
  const begin = async (route: Route, body: object) => {
    const answer = await ask(route, { body });
    ({ flowToken: bearer } = answer.body as { flowToken: string });
  };
  const asProvider = [
    () => begin('startProviderRegistration', { npi: PROVIDER.npi, registrationCode: CODE }),
    () => ask('createAccount', { body: DETAILS }),
  ];
  const asUser = [
    () => begin('openMfaRegistration', { linkToken: link }),
    () => ask('chooseMethod', { body: { method: 'PHONE' } }),
    () => ask('enterEmail', { body: { email: EMAIL } }),
    () => ask('verifyEmail', { body: { code: backend.email.lastCode() } }),
    () => ask('setPassword', { body: { password: GOOD_PASSWORD } }),
    () => ask('enterPhone', { body: { phoneNumber: PHONE, channel: 'SMS' } }),
  ];
  for (const step of asProvider.slice(0, AS_PROVIDER.indexOf(reached) + 1)) await step();
  for (const step of asUser.slice(0, AS_USER.indexOf(reached) + 1)) await step();
  return { backend, ask, link };
}

interface Case {
  when: string;
  reached: Reached;
  body?: (backend: Backend, link: string) => object;
  answer: Answered;
}

const atStep = (step: string) => ({ status: 200, body: { registration: { step } } });
const OPENED = { status: 201, body: { registration: { step: 'CHOOSE_METHOD' } } };

/** Of each route, every outcome that its handler tells apart. */
const CASES: Record<Route, Case[]> = {
  startProviderRegistration: [
    {
      when: 'the code is right',
      reached: 'NOTHING',
      body: () => ({ npi: PROVIDER.npi, registrationCode: CODE }),
      answer: { status: 201, body: { provider: PROVIDER } },
    },
    {
      when: 'it is wrong',
      reached: 'NOTHING',
      body: () => ({ npi: PROVIDER.npi, registrationCode: 'WRONG' }),
      answer: problem('REGISTRATION_CODE_INVALID'),
    },
  ],
  createAccount: [
    {
      when: 'the username is free',
      reached: 'PROVIDER',
      body: () => DETAILS,
      answer: { status: 201, body: { username: 'newuser' } },
    },
    {
      when: 'it is taken',
      reached: 'PROVIDER',
      body: () => ({ ...DETAILS, username: 'pphone' }),
      answer: problem('USERNAME_TAKEN'),
    },
    {
      when: 'the form has faults of the schema and of the rules',
      reached: 'PROVIDER',
      body: () => ({ ...DETAILS, email: 'noor', phone: '123' }),
      answer: {
        status: 400,
        body: { code: 'REQUEST_INVALID', fields: [{ path: 'email' }, { path: 'phone' }] },
      },
    },
  ],
  correctContactEmail: [
    {
      when: 'the account is not used yet',
      reached: 'ACCOUNT',
      body: () => ({ email: 'noor.haddad@cedargrove.example' }),
      answer: { status: 200, body: { maskedEmail: 'n***@cedargrove.example' } },
    },
    {
      when: 'the account does not exist yet',
      reached: 'PROVIDER',
      body: () => ({ email: 'noor.haddad@cedargrove.example' }),
      answer: problem('STEP_OUT_OF_ORDER'),
    },
  ],
  requestLink: [
    {
      when: 'a username is given, whosever it is',
      reached: 'NOTHING',
      body: () => ({ username: 'nobody' }),
      answer: { status: 202, body: undefined },
    },
  ],
  showRegistrationLink: [
    {
      when: 'the link is valid',
      reached: 'NOTHING',
      body: (_backend, linkToken) => ({ linkToken }),
      answer: { status: 200, body: { username: 'pphone', maskedEmail: 'p***@cedargrove.example' } },
    },
    {
      when: 'it is none',
      reached: 'NOTHING',
      body: () => ({ linkToken: 'none' }),
      answer: problem('LINK_INVALID'),
    },
  ],
  openMfaRegistration: [
    {
      when: 'the link is valid',
      reached: 'NOTHING',
      body: (_backend, linkToken) => ({ linkToken }),
      answer: OPENED,
    },
    {
      when: 'it is none',
      reached: 'NOTHING',
      body: () => ({ linkToken: 'none' }),
      answer: problem('LINK_INVALID'),
    },
    {
      when: 'the password is that of the former portal',
      reached: 'NOTHING',
      body: () => ({ username: 'pphone', password: 'portal' }),
      answer: OPENED,
    },
    {
      when: 'it is not',
      reached: 'NOTHING',
      body: () => ({ username: 'pphone', password: 'a guess' }),
      answer: problem('CREDENTIALS_INVALID'),
    },
  ],
  getMfaRegistration: [
    { when: 'it has begun', reached: 'METHOD', answer: atStep('CHOOSE_METHOD') },
  ],
  chooseMethod: [
    {
      when: 'it may be chosen',
      reached: 'METHOD',
      body: () => ({ method: 'PHONE' }),
      answer: atStep('ENTER_EMAIL'),
    },
    {
      when: 'the password is set',
      reached: 'PHONE',
      body: () => ({ method: 'EMAIL' }),
      answer: problem('STEP_OUT_OF_ORDER'),
    },
  ],
  enterEmail: [
    {
      when: 'a code goes there',
      reached: 'EMAIL',
      body: () => ({ email: EMAIL }),
      answer: atStep('VERIFY_EMAIL'),
    },
    {
      when: "it is an employee's",
      reached: 'EMAIL',
      body: () => ({ email: 'pat@portal-staff.example' }),
      answer: problem('WORKFORCE_EMAIL'),
    },
  ],
  verifyEmail: [
    {
      when: 'the code is right',
      reached: 'CODE',
      body: ({ email }) => ({ code: email.lastCode() }),
      answer: atStep('SET_PASSWORD'),
    },
    {
      when: 'it is wrong',
      reached: 'CODE',
      body: () => ({ code: '000000' }),
      answer: problem('CODE_MISMATCH'),
    },
  ],
  setPassword: [
    {
      when: 'it is good',
      reached: 'PASSWORD',
      body: () => ({ password: GOOD_PASSWORD }),
      answer: atStep('ENTER_PHONE'),
    },
    {
      when: 'it is short',
      reached: 'PASSWORD',
      body: () => ({ password: 'short' }),
      answer: problem('PASSWORD_TOO_SHORT'),
    },
  ],
  enterPhone: [
    {
      when: 'a call is wanted',
      reached: 'PHONE',
      body: () => ({ phoneNumber: PHONE, channel: 'CALL' }),
      answer: {
        status: 200,
        body: { registration: { step: 'VERIFY_PHONE', call: { status: 'CALLING' } } },
      },
    },
    {
      when: 'it cannot be a number',
      reached: 'PHONE',
      body: () => ({ phoneNumber: '123', channel: 'SMS' }),
      answer: problem('PHONE_INVALID'),
    },
  ],
  verifyPhone: [
    {
      when: 'the code is right',
      reached: 'TEXT',
      body: ({ text }) => ({ code: text.lastCode() }),
      answer: {
        status: 200,
        body: { registration: { step: 'DONE' }, ticket: expect.any(String), email: EMAIL },
      },
    },
    {
      when: 'it is wrong',
      reached: 'TEXT',
      body: () => ({ code: '000000' }),
      answer: problem('CODE_MISMATCH'),
    },
  ],
};

const ROUTES = Object.keys(CASES) as Route[];
const WITH_TOKEN = ROUTES.filter((route) =>
  CASES[route].every(({ reached }) => reached !== 'NOTHING'),
);

const askedOf = ({ body }: Case, backend: Backend, link: string): Asked =>
  body === undefined ? {} : { body: body(backend, link) };

const firstCase = (route: Route): Case => {
  const [one] = CASES[route];
  if (one === undefined) throw new Error(`${route} has no case.`);
  return one;
};

describe.each(ROUTES)('%s', (route) => {
  test.each(CASES[route])('where $when', async (one) => {
    const { backend, ask, link } = await registering(one.reached);
    expect(await ask(route, askedOf(one, backend, link))).toMatchObject(one.answer);
  });

  test('is an outage while the database does not answer', async () => {
    const one = firstCase(route);
    const { backend, ask, link } = await registering(one.reached);
    const asked = askedOf(one, backend, link);
    for (const operation of ['read', 'readAll', 'commit'] as const)
      backend.database.failAlways(operation);
    expect(await ask(route, asked)).toMatchObject(OUTAGE);
  });
});

test.each(WITH_TOKEN)('%s needs the token of its registration', async (route) => {
  const one = firstCase(route);
  const { backend, ask, link } = await registering(one.reached);
  const asked = askedOf(one, backend, link);
  for (const bearer of [undefined, 'x'.repeat(43)])
    expect(await ask(route, { ...asked, bearer })).toMatchObject(problem('TOKEN_INVALID'));
});

test('a step whose answer was lost is answered alike, by its key or by its password', async () => {
  const { backend, ask } = await registering('CODE');
  const verified = { body: { code: backend.email.lastCode() }, idempotencyKey: 'key-1' };
  const first = await ask('verifyEmail', verified);
  expect(await ask('verifyEmail', verified)).toEqual(first);
  const set = { body: { password: GOOD_PASSWORD } };
  const password = await ask('setPassword', set);
  expect(password).toMatchObject({ status: 200 });
  expect(await ask('setPassword', set)).toEqual(password);
});

test('a password is read as one text, however its accents are composed', async () => {
  const typed: string[] = [];
  const { ask } = await registering('NOTHING', {
    isImportedPassword: async (password) => typed.push(password) > 0,
  });
  await ask('openMfaRegistration', { body: { username: 'pphone', password: 'cafe\u0301' } });
  expect(typed).toEqual(['caf\u00e9']);
});

test('a link is asked for in the language of the page, from where the request comes', async () => {
  const { backend, ask } = await registering('NOTHING');
  await ask('requestLink', { body: { username: 'pphone' }, language: 'es' });
  expect(backend.outbox.last()).toMatchObject({
    kind: 'LINK_REQUEST',
    username: 'pphone',
    language: 'es',
    sourceAddress: '192.0.2.1',
  });
});
