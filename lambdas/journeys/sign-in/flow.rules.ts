/** What we keep of a sign-in between its rounds, and what each round shows. */
import type { LoginMethod, SignInMethod } from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/masks.ts';
import type { Challenge } from '../../../contract/challenge-names.ts';
import type { ChallengeParameters, Reason, SignInFactor } from '../../../contract/challenges.ts';
import {
  type Account,
  destinationOf,
  factorsOf,
  liveSince,
  maskDestination,
  NOBODY,
  passkeyNeed,
} from '../../capabilities/accounts/account.rules.ts';
import type { Deniable, FlowReference } from '../../capabilities/calls/call.rules.ts';
import {
  type IssuedCode,
  RESEND_AFTER_MS,
  resendAt,
} from '../../capabilities/verification/codes.rules.ts';
import type { SentAt, Verification } from '../../capabilities/verification/verification.rules.ts';
import { HOUR_MS, type LimitWindow } from '../../ground/limits/limits.rules.ts';
import { lockOf } from '../../ground/limits/lockout.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import type { Answered, RightLeadsTo, Stamp, WrongLeadsTo } from './sign-in.rules.ts';

/** The version of the stored shape: a release reads its predecessor's, others are invalid. */
export const FLOW_VERSION = 1;
/** When a flow is forgotten; its challenges end with Cognito's session long before. */
export const FLOW_LIFE_MS = 60 * 60_000;

/** What the answer of a round asks create to do in the next one. */
export type Wish = { kind: 'SEND'; factor: SignInFactor } | { kind: 'REPEAT'; reason?: Reason };

/** A passkey that is asked for after a password. */
export interface OpenPasskey {
  kind: 'PASSKEY';
  factor: 'PASSKEY';
  challenge: string;
  /** JSON of the request options. */
  options: string;
}

/** A recovery code that is asked for. It was not sent, and is accepted while the flow is open. */
export interface OpenRecovery {
  kind: 'RECOVERY';
  factor: 'RECOVERY_CODE';
  code: Pick<IssuedCode, 'codeId' | 'attemptsLeft' | 'expiresAt'>;
}

/** What a sign-in waits for. */
export type SignInOpen = Verification | OpenPasskey | OpenRecovery;

/** COUNTED: a code was counted and is not judged yet. */
type AnswerOutcome = 'COUNTED' | 'REFUSED' | 'PROVED';

export interface StoredAnswer {
  round: number;
  hash: string;
  outcome: AnswerOutcome;
  /** Present where the count of this answer locks the account, if it turns out to be wrong. */
  locks?: true;
  wish?: Wish;
}

export interface SignInFlow extends Deniable {
  v: typeof FLOW_VERSION;
  accountId: string;
  epoch: number;
  answer: StoredAnswer;
  /** The open code, call or passkey; absent while a factor is to be chosen. */
  open?: SignInOpen;
  sentAt?: SentAt;
  /**
   * The send that create made last, and the round that it was for: a repeat of that round returns
   * the same.
   */
  sent?: SentRound;
  /** `factorAt`: when the factor was passed, which for a remembered device is long before. */
  proved?: { loginMethod: SignInMethod; at: number; factorAt: number };
}

export interface SentRound {
  round: number;
  at: number;
  presentation: Presentation;
  failed?: Presentation;
}

export const flowKey = (flowId: string) => ({ pk: `FLOW#${flowId}` });

/** Where a callee's 9 ends the flow. */
export function referenceOf(flowId: string): FlowReference {
  return { table: 'CHALLENGES', ...flowKey(flowId) };
}

/** The flow in a stored item, unless another release's shape is in it. */
export function flowOf(item: Record<string, unknown> | undefined): SignInFlow | undefined {
  return item?.v === FLOW_VERSION ? recordIn<SignInFlow>(item, 'pk', 'ttl') : undefined;
}

/** What create hands to verify through Cognito, out of the client's sight. */
export interface RoundState {
  flowId: string;
  round: number;
  challenge: Challenge;
  /** `nobody` if no account exists. */
  accountId: string;
  epoch: number;
  right: RightLeadsTo;
  method?: LoginMethod;
  /** When the oldest factor was passed of the sessions that may be alive. */
  sessionsSince?: number;
  /** Factors that may be chosen. */
  factors?: SignInFactor[];
  open?: SignInOpen;
  /** MACs of the unused recovery codes, where one is asked for. */
  recoveryCodes?: string[];
  passkeyEpoch?: number;
  /** Neither a ticket nor a remembered device is enough. */
  passkeyOnly?: true;
  /** Where the open code went: part of what it is bound to. */
  destination?: string;
  wrongAnswers?: LimitWindow;
  failuresInARow?: number;
  nonce?: string;
}

export interface Presentation {
  parameters: ChallengeParameters;
  state: RoundState;
  stamp: Stamp;
}

/** What a round is made from. */
export interface Round {
  flowId: string;
  round: number;
  account: Account;
  settings: FunctionSettings;
  now: number;
  /** The answer before; absent where none was given. */
  last?: Answered;
}

/** True if the account has accepted the terms in force. */
function hasAcceptedTerms(account: Account | undefined, settings: FunctionSettings): boolean {
  return account?.acceptedTermsVersion === settings.terms.version;
}

const iso = (ms: number) => new Date(ms).toISOString();

interface Shown {
  parameters: ChallengeParameters;
  right: RightLeadsTo;
  wrong: WrongLeadsTo;
  open?: SignInOpen;
  destination?: string;
}

function presentation(
  round: Round,
  { parameters, right, wrong, open, destination }: Shown,
): Presentation {
  const { flowId, account, settings } = round;
  const { challenge } = parameters;
  const { accountId, epoch, method, wrongAnswers, failuresInARow, passkeyEpoch } = account;
  return {
    parameters,
    stamp: { flowId, challenge, right, wrong },
    state: definite({
      flowId,
      round: round.round,
      challenge,
      right,
      accountId,
      epoch,
      method,
      wrongAnswers,
      failuresInARow,
      passkeyEpoch,
      destination,
      open: open?.kind === 'PASSKEY' ? { ...open, options: '' } : open,
      recoveryCodes: open?.kind === 'RECOVERY' ? account.recoveryCodes : undefined,
      factors: factorsOf(account, settings),
      passkeyOnly: isPasskeyOnly(account, settings),
      sessionsSince: sessionsSinceOf(round),
    }),
  };
}

function isPasskeyOnly(account: Account, settings: FunctionSettings): true | undefined {
  return passkeyNeed(account, settings) === 'BOUND' ? true : undefined;
}

function sessionsSinceOf({ account, settings, now }: Omit<Round, 'flowId' | 'round'>) {
  return liveSince(account, settings.sessionHours * HOUR_MS, now);
}

function proofLeadsTo({ account, settings }: Round): RightLeadsTo {
  return hasAcceptedTerms(account, settings) ? 'TOKENS' : 'TERMS';
}

/** ENROLLING, RESET or DISABLED: whatever is answered ends the flow. */
export function presentIncomplete(
  round: Round,
  status: 'ENROLLING' | 'RESET' | 'DISABLED',
): Presentation {
  const parameters = { challenge: 'REGISTRATION_INCOMPLETE', status } as const;
  return presentation(round, { parameters, right: 'NOTHING', wrong: 'END' });
}

/**
 * The factors to choose from. A locked account is shown them too, for its ticket; any other answer
 * ends the flow.
 */
export function presentFactors(round: Round, reason?: Reason): Presentation {
  const { account, settings, now } = round;
  const factors = factorsOf(account, settings);
  const lock = lockOf(account, settings.limits, now);
  const parameters = definite({
    challenge: 'CHOOSE_FACTOR' as const,
    factors: factors.join(','),
    maskedPhone: factors.includes('SMS') ? maskPhone(account.phone ?? '') : undefined,
    maskedEmail: maskEmail(account.email ?? ''),
    reason: lock === undefined ? reason : ('ACCOUNT_LOCKED' as const),
    lockedUntil: lock === undefined || lock.until === 'RESET' ? undefined : iso(lock.until),
  });
  // A passkey is asked for in spite of a lock; create closes the flow after any other answer.
  const goesOn = lock === undefined || factors.includes('PASSKEY');
  const wrong = goesOn ? 'AGAIN' : 'END';
  return presentation(round, { parameters, right: proofLeadsTo(round), wrong });
}

/** The open code or call. `closed` ends the flow with whatever is answered, the right code too. */
export function presentOpen(
  round: Round,
  open: SignInOpen,
  reason?: Reason,
  closed = false,
): Presentation {
  const right = closed ? 'NOTHING' : proofLeadsTo(round);
  const wrong = closed ? 'END' : 'AGAIN';
  if (open.kind === 'PASSKEY' || open.kind === 'RECOVERY') {
    const parameters = { ...unsentParameters(open, closed), ...definite({ reason }) };
    return presentation(round, { parameters, right, wrong, open });
  }
  const destination = destinationOf(round.account, open.factor);
  const shown = definite({ destination: maskDestination(open.factor, destination), reason });
  const parameters = { ...openParameters(open, closed), ...shown };
  return presentation(round, { parameters, right, wrong, open, destination });
}

function unsentParameters(open: OpenPasskey | OpenRecovery, closed: boolean) {
  if (open.kind === 'PASSKEY') return { challenge: 'USE_PASSKEY' as const, options: open.options };
  const { factor, code } = open;
  const attemptsLeft = String(closed ? 0 : Math.max(0, code.attemptsLeft));
  return { challenge: 'ENTER_CODE' as const, factor, attemptsLeft };
}

function openParameters(open: Verification, closed: boolean) {
  if (open.kind === 'CALL') {
    const { callId, sentAt, expiresAt, match } = open.call;
    return {
      challenge: 'CONFIRM_CALL' as const,
      callId,
      ...definite({ match }),
      expiresAt: iso(expiresAt),
      resendAt: iso(sentAt + RESEND_AFTER_MS),
    };
  }
  const { code, factor } = open;
  return {
    challenge: 'ENTER_CODE' as const,
    factor,
    expiresAt: iso(code.expiresAt),
    resendAt: iso(resendAt(code)),
    attemptsLeft: String(closed ? 0 : Math.max(0, code.attemptsLeft)),
  };
}

export function presentTerms(round: Round, termsUrl: string, reason?: Reason): Presentation {
  const termsVersion = round.settings.terms.version;
  const challenge = 'ACCEPT_TERMS' as const;
  const parameters = definite({ challenge, termsVersion, termsUrl, reason });
  return presentation(round, { parameters, right: 'TOKENS', wrong: 'AGAIN' });
}

/**
 * Known, unknown, disabled: everyone who comes without a password sees this, and one wrong answer
 * ends it.
 */
export function presentDevice(
  { flowId, round, settings, now }: Omit<Round, 'account'>,
  account: Account | undefined,
  nonce: string,
): Presentation {
  const right: RightLeadsTo = hasAcceptedTerms(account, settings) ? 'TOKENS' : 'TERMS';
  const { accountId = NOBODY, epoch = 0, method, passkeyEpoch } = account ?? {};
  const known = { accountId, epoch, method, passkeyEpoch };
  const challenge = 'PROVE_DEVICE' as const;
  return {
    parameters: { challenge, nonce },
    stamp: { flowId, challenge, right, wrong: 'END' },
    state: definite({
      flowId,
      round,
      challenge,
      right,
      nonce,
      ...known,
      passkeyOnly: account && isPasskeyOnly(account, settings),
      sessionsSince: account && sessionsSinceOf({ account, settings, now }),
    }),
  };
}
