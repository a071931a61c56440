/**
 * How people of the crowd sign in, and what other acts need for that. An act says how it ended; it
 * throws where the answer was lost on its way.
 */
import { Callee } from '../journeys/clients/callee.ts';
import { type Machine, wrong } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { arrived } from './arrived.ts';
import type { Member } from './crowd.ts';
import { outcomeOf, outcomeOfRound } from './flow.ts';
import type { Random } from './random.ts';

/** Messages come at once, or after the fault that keeps them. */
export const PATIENCE_MS = 3_000;

export interface Scene {
  machine: Machine;
  member: Member;
  random: Random;
}

/** @returns how it ended, such as `tokens`, `200 SET_PASSWORD` or `nothing arrived` */
export type Act = (scene: Scene) => Promise<string>;

export const newCode = (machine: Machine, to: string, known: readonly string[]): Promise<string> =>
  arrived(async () => (await machine.codes(to)).find((one) => !known.includes(one)), PATIENCE_MS);

/** A password that is right, tried as a person tries the ones that they remember. */
export async function provePassword({ machine, member }: Scene): Promise<PortalUser> {
  const user = new PortalUser(machine, member.email);
  for (const password of [...member.passwords]) {
    await user.provePassword(password);
    if (user.round.error !== 'NotAuthorizedException') {
      if (user.round.error === undefined) member.passwords = [password];
      break;
    }
  }
  return user;
}

/** The last answer of a sign-in, which may bring tokens. */
export async function finish(scene: Scene, user: PortalUser, answer: unknown): Promise<string> {
  const { member } = scene;
  member.signIns.asked += 1;
  await user.answer(answer);
  if (user.round.challenge === 'ACCEPT_TERMS') {
    member.signIns.asked += 1;
    await user.acceptTerms();
  }
  const { tokens } = user.round;
  if (tokens !== undefined) {
    member.signIns.acknowledged += 1;
    member.tokens = { access: tokens.AccessToken, refresh: tokens.RefreshToken };
  }
  return outcomeOfRound(user.round);
}

export const signsIn: Act = async (scene) => {
  const { machine, member } = scene;
  const user = await provePassword(scene);
  if (user.round.challenge === undefined) return outcomeOfRound(user.round);
  const to = member.method === 'PHONE' ? member.phone : member.email;
  const known = await machine.codes(to);
  await user.answer({ factor: member.method === 'PHONE' ? 'SMS' : 'EMAIL' });
  if (user.round.challenge !== 'ENTER_CODE') return outcomeOfRound(user.round);
  return finish(scene, user, { code: await newCode(machine, to, known) });
};

export const mistypes: Act = async (scene) => {
  const { machine, member } = scene;
  const user = await provePassword(scene);
  const to = member.method === 'PHONE' ? member.phone : member.email;
  const known = await machine.codes(to);
  await user.answer({ factor: member.method === 'PHONE' ? 'SMS' : 'EMAIL' });
  if (user.round.challenge !== 'ENTER_CODE') return outcomeOfRound(user.round);
  const code = await newCode(machine, to, known);
  await user.answer({ code: wrong(code) });
  return user.round.challenge === 'ENTER_CODE'
    ? finish(scene, user, { code })
    : outcomeOfRound(user.round);
};

export const signsInByCall: Act = async (scene) => {
  const { machine, member } = scene;
  if (member.method === 'EMAIL') return signsIn(scene);
  const user = await provePassword(scene);
  await user.answer({ factor: 'CALL' });
  if (user.round.challenge !== 'CONFIRM_CALL') return outcomeOfRound(user.round);
  const phone = new Callee(machine, member.phone);
  await arrived(
    async () => (await phone.calls()).find(({ state }) => state === 'RINGING'),
    PATIENCE_MS,
  );
  await phone.answer();
  await phone.press(scene.random.one(['#', '#', '#', '9']));
  return finish(scene, user, { call: 'CONFIRMED' });
};

/** Signs in before most of the acts that need a session. */
export const inSession =
  (act: Act): Act =>
  async (scene) => {
    const { member, random } = scene;
    if (member.tokens !== undefined && random.below(3) === 0) return act(scene);
    const outcome = await signsIn(scene);
    return outcome === 'tokens' ? act(scene) : `sign-in: ${outcome}`;
  };

export const refreshes: Act = async ({ machine, member }) => {
  if (member.tokens === undefined) return 'no session';
  const fresh = await new PortalUser(machine, '').refresh(member.tokens.refresh);
  if (fresh.AuthenticationResult === undefined) return String(fresh.__type);
  member.tokens.access = fresh.AuthenticationResult.AccessToken;
  return 'tokens';
};

export const looksAtMe: Act = async ({ machine, member }) =>
  outcomeOf(await machine.api('GET', '/me', undefined, member.tokens?.access ?? 'none'));
