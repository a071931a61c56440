/**
 * Steps that flows of the drills share. Each request has an `Idempotency-Key`, as the browser's
 * client sends it.
 */
import { PASSWORD } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { arrived } from './arrived.ts';
import { type Course, outcomeOf, outcomeOfRound, type Step } from './flow.ts';

interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  token?: string | undefined;
}

/** A request of the HTTP API with a key of its step. It keeps the tokens of its answer. */
export async function ask(course: Course, step: string, asked: Asked): Promise<string> {
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
export async function readCode({ machine, kept }: Course, to: string): Promise<void> {
  const known = (kept.known ?? '').split(' ');
  const code = await arrived(async () =>
    (await machine.codes(to)).find((one) => !known.includes(one)),
  );
  kept.code = code;
  kept.known = [...known, code].join(' ');
}

// Sign-in

export function userOf({ machine, kept }: Course, email: string): PortalUser {
  const user = new PortalUser(machine, email);
  if (kept.session !== undefined) user.round = { parameters: {}, session: kept.session };
  return user;
}

/** A round that is refused leaves the session of the one before. */
export function keep({ kept }: Course, { round }: PortalUser): string {
  if (round.session !== undefined) kept.session = round.session;
  if (round.tokens !== undefined) {
    kept.accessToken = round.tokens.AccessToken;
    kept.refreshToken = round.tokens.RefreshToken;
  }
  return outcomeOfRound(round);
}

export const password = (email: string, secret = PASSWORD): Step => ({
  name: 'password',
  async take(course) {
    const user = userOf(course, email);
    await user.provePassword(secret);
    return keep(course, user);
  },
});

export const answer = (
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

export const me: Step = {
  name: 'me',
  take: (course) =>
    ask(course, 'me', { method: 'GET', path: '/me', token: course.kept.accessToken }),
};

export const refresh: Step = {
  name: 'refresh',
  async take({ machine, kept }) {
    const fresh = await new PortalUser(machine, '').refresh(kept.refreshToken ?? '');
    return fresh.AuthenticationResult === undefined ? String(fresh.__type) : 'tokens';
  },
};

// With a token

interface Described {
  name: string;
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body: (kept: Course['kept']) => unknown;
  before?: Step['before'];
}

/** A request with one of the tokens that the flow has kept. */
export const step = (credential: 'flowToken' | 'accessToken', described: Described): Step => {
  const { name, method, path, body, before } = described;
  return {
    name,
    ...(before === undefined ? {} : { before }),
    take: (course) =>
      ask(course, name, { method, path, body: body(course.kept), token: course.kept[credential] }),
  };
};

export const signedIn = (email: string, factor: 'SMS' | 'EMAIL', to: string): Step => ({
  name: 'sign in',
  async before({ machine, kept }) {
    const tokens = await new PortalUser(machine, email).signIn(PASSWORD, factor, to);
    kept.accessToken = tokens.AccessToken;
    kept.known = (await machine.codes(to)).join(' ');
  },
  take: async () => 'signed in',
});

export const asUser = (
  name: string,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Step => step('accessToken', { name, method, path, body: () => body });
