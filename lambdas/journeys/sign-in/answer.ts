/**
 * VerifyAuthChallenge's use case: judges one answer. True is said only for a completed proof; navigation and refusals
 * are false, and what they lead to is stored with the round for create. The same answer again returns the stored outcome.
 */
import type { Challenge } from '../../../contract/challenge-names.ts';
import { ANSWERS, type DeviceWishes } from '../../../contract/challenges.ts';
import { importKey } from '../../capabilities/devices/devices.rules.ts';
import { hmac } from '../../ground/platform/secrets.rules.ts';
import { answerCall } from './answer-call.ts';
import { answerCode } from './answer-code.ts';
import { answerDevice } from './answer-device.ts';
import { answerTerms } from './answer-terms.ts';
import { answerTicket } from './answer-ticket.ts';
import { type AnswerCollaborators, type Answering, refuse, remember } from './answering.ts';
import type { RoundState } from './flow.rules.ts';

export interface AnswerRequest {
  state: RoundState;
  /** Random, known to Cognito and us alone for this round; without it the hash of a code could be searched. */
  answerKey: string;
  /** The raw ANSWER. */
  answer: string;
  clientId: string;
}

/** Longest ANSWER that is read at all. */
const MAX_ANSWER_LENGTH = 4_096;

export async function answer(
  on: AnswerCollaborators,
  { state, answerKey, answer: text, clientId }: AnswerRequest,
): Promise<boolean> {
  const at: Answering = { on, state, hash: hmac(answerKey, text), clientId, now: on.now() };
  switch (state.challenge) {
    case 'REGISTRATION_INCOMPLETE':
      return false;
    case 'PROVE_DEVICE': {
      const proof = parseAnswer('PROVE_DEVICE', text);
      return proof === undefined ? false : answerDevice(at, proof);
    }
    case 'ACCEPT_TERMS': {
      const accepted = parseAnswer('ACCEPT_TERMS', text);
      return accepted === undefined
        ? refuse(at, 'ANSWER_INVALID')
        : answerTerms(at, accepted.acceptTerms);
    }
    case 'CHOOSE_FACTOR':
    case 'ENTER_CODE':
    case 'CONFIRM_CALL':
      return answerFactor(at, text);
  }
}

async function answerFactor(at: Answering, text: string): Promise<boolean> {
  const { challenge, open, factors = [] } = at.state;
  const given = parseAnswer(challenge as 'CHOOSE_FACTOR' | 'ENTER_CODE' | 'CONFIRM_CALL', text);
  if (given === undefined || ('rememberDevice' in given && !isRealKey(given.rememberDevice)))
    return refuse(at, 'ANSWER_INVALID');
  if ('ticket' in given) return answerTicket(at, given.ticket, given);
  if ('factor' in given) {
    return factors.includes(given.factor)
      ? remember(at, { outcome: 'REFUSED', wish: { kind: 'SEND', factor: given.factor } })
      : refuse(at, 'ANSWER_INVALID');
  }
  if ('resend' in given) {
    return open === undefined
      ? refuse(at, 'ANSWER_INVALID')
      : remember(at, { outcome: 'REFUSED', wish: { kind: 'SEND', factor: open.factor } });
  }
  if ('code' in given && open?.kind === 'CODE') return answerCode(at, open, given.code, given);
  if ('call' in given && open?.kind === 'CALL') return answerCall(at, open, given);
  return refuse(at, 'ANSWER_INVALID');
}

/** A key that is no point of the curve could never prove anything: better told than forgotten. */
function isRealKey(wish: DeviceWishes['rememberDevice']): boolean {
  return wish === undefined || importKey(wish.publicKey) !== undefined;
}

/** The answer in the challenge's own shape, or undefined. */
export function parseAnswer<C extends Challenge>(
  challenge: C,
  text: string,
): (typeof ANSWERS)[C]['_zod']['output'] | undefined {
  if (text.length > MAX_ANSWER_LENGTH) return undefined;
  try {
    const parsed = ANSWERS[challenge].safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as (typeof ANSWERS)[C]['_zod']['output']) : undefined;
  } catch {
    return undefined;
  }
}
