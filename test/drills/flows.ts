/** The flows of the drills. Each request has an `Idempotency-Key`, as the browser's client sends it. */
import { Callee } from '../journeys/clients/callee.ts';
import { Employee, HANA } from '../journeys/clients/employee.ts';
import { ADA, ERIN, LEE, type Machine, PASSWORD, PAT } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { CEDAR, details, NEW_PASSWORD } from '../journeys/clients/registrant.ts';
import { arrived } from './arrived.ts';
import { type Course, type Flow, outcomeOf, outcomeOfRound, type Step } from './flow.ts';

interface Asked {
  method?: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: unknown;
  token?: string | undefined;
}

/** A request of the HTTP API with a key of its step. It keeps the tokens of its answer. */
async function ask(course: Course, step: string, asked: Asked): Promise<string> {
  const { method = 'POST', path, body, token } = asked;
  const answer = await course.machine.api(method, path, body, {
    ...(token === undefined ? {} : { token }),
    headers: { 'idempotency-key': `drill-${step}` },
  });
  const { flowToken, ticket: ticketOf } = (answer.body ?? {}) as Record<string, string | undefined>;
  if (flowToken !== undefined) course.kept.flowToken = flowToken;
  if (ticketOf !== undefined) course.kept.ticket = ticketOf;
  return outcomeOf(answer);
}

/** Reads a message that this run has not read. */
async function readCode({ machine, kept }: Course, to: string): Promise<void> {
  const known = (kept.known ?? '').split(' ');
  const code = await arrived(async () =>
    (await machine.codes(to)).find((one) => !known.includes(one)),
  );
  kept.code = code;
  kept.known = [...known, code].join(' ');
}

// Sign-in

function userOf({ machine, kept }: Course, email: string): PortalUser {
  const user = new PortalUser(machine, email);
  if (kept.session !== undefined) user.round = { parameters: {}, session: kept.session };
  return user;
}

/** A round that is refused leaves the session of the one before. */
function keep({ kept }: Course, { round }: PortalUser): string {
  if (round.session !== undefined) kept.session = round.session;
  if (round.tokens !== undefined) {
    kept.accessToken = round.tokens.AccessToken;
    kept.refreshToken = round.tokens.RefreshToken;
  }
  return outcomeOfRound(round);
}

const password = (email: string, secret = PASSWORD): Step => ({
  name: 'password',
  async take(course) {
    const user = userOf(course, email);
    await user.provePassword(secret);
    return keep(course, user);
  },
});

const answer = (
  name: string,
  email: string,
  given: (kept: Course['kept']) => unknown,
  before?: Step['before'],
): Step => ({
  name,
  startsOver: true,
  ...(before === undefined ? {} : { before }),
  async take(course) {
    const user = userOf(course, email);
    await user.answer(given(course.kept));
    await user.acceptTerms();
    return keep(course, user);
  },
});

const me: Step = {
  name: 'me',
  take: (course) =>
    ask(course, 'me', { method: 'GET', path: '/me', token: course.kept.accessToken }),
};

const refresh: Step = {
  name: 'refresh',
  async take({ machine, kept }) {
    const fresh = await new PortalUser(machine, '').refresh(kept.refreshToken ?? '');
    return fresh.AuthenticationResult === undefined ? String(fresh.__type) : 'tokens';
  },
};

const signIn = (factor: 'SMS' | 'EMAIL', email: string, to: string): Flow => ({
  name: `sign-in by ${factor}`,
  steps: [
    password(email),
    answer('choose', email, () => ({ factor })),
    answer(
      'code',
      email,
      ({ code }) => ({ code }),
      (course) => readCode(course, to),
    ),
    me,
    refresh,
  ],
});

const byCall: Flow = {
  name: 'sign-in by CALL',
  steps: [
    password(PAT.email),
    answer('choose', PAT.email, () => ({ factor: 'CALL' })),
    answer(
      'confirm',
      PAT.email,
      () => ({ call: 'CONFIRMED' }),
      async ({ machine }) => {
        const phone = new Callee(machine, PAT.phone);
        await arrived(async () => (await phone.calls()).find(({ state }) => state === 'RINGING'));
        await phone.answer();
        await phone.press('#');
      },
    ),
    me,
  ],
};

// Registration and reset

interface Described {
  name: string;
  method: 'POST' | 'PUT';
  path: string;
  body: (kept: Course['kept']) => unknown;
  before?: Step['before'];
}

/** A request with one of the tokens that the flow has kept. */
const step = (credential: 'flowToken' | 'accessToken', described: Described): Step => {
  const { name, method, path, body, before } = described;
  return {
    name,
    ...(before === undefined ? {} : { before }),
    take: (course) =>
      ask(course, name, { method, path, body: body(course.kept), token: course.kept[credential] }),
  };
};

const inFlow =
  (prefix: string) =>
  (name: string, method: 'POST' | 'PUT', path: string, body: object): Step =>
    step('flowToken', { name, method, path: `${prefix}/current${path}`, body: () => body });

const registering = inFlow('/mfa-registrations');
const resetting = inFlow('/password-resets');

const verifying = (prefix: string, factor: 'email' | 'phone', to: string): Step =>
  step('flowToken', {
    name: `verify ${factor}`,
    method: 'POST',
    path: `${prefix}/current/${factor}/verification`,
    body: ({ code }) => ({ code }),
    before: (course) => readCode(course, to),
  });

const open = (path: string, body: object): Step => ({
  name: 'open',
  take: (course) => ask(course, 'open', { path, body }),
});

const ticket = (email: string): Step[] => [
  password(email, NEW_PASSWORD),
  answer('ticket', email, (kept) => ({ ticket: kept.ticket })),
];

const RIVERA = 'jrivera@cedargrove.example';
const CHEN = 'm.chen@cedargrove.example';
const NUMBER = '+12025550177';

const registrationByEmail: Flow = {
  name: 'registration by e-mail',
  steps: [
    open('/mfa-registrations', { username: 'jrivera', password: 'Portal-Pass-2024' }),
    registering('method', 'PUT', '/method', { method: 'EMAIL' }),
    registering('email', 'POST', '/email', { email: RIVERA }),
    verifying('/mfa-registrations', 'email', RIVERA),
    registering('set password', 'PUT', '/password', { password: NEW_PASSWORD }),
    ...ticket(RIVERA),
  ],
};

const registrationByPhone: Flow = {
  name: 'registration by phone',
  steps: [
    open('/mfa-registrations', { username: 'mchen', password: 'Portal-Pass-2025' }),
    registering('method', 'PUT', '/method', { method: 'PHONE' }),
    registering('email', 'POST', '/email', { email: CHEN }),
    verifying('/mfa-registrations', 'email', CHEN),
    registering('set password', 'PUT', '/password', { password: NEW_PASSWORD }),
    registering('phone', 'POST', '/phone', { phoneNumber: NUMBER, channel: 'SMS' }),
    verifying('/mfa-registrations', 'phone', NUMBER),
    ...ticket(CHEN),
  ],
};

const reset: Flow = {
  name: 'password reset',
  steps: [
    open('/password-resets', { email: PAT.email }),
    verifying('/password-resets', 'email', PAT.email),
    resetting('phone', 'POST', '/phone', { channel: 'SMS' }),
    verifying('/password-resets', 'phone', PAT.phone),
    resetting('set password', 'PUT', '/password', { password: NEW_PASSWORD }),
    ...ticket(PAT.email),
  ],
};

const NEW_DOCTOR = details();

const provider: Flow = {
  name: 'registration of a provider',
  steps: [
    open('/provider-registrations', { npi: CEDAR.npi, registrationCode: CEDAR.codes[0] }),
    inFlow('/provider-registrations')('account', 'POST', '/account', NEW_DOCTOR),
    {
      name: 'open link',
      async before({ machine, kept }) {
        kept.link = await machine.link(NEW_DOCTOR.email);
      },
      take: (course) =>
        ask(course, 'link', { path: '/mfa-registrations', body: { linkToken: course.kept.link } }),
    },
    registering('method', 'PUT', '/method', { method: 'EMAIL' }),
  ],
};

// Signed in

const signedIn = (email: string, factor: 'SMS' | 'EMAIL', to: string): Step => ({
  name: 'sign in',
  async before({ machine, kept }) {
    const tokens = await new PortalUser(machine, email).signIn(PASSWORD, factor, to);
    kept.accessToken = tokens.AccessToken;
    kept.known = (await machine.codes(to)).join(' ');
  },
  take: async () => 'signed in',
});

const asUser = (name: string, method: 'POST' | 'PUT', path: string, body?: object): Step =>
  step('accessToken', { name, method, path, body: () => body });

const NEW_EMAIL = 'lee.new@lakeside.example';

const account: Flow = {
  name: 'change of the e-mail address',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asUser('new address', 'POST', '/me/email', { email: NEW_EMAIL }),
    step('accessToken', {
      name: 'verify address',
      method: 'POST',
      path: '/me/email/verification',
      body: ({ code }) => ({ code }),
      before: (course) => readCode(course, NEW_EMAIL),
    }),
    asUser('sign out everywhere', 'POST', '/me/sign-out-everywhere'),
  ],
};

const administration: Flow = {
  name: 'administration',
  steps: [
    signedIn(ADA.email, 'SMS', ADA.phone),
    asUser('disable', 'PUT', '/admin/users/eemail/status', { status: 'DISABLED' }),
    asUser('enable', 'PUT', '/admin/users/eemail/status', { status: 'ENABLED' }),
    asUser('reset', 'POST', '/admin/users/eemail/registration-reset', {}),
  ],
};

const WHY = { reason: 'asked by phone' };

const atDesk = (
  name: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Step => ({
  name,
  take: (course) =>
    ask(course, name, {
      ...{ method, path: `/help-desk${path}`, body },
      token: course.kept.accessToken,
    }),
});

const helpDesk: Flow = {
  name: 'help desk',
  steps: [
    {
      name: 'sign in',
      async before({ machine, kept }) {
        kept.accessToken = (await new Employee(machine).signIn(HANA)).access_token;
      },
      take: async () => 'signed in',
    },
    atDesk('find', 'GET', `/users?email=${ERIN.email}`),
    atDesk('explain', 'GET', '/users/eemail/explanation'),
    atDesk('unlock', 'POST', '/users/eemail/unlock', WHY),
    atDesk('disable', 'PUT', '/users/eemail/status', { status: 'DISABLED', ...WHY }),
    atDesk('enable', 'PUT', '/users/eemail/status', { status: 'ENABLED', ...WHY }),
    atDesk('reset', 'POST', '/users/eemail/registration-reset', WHY),
  ],
};

export const FLOWS: readonly Flow[] = [
  signIn('SMS', PAT.email, PAT.phone),
  signIn('EMAIL', ERIN.email, ERIN.email),
  byCall,
  registrationByEmail,
  registrationByPhone,
  reset,
  provider,
  account,
  administration,
  helpDesk,
];

/** As at the start of the stack. */
export async function afresh(machine: Machine): Promise<Course> {
  await machine.local('POST', 'reset');
  return { machine, kept: {} };
}
