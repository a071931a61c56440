/** What we keep of a sign-in between its rounds, and what each round shows. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/accounts.ts';
import type { Challenge } from '../../../contract/challenge-names.ts';
import type { ChallengeParameters, Factor, Reason } from '../../../contract/challenges.ts';
import {
  type Account,
  destinationOf,
  factorsOf,
  isLocked,
  maskDestination,
  type Window,
} from '../../capabilities/accounts/account.rules.ts';
import { RESEND_AFTER_MS, resendAt } from '../../capabilities/verification/codes.rules.ts';
import type { SentAt, Verification } from '../../capabilities/verification/verification.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { RightLeadsTo, Stamp, WrongLeadsTo } from './sign-in.rules.ts';

/** The version of the stored shape: a release reads its predecessor's, others are dead. */
export const FLOW_VERSION = 1;
/** A flow is forgotten after this long; its challenges die with Cognito's session long before. */
export const FLOW_LIFE_MS = 60 * 60_000;

/** What the answer of a round asks create to do in the next one. */
export type Wish = { kind: 'SEND'; factor: Factor } | { kind: 'REPEAT'; reason?: Reason };

/** COUNTED: a code was counted and is not judged yet. */
export type AnswerOutcome = 'COUNTED' | 'REFUSED' | 'PROVED';

export interface StoredAnswer {
  round: number;
  hash: string;
  outcome: AnswerOutcome;
  wish?: Wish;
}

export interface SignInFlow {
  v: typeof FLOW_VERSION;
  flowId: string;
  accountId: string;
  epoch: number;
  answer: StoredAnswer;
  /** The open code or call; absent while a factor is to be chosen. */
  open?: Verification;
  sentAt?: SentAt;
  /** The send that create made last, and the round that it was for: a repeat of that round returns the same. */
  sent?: { round: number; at: number; presentation: Presentation; failed?: Presentation };
  proved?: { loginMethod: LoginMethod; at: number };
  /** Set when the callee pressed 9, "I did not ask for this": the flow is over. */
  deniedAt?: number;
}

/** The flow in a stored item, unless another release's shape is in it. */
export function flowOf(item: Record<string, unknown> | undefined): SignInFlow | undefined {
  return item?.v === FLOW_VERSION ? (item as unknown as SignInFlow) : undefined;
}

/** What create hands to verify through Cognito, out of the client's sight. */
export interface RoundState {
  flowId: string;
  round: number;
  challenge: Challenge;
  accountId: string;
  epoch: number;
  right: RightLeadsTo;
  method?: LoginMethod;
  /** Factors that may be chosen. */
  factors?: Factor[];
  open?: Verification;
  /** Where the open code went: part of what it is bound to. */
  destination?: string;
  wrongAnswers?: Window;
  nonce?: string;
}

export interface Presentation {
  parameters: ChallengeParameters;
  state: RoundState;
  stamp: Stamp;
}

/** What a round stands on. */
export interface Round {
  flowId: string;
  round: number;
  account: Account;
  settings: FunctionSettings;
  now: number;
}

/** True if the account has accepted the terms in force. */
export function hasAcceptedTerms(
  account: Account | undefined,
  settings: FunctionSettings,
): boolean {
  return account?.acceptedTermsVersion === settings.terms.version;
}

const iso = (ms: number) => new Date(ms).toISOString();
const withReason = (reason: Reason | undefined) => (reason === undefined ? {} : { reason });

function presentation(
  round: Round,
  parameters: ChallengeParameters,
  right: RightLeadsTo,
  wrong: WrongLeadsTo,
  more: Partial<RoundState> = {},
): Presentation {
  const { flowId, account } = round;
  const { challenge } = parameters;
  const { accountId, epoch, method, wrongAnswers } = account;
  return {
    parameters,
    stamp: { flowId, challenge, right, wrong },
    state: {
      flowId,
      round: round.round,
      challenge,
      accountId,
      epoch,
      right,
      ...(method === undefined ? {} : { method }),
      ...(wrongAnswers === undefined ? {} : { wrongAnswers }),
      factors: factorsOf(account, round.settings.connect !== undefined),
      ...more,
    },
  };
}

function proofLeadsTo({ account, settings }: Round): RightLeadsTo {
  return hasAcceptedTerms(account, settings) ? 'TOKENS' : 'TERMS';
}

/** ENROLLING, RESET or DISABLED: whatever is answered ends the flow. */
export function presentIncomplete(
  round: Round,
  status: 'ENROLLING' | 'RESET' | 'DISABLED',
): Presentation {
  return presentation(round, { challenge: 'REGISTRATION_INCOMPLETE', status }, 'NOTHING', 'END');
}

/** The factors to choose from. A locked account is shown them too, for its ticket; any other answer ends the flow. */
export function presentFactors(round: Round, reason?: Reason): Presentation {
  const { account, settings, now } = round;
  const factors = factorsOf(account, settings.connect !== undefined);
  const parameters = {
    challenge: 'CHOOSE_FACTOR' as const,
    factors: factors.join(','),
    ...(factors.includes('SMS') ? { maskedPhone: maskPhone(account.phone ?? '') } : {}),
    maskedEmail: maskEmail(account.email ?? ''),
    ...withReason(reason),
  };
  return presentation(
    round,
    parameters,
    proofLeadsTo(round),
    isLocked(account, settings.limits, now) ? 'END' : 'AGAIN',
  );
}

/** The open code or call. `closed` ends the flow with whatever is answered. */
export function presentOpen(
  round: Round,
  open: Verification,
  reason?: Reason,
  closed = false,
): Presentation {
  const destination = destinationOf(round.account, open.factor);
  const shown = { destination: maskDestination(open.factor, destination), ...withReason(reason) };
  const parameters: ChallengeParameters =
    open.kind === 'CALL'
      ? {
          challenge: 'CONFIRM_CALL',
          callId: open.call.callId,
          expiresAt: iso(open.call.expiresAt),
          resendAt: iso(open.call.sentAt + RESEND_AFTER_MS),
          ...shown,
        }
      : {
          challenge: 'ENTER_CODE',
          factor: open.factor,
          expiresAt: iso(open.code.expiresAt),
          resendAt: iso(resendAt(open.code)),
          attemptsLeft: String(closed ? 0 : Math.max(0, open.code.attemptsLeft)),
          ...shown,
        };
  return presentation(round, parameters, proofLeadsTo(round), closed ? 'END' : 'AGAIN', {
    open,
    destination,
  });
}

export function presentTerms(round: Round, termsUrl: string, reason?: Reason): Presentation {
  const parameters = {
    challenge: 'ACCEPT_TERMS' as const,
    termsVersion: round.settings.terms.version,
    termsUrl,
    ...withReason(reason),
  };
  return presentation(round, parameters, 'TOKENS', 'AGAIN');
}

/** Known, unknown, disabled: everyone who comes without a password sees this, and one wrong answer ends it. */
export function presentDevice(
  round: Omit<Round, 'account'>,
  account: Account | undefined,
  nonce: string,
): Presentation {
  const { flowId } = round;
  const right = hasAcceptedTerms(account, round.settings) ? 'TOKENS' : 'TERMS';
  return {
    parameters: { challenge: 'PROVE_DEVICE', nonce },
    stamp: { flowId, challenge: 'PROVE_DEVICE', right, wrong: 'END' },
    state: {
      flowId,
      round: round.round,
      challenge: 'PROVE_DEVICE',
      accountId: account?.accountId ?? '',
      epoch: account?.epoch ?? 0,
      right,
      nonce,
    },
  };
}
