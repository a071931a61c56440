/**
 * Steps that flows of the drills share. Each request has an `Idempotency-Key`, as the browser's
 * client sends it.
 */
import { type Access, ROUTES, type RouteName } from '../../contract/routes.ts';
import type { Authenticator } from '../journeys/clients/authenticator.ts';
import type { BrowserDevice } from '../journeys/clients/browser-device.ts';
import { PASSWORD } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { arrived } from './arrived.ts';
import { type Course, outcomeOf, outcomeOfRound, type Step } from './flow.ts';

type Kept = Course['kept'];

/** A thing that a person of one course has, such as a key that never leaves it. */
function belonging<T>(): {
  of: (course: Course) => T;
  give: (course: Course, thing: T) => void;
} {
  const owned = new WeakMap<Course, T>();
  return {
    of(course) {
      const thing = owned.get(course);
      if (thing === undefined) throw new Error('This course has nothing of the kind yet.');
      return thing;
    },
    give: (course, thing) => void owned.set(course, thing),
  };
}

export const devices = belonging<BrowserDevice>();
export const authenticators = belonging<Authenticator>();

// Requests

interface Request {
  /** The parameters of the path. */
  at?: Record<string, string> | ((kept: Kept) => Record<string, string>);
  query?: Record<string, string> | ((kept: Kept) => Record<string, string>);
  body?: object | ((kept: Kept) => object);
  /** What the answer brings for later steps. */
  keeps?: (body: Record<string, unknown>) => Kept;
  before?: Step['before'];
}

/** The kept token that each kind of route takes. */
const TOKENS: Record<Access, string | undefined> = {
  PUBLIC: undefined,
  FLOW: 'flowToken',
  USER: 'accessToken',
  ADMIN: 'accessToken',
  HELP_DESK: 'accessToken',
};

const given = <T extends object>(value: T | ((kept: Kept) => T) | undefined, kept: Kept) =>
  typeof value === 'function' ? value(kept) : value;

/** A request of a route, with the token that the flow has kept for it. */
export function asks(name: string, route: RouteName, request: Request = {}): Step {
  const { before } = request;
  return {
    name,
    route,
    ...(before === undefined ? {} : { before }),
    take: (course) => ask(course, name, route, request),
  };
}

async function ask(
  { machine, kept }: Course,
  name: string,
  route: RouteName,
  { at, query, body, keeps }: Request,
): Promise<string> {
  const { method, path, access } = ROUTES[route];
  const parts = given(at, kept) ?? {};
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
    encodeURIComponent(parts[part] ?? 'missing'),
  );
  const search = new URLSearchParams(given(query, kept)).toString();
  const token = kept[TOKENS[access] ?? 'none'];
  const answer = await machine.api(
    method,
    search === '' ? filled : `${filled}?${search}`,
    given(body, kept),
    {
      ...(token === undefined ? {} : { token }),
      headers: { 'idempotency-key': `drill-${name.replaceAll(' ', '-')}` },
    },
  );
  const brought = (answer.body ?? {}) as Record<string, unknown>;
  for (const one of ['flowToken', 'ticket'])
    if (typeof brought[one] === 'string') kept[one] = brought[one];
  if (answer.status < 300) Object.assign(kept, keeps?.(brought));
  return outcomeOf(answer);
}

// Messages

/** Reads a message that this run has not read. */
async function readNew(
  { kept }: Course,
  name: string,
  look: () => Promise<string[]>,
): Promise<void> {
  const known = (kept.known ?? '').split(' ');
  const one = await arrived(async () => (await look()).find((text) => !known.includes(text)));
  kept[name] = one;
  kept.known = [...known, one].join(' ');
}

export const readCode = (course: Course, to: string): Promise<void> =>
  readNew(course, 'code', () => course.machine.codes(to));

/** Reads the link to a page of the portal, such as `register`. */
export const readLink = (course: Course, to: string, page = 'register'): Promise<void> =>
  readNew(course, 'link', async () =>
    (await course.machine.messages(to)).flatMap(
      ({ text }) => new RegExp(`/${page}#([\\w-]{43})`).exec(text)?.[1] ?? [],
    ),
  );

// Sign-in

function userOf({ machine, kept }: Course, email: string): PortalUser {
  const user = new PortalUser(machine, email);
  if (kept.session !== undefined) user.round = { parameters: {}, session: kept.session };
  return user;
}

/** A round that is refused leaves the session of the one before. */
function keep({ kept }: Course, { round }: PortalUser): string {
  if (round.session !== undefined) kept.session = round.session;
  for (const name of ['callId', 'options'])
    if (round.parameters[name] !== undefined) kept[name] = round.parameters[name];
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

/** An answer to the open challenge; terms that follow are a step of their own. */
export const answer = (
  name: string,
  email: string,
  answered: (course: Course) => unknown,
  before?: Step['before'],
): Step => ({
  name,
  startsOver: 'password',
  ...(before === undefined ? {} : { before }),
  async take(course) {
    const user = userOf(course, email);
    await user.answer(await answered(course));
    return keep(course, user);
  },
});

/**
 * A sign-in that begins with the address alone, because one refusal ends it: with the answer lost,
 * the person begins again.
 */
export const alone = (
  name: string,
  email: string | ((course: Course) => string),
  prove: (course: Course, nonce: string) => object | Promise<object>,
): Step => ({
  name,
  async take(course) {
    const user = new PortalUser(course.machine, typeof email === 'string' ? email : email(course));
    const { parameters, error } = await user.begin();
    if (error !== undefined) return error;
    await user.answer(await prove(course, parameters.nonce ?? ''));
    return keep(course, user);
  },
});

export const me = asks('me', 'getMe');

export const refresh: Step = {
  name: 'refresh',
  async take({ machine, kept }) {
    const fresh = await new PortalUser(machine, '').refresh(kept.refreshToken ?? '');
    return fresh.AuthenticationResult === undefined ? String(fresh.__type) : 'tokens';
  },
};

/** What comes before a flow, and is never under a fault. */
export const prepared = (name: string, before: (course: Course) => Promise<void>): Step => ({
  name,
  before,
  take: async () => 'done',
});

/** @param wish of a remembered browser, beside the code */
export async function signInAs(
  course: Course,
  email: string,
  [factor, to]: ['SMS' | 'EMAIL', string],
  wish?: Record<string, unknown>,
): Promise<void> {
  const { machine, kept } = course;
  const user = new PortalUser(machine, email);
  kept.accessToken = (await user.signIn(PASSWORD, factor, to, wish)).AccessToken;
  kept.known = (await machine.codes(to)).join(' ');
}

export const signedIn = (email: string, factor: 'SMS' | 'EMAIL', to: string): Step =>
  prepared('sign in', (course) => signInAs(course, email, [factor, to]));
