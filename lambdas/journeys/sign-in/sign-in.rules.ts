/**
 * The sign-in's state machine, as pure rules; `docs/flows/sign-in.md` is its chart.
 *
 * Cognito keeps the history of a sign-in and shows it to define and create. Create stamps every
 * custom challenge with its flow and with what an answer leads to; the client neither sees nor
 * writes stamps. Define reads the whole history against the rules below and issues tokens only
 * after a proof whose stamp says so.
 */
import { type Challenge, CHALLENGES, MAX_ROUNDS } from '../../../contract/challenge-names.ts';

/** What a right answer leads to. */
export type RightLeadsTo = 'TOKENS' | 'TERMS' | 'NOTHING';
/** What a refused answer or a navigation leads to. */
export type WrongLeadsTo = 'AGAIN' | 'END';

export interface Stamp {
  flowId: string;
  challenge: Challenge;
  right: RightLeadsTo;
  wrong: WrongLeadsTo;
}

/** A custom challenge that was answered, and whether the answer was right. */
export interface Answered {
  stamp: Stamp;
  right: boolean;
}

/** An entry of the history, as Cognito gives it. */
export interface HistoryEntry {
  challengeName: string;
  challengeResult: boolean;
  challengeMetadata?: string | null | undefined;
}

export type Decision =
  | { next: 'PASSWORD_VERIFIER' }
  | { next: 'CUSTOM_CHALLENGE' }
  | { next: 'TOKENS' }
  | { next: 'FAIL'; why: string };

const STAMP_VERSION = '1';

/** At most 100 bytes: Cognito keeps no more with certainty. */
export function writeStamp({ flowId, challenge, right, wrong }: Stamp): string {
  return [STAMP_VERSION, flowId, challenge, right, wrong].join('.');
}

/** The stamp in `metadata`, or undefined if we did not write it. */
export function readStamp(metadata: string | null | undefined): Stamp | undefined {
  const [version, flowId = '', challenge, right, wrong, ...rest] = (metadata ?? '').split('.');
  const known =
    version === STAMP_VERSION &&
    rest.length === 0 &&
    /^[A-Za-z0-9_-]{22}$/.test(flowId) &&
    CHALLENGES.includes(challenge as Challenge) &&
    ['TOKENS', 'TERMS', 'NOTHING'].includes(right ?? '') &&
    ['AGAIN', 'END'].includes(wrong ?? '');
  return known
    ? {
        flowId,
        challenge: challenge as Challenge,
        right: right as RightLeadsTo,
        wrong: wrong as WrongLeadsTo,
      }
    : undefined;
}

const FACTOR_CHALLENGES: readonly Challenge[] = [
  'CHOOSE_FACTOR',
  'USE_PASSKEY',
  'ENTER_CODE',
  'CONFIRM_CALL',
];
const FACTOR_ENTRIES: readonly Challenge[] = ['CHOOSE_FACTOR', 'REGISTRATION_INCOMPLETE'];

/** Which challenges may follow `before`; `undefined` is the start by password. */
function successors(before: Answered | undefined): readonly Challenge[] {
  if (before === undefined) return FACTOR_ENTRIES;
  const { stamp, right } = before;
  if (right) return stamp.right === 'TERMS' ? ['ACCEPT_TERMS', 'REGISTRATION_INCOMPLETE'] : [];
  if (stamp.wrong === 'END') return [];
  switch (stamp.challenge) {
    case 'CHOOSE_FACTOR':
    case 'USE_PASSKEY':
    case 'ENTER_CODE':
    case 'CONFIRM_CALL':
      return [...FACTOR_CHALLENGES, 'REGISTRATION_INCOMPLETE'];
    case 'ACCEPT_TERMS':
      return ['ACCEPT_TERMS', 'REGISTRATION_INCOMPLETE'];
    case 'PROVE_DEVICE':
    case 'REGISTRATION_INCOMPLETE':
      return [];
  }
}

/** Whether define lets `challenge` follow an answer. */
export function mayFollow(before: Answered | undefined, challenge: Challenge): boolean {
  return successors(before).includes(challenge);
}

const fail = (why: string): Decision => ({ next: 'FAIL', why });

/**
 * Decides what follows a history.
 * @param userNotFound whether Cognito has no such user: PROVE_DEVICE is then shown and refused as
 *   for anybody
 */
export function decide(history: readonly HistoryEntry[], userNotFound: boolean): Decision {
  const [first, second] = history;
  if (first === undefined) return { next: 'CUSTOM_CHALLENGE' };
  if (first.challengeName !== 'SRP_A') return followCustom(history, ['PROVE_DEVICE'], userNotFound);
  if (!first.challengeResult) return fail('SRP_A_REFUSED');
  if (second === undefined) return { next: 'PASSWORD_VERIFIER' };
  if (second.challengeName !== 'PASSWORD_VERIFIER' || !second.challengeResult)
    return fail('PASSWORD_NOT_PROVEN');
  if (userNotFound) return fail('USER_NOT_FOUND');
  return followCustom(history.slice(2), successors(undefined), userNotFound);
}

function followCustom(
  entries: readonly HistoryEntry[],
  beginnings: readonly Challenge[],
  userNotFound: boolean,
): Decision {
  if (entries.length > MAX_ROUNDS) return fail('TOO_MANY_ROUNDS');
  let allowed = beginnings;
  let before: Answered | undefined;
  for (const entry of entries) {
    const stamp =
      entry.challengeName === 'CUSTOM_CHALLENGE' ? readStamp(entry.challengeMetadata) : undefined;
    if (stamp === undefined) return fail('STAMP_MISSING');
    if (before !== undefined && stamp.flowId !== before.stamp.flowId) return fail('OTHER_FLOW');
    if (!allowed.includes(stamp.challenge)) return fail('STEP_OUT_OF_ORDER');
    if (entry.challengeResult && stamp.right === 'NOTHING') return fail('NOTHING_TO_PROVE');
    before = { stamp, right: entry.challengeResult };
    allowed = successors(before);
  }
  if (before?.right === true && before.stamp.right === 'TOKENS')
    return userNotFound ? fail('USER_NOT_FOUND') : { next: 'TOKENS' };
  return allowed.length === 0 ? fail('REFUSED') : { next: 'CUSTOM_CHALLENGE' };
}
