/** CreateAuthChallenge's use case: what the next round shows, and the send that it may take. */
import type { Factor, Reason, SignInFactor } from '../../../contract/challenges.ts';
import { DEFAULT_LANGUAGE } from '../../../contract/languages.ts';
import {
  type Account,
  destinationOf,
  hasBounced,
  NOBODY,
} from '../../capabilities/accounts/account.rules.ts';
import { WHILE_ACTIVE } from '../../capabilities/accounts/account.transitions.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import {
  type SendDeps,
  type SendOutcome,
  sendVerification,
} from '../../capabilities/verification/send.ts';
import { CODE_ATTEMPTS } from '../../capabilities/verification/codes.rules.ts';
import {
  callIdOf,
  isTooSoon,
  type Verification,
} from '../../capabilities/verification/verification.rules.ts';
import { relyingPartyOf, requestOptions } from '../../capabilities/passkeys/passkeys.rules.ts';
import type { PasskeysPort } from '../../capabilities/passkeys/passkeys.port.ts';
import { lockOf } from '../../ground/limits/lockout.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { randomId, randomSecret } from '../../ground/platform/random.ts';
import {
  FLOW_LIFE_MS,
  type OpenPasskey,
  type OpenRecovery,
  type Presentation,
  presentDevice,
  presentFactors,
  presentIncomplete,
  presentOpen,
  presentTerms,
  referenceOf,
  type Round,
  type SentRound,
  type SignInFlow,
  type Wish,
} from './flow.rules.ts';
import { claimSend, openUnsent, undoSend } from './flow.transitions.ts';
import type { SignInFlowsPort } from './flows.port.ts';
import { type Answered, mayFollow } from './sign-in.rules.ts';

export interface PresentDeps extends SendDeps {
  passkeys: Pick<PasskeysPort, 'list'>;
  accounts: Pick<AccountsPort, 'get' | 'holds'>;
  flows: SignInFlowsPort;
  settings: FunctionSettings;
  termsUrl: string;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

export interface PresentRequest {
  /** The `custom:account_id` that Cognito keeps; undefined where it has no such user. */
  accountId: string | undefined;
  /** Cognito's `session.length`. */
  round: number;
  /** The last custom challenge of the history. */
  last: Answered | undefined;
}

/** A repeat of a round that sends waits this long for the outcome of the first. */
const SEND_SETTLES_MS = 2_200;
const POLL_MS = 100;

export async function present(
  deps: PresentDeps,
  { accountId = NOBODY, round: number, last }: PresentRequest,
): Promise<Presentation> {
  const { settings } = deps;
  const now = deps.now();
  if (number === 0) {
    const account = await deps.accounts.get(accountId);
    return presentDevice({ flowId: randomId(), round: number, settings, now }, account, randomId());
  }
  if (last === undefined) {
    const account = existing(await deps.accounts.get(accountId), accountId);
    const round = { flowId: randomId(), round: number, account, settings, now };
    return incomplete(round) ?? presentFactors(round);
  }
  const { flow, account } = await deps.flows.load(last.stamp.flowId, accountId);
  if (flow === undefined) throw goneError(last.stamp.flowId);
  const { flowId } = flow;
  const found = existing(account, accountId);
  const round = { flowId, round: number, account: found, settings, now, last };
  return presentNext(deps, round, flow);
}

function goneError(flowId: string): Error {
  return new Error(`Flow ${flowId} is gone: the sign-in starts over.`);
}

function existing(account: Account | undefined, accountId: string): Account {
  if (account === undefined)
    throw new Error(
      `Account ${accountId} has a user in Cognito but no item in the table Accounts. Restore the ` +
        `item (docs/runbook.md, One person's account is damaged).`,
    );
  return account;
}

function incomplete(round: Round): Presentation | undefined {
  const { status } = round.account;
  if (status === 'ACTIVE') return undefined;
  const isNamed = status === 'DISABLED' || status === 'ENROLLING';
  return presentIncomplete(round, isNamed ? status : 'RESET');
}

async function presentNext(
  deps: PresentDeps,
  round: Round,
  flow: SignInFlow,
): Promise<Presentation> {
  const { account, settings, now } = round;
  const wish = flow.answer.round === round.round - 1 ? flow.answer.wish : undefined;
  const reason = wish?.kind === 'REPEAT' ? wish.reason : undefined;
  const dead = incomplete(round);
  if (dead !== undefined) return dead;
  if (account.epoch !== flow.epoch) return presentClosed(round, flow, 'CODE_EXPIRED');
  if (flow.deniedAt !== undefined) return presentClosed(round, flow, 'CALL_NOT_CONFIRMED');
  if (flow.proved !== undefined)
    return mayFollow(round.last, 'ACCEPT_TERMS')
      ? presentTerms(round, deps.termsUrl, reason)
      : presentClosed(round, flow, 'CODE_EXPIRED');
  if (lockOf(account, settings.limits, now) !== undefined && !isPasskeyAsked(flow, wish))
    return presentClosed(round, flow, 'TOO_MANY_ATTEMPTS');
  if (wish?.kind === 'SEND') return askFor(deps, round, flow, wish.factor);
  return presentAsIs(round, flow, reason);
}

/** No limit stops a passkey. */
function isPasskeyAsked({ open }: SignInFlow, wish: Wish | undefined): boolean {
  return wish?.kind === 'SEND' ? wish.factor === 'PASSKEY' : open?.kind === 'PASSKEY';
}

function presentAsIs(round: Round, flow: SignInFlow, reason?: Reason): Presentation {
  return flow.open === undefined
    ? presentFactors(round, reason)
    : presentOpen(round, flow.open, reason);
}

/** The flow is over and says why; whatever is answered, define ends it. */
function presentClosed(round: Round, flow: SignInFlow, reason: Reason): Presentation {
  if (flow.open !== undefined) return presentOpen(round, flow.open, reason, true);
  const shown = presentFactors(round, reason);
  return { ...shown, stamp: { ...shown.stamp, wrong: 'END' } };
}

async function askFor(
  deps: PresentDeps,
  round: Round,
  flow: SignInFlow,
  factor: SignInFactor,
): Promise<Presentation> {
  return factor === 'PASSKEY' || factor === 'RECOVERY_CODE'
    ? askUnsent(deps, round, flow, factor)
    : send(deps, round, flow, factor);
}

async function askUnsent(
  deps: PresentDeps,
  round: Round,
  flow: SignInFlow,
  factor: 'PASSKEY' | 'RECOVERY_CODE',
): Promise<Presentation> {
  const { account, flowId, now } = round;
  if (flow.sent?.round === round.round) return flow.sent.presentation;
  const open = factor === 'PASSKEY' ? await passkeyFor(deps, account) : recoveryCodeFor(now);
  const presentation = presentOpen(round, open);
  const sent = { round: round.round, at: now, presentation };
  const result = await deps.commit([
    deps.flows.apply(flowId, openUnsent(open, sent)),
    deps.accounts.holds(account, WHILE_ACTIVE),
  ]);
  if (!result.done) return lookAgain(deps, round);
  const former = callIdOf(sentIn(flow));
  if (former !== undefined) await deps.desk?.endById(former);
  return presentation;
}

async function passkeyFor(deps: PresentDeps, account: Account): Promise<OpenPasskey> {
  const challenge = randomSecret();
  const relyingParty = relyingPartyOf(deps.settings);
  const passkeys = await deps.passkeys.list(account);
  const options = JSON.stringify(requestOptions(relyingParty, challenge, passkeys));
  return { kind: 'PASSKEY', factor: 'PASSKEY', challenge, options };
}

function recoveryCodeFor(now: number): OpenRecovery {
  const code = {
    codeId: randomId(),
    attemptsLeft: CODE_ATTEMPTS,
    expiresAt: now + FLOW_LIFE_MS,
  };
  return { kind: 'RECOVERY', factor: 'RECOVERY_CODE', code };
}

/** What is open and was sent. */
function sentIn({ open }: SignInFlow): Verification | undefined {
  return open?.kind === 'CODE' || open?.kind === 'CALL' ? open : undefined;
}

async function send(
  deps: PresentDeps,
  round: Round,
  flow: SignInFlow,
  factor: Factor,
): Promise<Presentation> {
  const { account, now, flowId } = round;
  const { accountId, epoch } = account;
  if (flow.sent?.round === round.round) return settled(deps, flowId, flow.sent);
  if (isTooSoon(flow.sentAt ?? {}, factor, now)) return presentAsIs(round, flow, 'RESEND_TOO_SOON');
  const destination = destinationOf(account, factor);
  const failed = presentAsIs(round, flow, 'DELIVERY_FAILED');
  if (factor === 'EMAIL' && hasBounced(account, destination, now)) return failed;
  const outcome = await sendVerification(deps, {
    binding: { purpose: 'SIGN_IN', flowId, accountId, destination },
    factor,
    lane: 'SIGN_IN',
    language: account.language ?? DEFAULT_LANGUAGE,
    flow: referenceOf(flowId),
    epoch,
    now,
    former: sentIn(flow),
    outcome: factor,
    step: (open) => [
      deps.flows.apply(flowId, claimSend(flow, open, sentRound(round, open))),
      deps.accounts.holds(account, WHILE_ACTIVE),
    ],
    undo: () => [deps.flows.apply(flowId, undoSend(flow, round.round, failed))],
  });
  return shown(deps, round, flow, outcome);
}

function sentRound(round: Round, open: Verification): SentRound {
  return { round: round.round, at: round.now, presentation: presentOpen(round, open) };
}

async function shown(
  deps: PresentDeps,
  round: Round,
  flow: SignInFlow,
  outcome: SendOutcome,
): Promise<Presentation> {
  if ('sent' in outcome) return presentOpen(round, outcome.sent);
  if (outcome.refused !== 'CHANGED') return presentAsIs(round, flow, outcome.refused);
  return lookAgain(deps, round);
}

/** Something changed meanwhile: another call of this trigger sends, or the account was reset. */
async function lookAgain(deps: PresentDeps, round: Round): Promise<Presentation> {
  const now = await deps.flows.load(round.flowId, round.account.accountId);
  if (now.flow === undefined || now.account === undefined) throw goneError(round.flowId);
  return presentNext(deps, { ...round, account: now.account }, now.flow);
}

async function settled(deps: PresentDeps, flowId: string, sent: SentRound): Promise<Presentation> {
  let latest = sent;
  while (latest.failed === undefined && deps.now() < latest.at + SEND_SETTLES_MS) {
    await deps.sleep(POLL_MS);
    latest = (await deps.flows.get(flowId))?.sent ?? latest;
  }
  return latest.failed ?? latest.presentation;
}
