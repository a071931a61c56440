/**
 * VerifyAuthChallenge's use case: judges one answer. It is true only for a completed proof;
 * navigation and refusals are false, and what they lead to is stored with the round for create. The
 * same answer again returns the stored outcome.
 */
import type * as z from 'zod';
import type { Challenge } from '../../../contract/challenge-names.ts';
import {
  ANSWERS,
  type DeviceWishes,
  type Factor,
  OneTimeCode,
} from '../../../contract/challenges.ts';
import { recoveryCodeOf } from '../../../contract/recovery-code.ts';
import { importKey } from '../../capabilities/devices/devices.rules.ts';
import { hmac } from '../../ground/platform/secrets.rules.ts';
import { answerCall } from './answer-call.ts';
import { answerCode } from './answer-code.ts';
import { answerDevice } from './answer-device.ts';
import { answerPasskey, answerPasskeyAlone } from './answer-passkey.ts';
import { answerRecoveryCode } from './answer-recovery-code.ts';
import { answerTerms } from './answer-terms.ts';
import { answerTicket } from './answer-ticket.ts';
import { type AnswerDeps, type Attempt, refuse, remember } from './answering.ts';
import type { RoundState, SignInOpen } from './flow.rules.ts';

export interface AnswerRequest {
  state: RoundState;
  /**
   * Random, known to Cognito and us alone for this round; without it the hash of a code could be
   * searched.
   */
  answerKey: string;
  /** The raw ANSWER. */
  answer: string;
  clientId: string;
  /** What the client calls this sign-in; for the trail alone. */
  attemptId?: string | undefined;
}

/** Longest ANSWER that is read at all. */
const MAX_ANSWER_LENGTH = 4_096;

export async function answer(
  deps: AnswerDeps,
  { state, answerKey, answer: text, clientId, attemptId }: AnswerRequest,
): Promise<boolean> {
  const hash = hmac(answerKey, text);
  const attempt: Attempt = {
    deps,
    state,
    hash,
    clientId,
    attemptId,
    now: deps.now(),
  };
  switch (state.challenge) {
    case 'REGISTRATION_INCOMPLETE':
      return false;
    case 'PROVE_DEVICE':
      return answerWithoutPassword(attempt, text);
    case 'ACCEPT_TERMS': {
      const accepted = parseAnswer('ACCEPT_TERMS', text);
      return accepted === undefined
        ? refuse(attempt, 'ANSWER_INVALID')
        : answerTerms(attempt, accepted.acceptTerms);
    }
    case 'CHOOSE_FACTOR':
    case 'USE_PASSKEY':
    case 'ENTER_CODE':
    case 'CONFIRM_CALL':
      return answerFactor(attempt, state.challenge, text);
  }
}

/** One wrong answer ends the flow, whatever was wrong. */
async function answerWithoutPassword(attempt: Attempt, text: string): Promise<boolean> {
  const given = parseAnswer('PROVE_DEVICE', text);
  if (given === undefined || !hasRealKey(given)) return false;
  if ('passkey' in given) return answerPasskeyAlone(attempt, given.passkey);
  return 'ticket' in given
    ? answerTicket(attempt, given.ticket, given)
    : answerDevice(attempt, given);
}

async function answerFactor(
  attempt: Attempt,
  challenge: 'CHOOSE_FACTOR' | 'USE_PASSKEY' | 'ENTER_CODE' | 'CONFIRM_CALL',
  text: string,
): Promise<boolean> {
  const { open, factors = [], right } = attempt.state;
  // The flow is closed: its code or call may be right, and proves nothing any more.
  if (right === 'NOTHING') return false;
  const given = parseAnswer(challenge, text);
  if (given === undefined || !hasRealKey(given)) return refuse(attempt, 'ANSWER_INVALID');
  if ('ticket' in given) return answerTicket(attempt, given.ticket, given);
  if ('code' in given) return answerTyped(attempt, given.code, given);
  if ('passkey' in given)
    return open?.kind === 'PASSKEY'
      ? answerPasskey(attempt, given.passkey, open.challenge)
      : refuse(attempt, 'ANSWER_INVALID');
  if ('call' in given && open?.kind === 'CALL') return answerCall(attempt, open, given);
  const factor = 'factor' in given ? given.factor : 'resend' in given ? sentBy(open) : undefined;
  return factor !== undefined && factors.includes(factor)
    ? remember(attempt, { outcome: 'REFUSED', wish: { kind: 'SEND', factor } })
    : refuse(attempt, 'ANSWER_INVALID');
}

/** What was sent can be sent again. */
function sentBy(open: SignInOpen | undefined): Factor | undefined {
  return open?.kind === 'CODE' || open?.kind === 'CALL' ? open.factor : undefined;
}

/** A code that was sent has six digits, a recovery code has a form of its own. */
async function answerTyped(
  attempt: Attempt,
  typed: string,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { open } = attempt.state;
  const recoveryCode = recoveryCodeOf(typed);
  if (open?.kind === 'CODE' && OneTimeCode.safeParse(typed).success)
    return answerCode(attempt, open, typed, wishes);
  if (open?.kind === 'RECOVERY' && recoveryCode !== undefined)
    return answerRecoveryCode(attempt, open, recoveryCode, wishes);
  return refuse(attempt, 'ANSWER_INVALID');
}

/**
 * A key that is not a point of the curve could never prove anything: it is refused and not stored.
 */
function hasRealKey(given: object): boolean {
  const { rememberDevice } = given as DeviceWishes;
  return rememberDevice === undefined || importKey(rememberDevice.publicKey) !== undefined;
}

type AnswerTo<C extends Challenge> = z.output<(typeof ANSWERS)[C]>;

/** The answer in the challenge's own shape, or undefined. */
function parseAnswer<C extends Challenge>(challenge: C, text: string): AnswerTo<C> | undefined {
  if (text.length > MAX_ANSWER_LENGTH) return undefined;
  try {
    const parsed = ANSWERS[challenge].safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as AnswerTo<C>) : undefined;
  } catch {
    return undefined;
  }
}
