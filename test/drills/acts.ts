/** What people of the crowd may do next. */
import { type Answer, type Machine, PASSWORD } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { details } from '../journeys/clients/registrant.ts';
import { arrived, NothingArrived } from './arrived.ts';
import { BELONGING_ACTS } from './belonging-acts.ts';
import { ADMIN, IMPORTED_PASSWORD, type Member, NPI } from './crowd.ts';
import { outcomeOf, outcomeOfRound } from './flow.ts';
import {
  type Act,
  finish,
  inSession,
  looksAtMe,
  mistypes,
  newCode,
  PATIENCE_MS,
  provePassword,
  refreshes,
  type Scene,
  signsIn,
  signsInByCall,
} from './sign-in-acts.ts';

interface FlowAnswer {
  flowToken?: string;
  ticket?: string;
  reset?: { step: string };
}
const flowTokenOf = ({ body }: Answer): string => (body as FlowAnswer).flowToken ?? '';
const ticketOf = ({ body }: Answer): string | undefined => (body as FlowAnswer | undefined)?.ticket;
const stepOf = ({ body }: Answer): string | undefined => (body as FlowAnswer).reset?.step;

// What ends sessions

/** What an acknowledged act leaves of the earlier sessions. */
function endSessions(member: Member, { status }: Answer): void {
  if (status >= 300 || member.tokens === undefined) return;
  member.ended.push(member.tokens.access);
  delete member.tokens;
}

const signsOutEverywhere: Act = async ({ machine, member }) => {
  const access = member.tokens?.access ?? 'none';
  const answer = await machine.api('POST', '/me/sign-out-everywhere', undefined, access);
  endSessions(member, answer);
  return outcomeOf(answer);
};

const changesPassword: Act = async ({ machine, member, random }) => {
  const [currentPassword = ''] = member.passwords;
  const newPassword = `Quiet-Lantern-${random.below(1e6)}-Harbour`;
  member.passwords = [newPassword, ...member.passwords];
  const answer = await machine.api(
    'PUT',
    '/me/password',
    { currentPassword, newPassword },
    member.tokens?.access ?? 'none',
  );
  endSessions(member, answer);
  return outcomeOf(answer);
};

const resetsPassword: Act = async (scene) => {
  const { machine, member, random } = scene;
  const known = await machine.codes(member.email);
  const started = await machine.api('POST', '/password-resets', { email: member.email });
  if (started.status !== 201) return outcomeOf(started);
  const token = flowTokenOf(started);
  const step = (method: string, path: string, body: object): Promise<Answer> =>
    machine.api(method, `/password-resets/current${path}`, body, token);
  const code = await newCode(machine, member.email, known);
  let answer = await step('POST', '/email/verification', { code });
  if (answer.status !== 200) return outcomeOf(answer);
  if (stepOf(answer) !== 'SET_PASSWORD') {
    const texts = await machine.codes(member.phone);
    answer = await step('POST', '/phone', { channel: 'SMS' });
    if (answer.status >= 300) return outcomeOf(answer);
    const text = await newCode(machine, member.phone, texts);
    answer = await step('POST', '/phone/verification', { code: text });
    if (answer.status !== 200) return outcomeOf(answer);
  }
  const password = `Amber-Thicket-${random.below(1e6)}-Willow`;
  member.passwords = [password, ...member.passwords];
  answer = await step('PUT', '/password', { password });
  endSessions(member, answer);
  const ticket = ticketOf(answer);
  if (ticket === undefined) return outcomeOf(answer);
  member.passwords = [password];
  const user = await provePassword(scene);
  return finish(scene, user, { ticket });
};

// Registration

const LINK = /\/register#([\w-]{43})/;

async function linksTo(machine: Machine, to: string): Promise<string[]> {
  return (await machine.messages(to)).flatMap(({ text }) => LINK.exec(text)?.[1] ?? []);
}

const newLink = (machine: Machine, to: string, known: readonly string[]): Promise<string> =>
  arrived(
    async () => (await linksTo(machine, to)).find((one) => !known.includes(one)),
    PATIENCE_MS,
  );

/** Every step of an opened registration. */
async function registers(scene: Scene, opened: Answer): Promise<string> {
  const { machine, member, random } = scene;
  if (opened.status !== 201) return outcomeOf(opened);
  const flowToken = flowTokenOf(opened);
  const step = (method: string, path: string, body: object): Promise<Answer> =>
    machine.api(method, `/mfa-registrations/current${path}`, body, flowToken);
  const password = `Green-Meadow-${random.below(1e6)}-Bridge`;
  const verified = async (path: string, to: string, body: object): Promise<Answer> => {
    const known = await machine.codes(to);
    const sent = await step('POST', path, body);
    if (sent.status >= 300) return sent;
    return step('POST', `${path}/verification`, { code: await newCode(machine, to, known) });
  };
  const steps: (() => Promise<Answer>)[] = [
    () => step('PUT', '/method', { method: member.method }),
    () => verified('/email', member.email, { email: member.email }),
    () => {
      member.passwords = [password, ...member.passwords];
      return step('PUT', '/password', { password });
    },
  ];
  if (member.method === 'PHONE')
    steps.push(() =>
      verified('/phone', member.phone, { phoneNumber: member.phone, channel: 'SMS' }),
    );
  let answer = opened;
  for (const take of steps) {
    answer = await take();
    if (answer.status !== 200) return outcomeOf(answer);
  }
  const user = await provePassword(scene);
  return finish(scene, user, { ticket: ticketOf(answer) });
}

const registersByLink: Act = async (scene) => {
  const { machine, member } = scene;
  const known = await linksTo(machine, member.email);
  const asked = await machine.api('POST', '/registration-links', { username: member.username });
  if (asked.status >= 300) return outcomeOf(asked);
  const linkToken = await newLink(machine, member.email, known);
  return registers(scene, await machine.api('POST', '/mfa-registrations', { linkToken }));
};

const registersByPassword: Act = async (scene) => {
  const { machine, member } = scene;
  const { username } = member;
  const entry = { username, password: IMPORTED_PASSWORD };
  return registers(scene, await machine.api('POST', '/mfa-registrations', entry));
};

const registersAsNewcomer: Act = async (scene) => {
  const { machine, member } = scene;
  const entry = { npi: NPI, registrationCode: member.code };
  const started = await machine.api('POST', '/provider-registrations', entry);
  if (started.status !== 201) return outcomeOf(started);
  const { username, email, phone } = member;
  const account = details({ username, email, phone });
  const known = await linksTo(machine, email);
  const flowToken = flowTokenOf(started);
  const path = '/provider-registrations/current/account';
  const made = await machine.api('POST', path, account, flowToken);
  if (made.status >= 300) return outcomeOf(made);
  const linkToken = await newLink(machine, email, known);
  return registers(scene, await machine.api('POST', '/mfa-registrations', { linkToken }));
};

// An administrator, who acts on somebody of the crowd

const byAdmin =
  (method: string, path: string, body: object): Act =>
  async ({ machine, member }) => {
    const admin = new PortalUser(machine, ADMIN);
    await admin.provePassword(PASSWORD);
    const known = await machine.codes(ADMIN);
    await admin.answer({ factor: 'EMAIL' });
    if (admin.round.challenge !== 'ENTER_CODE') return outcomeOfRound(admin.round);
    await admin.answer({ code: await newCode(machine, ADMIN, known) });
    if (admin.round.tokens === undefined) return outcomeOfRound(admin.round);
    const access = admin.round.tokens.AccessToken;
    const answer = await machine.api(
      method,
      `/admin/users/${member.username}${path}`,
      body,
      access,
    );
    if (body !== ENABLED) endSessions(member, answer);
    return outcomeOf(answer);
  };

const ENABLED = { status: 'ENABLED' };
const DISABLED = { status: 'DISABLED' };

export const ADMIN_ACTS: Record<string, Act> = {
  'is reset by an admin': byAdmin('POST', '/registration-reset', { reason: 'Lost phone' }),
  'is disabled by an admin': byAdmin('PUT', '/status', DISABLED),
  'is enabled by an admin': byAdmin('PUT', '/status', ENABLED),
};

export const ACTS: Record<string, Act> = {
  'signs in': signsIn,
  'signs in by a call': signsInByCall,
  'mistypes a code': mistypes,
  refreshes: inSession(refreshes),
  'looks at me': inSession(looksAtMe),
  'signs out everywhere': inSession(signsOutEverywhere),
  'changes the password': inSession(changesPassword),
  'resets the password': resetsPassword,
  ...BELONGING_ACTS,
  'registers by a link': registersByLink,
  'registers by the portal login': registersByPassword,
  'registers as a newcomer': registersAsNewcomer,
};

/** The acts that a person of this kind takes. */
export function actsOf({ kind }: Member): string[] {
  const everybody = Object.keys(ACTS).filter((name) => !/portal login|newcomer/.test(name));
  if (kind === 'IMPORTED') return [...everybody, ...repeat('registers by the portal login')];
  return kind === 'NEW' ? [...everybody, ...repeat('registers as a newcomer')] : everybody;
}

/** Often enough to come to it. */
const repeat = (name: string): string[] => Array.from({ length: 8 }, () => name);

/** An act's end, also where what it waits for does not come. */
export async function ended(act: Act, scene: Scene): Promise<string> {
  try {
    return await act(scene);
  } catch (error) {
    if (error instanceof NothingArrived) return 'nothing arrived';
    throw error;
  }
}
