/** CreateAuthChallenge's use case: what the next round shows, and the send that it may take. */
import type { Reason } from '../../../contract/challenges.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { destinationOf, isLocked } from '../../capabilities/accounts/account.rules.ts';
import type { Dispatch, Dispatcher } from '../../capabilities/verification/dispatch.ts';
import { callIdOf, isTooSoon } from '../../capabilities/verification/verification.rules.ts';
import { DeliveryFailed } from '../../capabilities/messages/delivery-failed.rules.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import {
  absent,
  below,
  type Change,
  type Clause,
  either,
  is,
} from '../../ground/platform/expressions.rules.ts';
import type { Limit, Limited } from '../../ground/limits/limits.rules.ts';
import { randomId } from '../../ground/platform/random.ts';
import {
  presentDevice,
  presentFactors,
  presentIncomplete,
  presentOpen,
  presentTerms,
  type Presentation,
  type Round,
  type SignInFlow,
} from './flow.rules.ts';
import type { Stamp } from './sign-in.rules.ts';

export interface PresentCollaborators {
  accounts: {
    get(accountId: string): Promise<Account | undefined>;
    change(account: Account, changes: Change, ...when: Clause[]): Write;
    holds(account: Account, ...when: Clause[]): Write;
  };
  flows: {
    get(flowId: string): Promise<SignInFlow | undefined>;
    load(
      flowId: string,
      accountId: string,
    ): Promise<{ flow: SignInFlow | undefined; account: Account | undefined }>;
    change(flowId: string, answeredRound: number, changes: Change, ...when: Clause[]): Write;
  };
  limits: {
    count(limits: readonly Limit[], now: number, writes?: readonly Write[]): Promise<Limited>;
  };
  audit: { write(event: AuditEvent, now: number): Write };
  dispatcher: Dispatcher;
  /** Where the stage has voice: ends a call that a switch leaves behind. */
  calls: { endById(callId: string): Promise<void> } | undefined;
  commit(writes: readonly Write[]): Promise<{ done: boolean }>;
  settings: FunctionSettings;
  termsUrl: string;
  now(): number;
  sleep(ms: number): Promise<void>;
}

export interface PresentRequest {
  /** The `custom:account_id` that Cognito keeps; undefined where it knows no such user. */
  accountId: string | undefined;
  /** Cognito's `session.length`. */
  round: number;
  /** The last custom challenge of the history and whether its answer was right. */
  last: { stamp: Stamp; right: boolean } | undefined;
}

/** A repeat of a round that sends waits this long for the outcome of the first. */
const SEND_SETTLES_MS = 2_200;
const POLL_MS = 100;
/** An id that no account has: unknown users cost the same read as known ones. */
const NOBODY = 'nobody';

export async function present(
  on: PresentCollaborators,
  { accountId, round: number, last }: PresentRequest,
): Promise<Presentation> {
  const { settings } = on;
  const now = on.now();
  if (number === 0) {
    const account = await on.accounts.get(accountId ?? NOBODY);
    return presentDevice({ flowId: randomId(), round: number, settings, now }, account, randomId());
  }
  if (last === undefined) {
    const account = existing(await on.accounts.get(accountId ?? NOBODY), accountId);
    return presentBeginning({ flowId: randomId(), round: number, account, settings, now });
  }
  const { flow, account } = await on.flows.load(last.stamp.flowId, accountId ?? NOBODY);
  if (flow === undefined)
    throw new Error(`Flow ${last.stamp.flowId} is gone: the sign-in starts over.`);
  return presentNext(
    on,
    { flowId: flow.flowId, round: number, account: existing(account, accountId), settings, now },
    flow,
  );
}

function existing(account: Account | undefined, accountId: string | undefined): Account {
  if (account === undefined)
    throw new Error(
      `Cognito knows account ${accountId ?? '(none)'}, the Accounts table does not: restore it (docs/runbook.md).`,
    );
  return account;
}

function presentBeginning(round: Round): Presentation {
  return incomplete(round) ?? presentFactors(round);
}

function incomplete(round: Round): Presentation | undefined {
  const { status } = round.account;
  if (status === 'ACTIVE') return undefined;
  return presentIncomplete(
    round,
    status === 'DISABLED' || status === 'ENROLLING' ? status : 'RESET',
  );
}

async function presentNext(
  on: PresentCollaborators,
  round: Round,
  flow: SignInFlow,
): Promise<Presentation> {
  const { account, settings, now } = round;
  const wish = flow.answer.round === round.round - 1 ? flow.answer.wish : undefined;
  const dead = incomplete(round);
  if (dead !== undefined) return dead;
  if (account.epoch !== flow.epoch) return presentClosed(round, flow, 'CODE_EXPIRED');
  if (flow.deniedAt !== undefined) return presentClosed(round, flow, 'CALL_NOT_CONFIRMED');
  if (flow.proved !== undefined)
    return presentTerms(round, on.termsUrl, wish?.kind === 'REPEAT' ? wish.reason : undefined);
  if (isLocked(account, settings.limits, now))
    return presentClosed(round, flow, 'TOO_MANY_ATTEMPTS');
  if (wish?.kind === 'SEND') return send(on, round, flow, wish.factor);
  return presentAsIs(round, flow, wish?.reason);
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

async function send(
  on: PresentCollaborators,
  round: Round,
  flow: SignInFlow,
  factor: 'SMS' | 'CALL' | 'EMAIL',
): Promise<Presentation> {
  const { account, now, flowId } = round;
  if (flow.sent?.round === round.round) return settled(on, flowId, flow.sent);
  if (isTooSoon(flow.sentAt ?? {}, factor, now)) return presentAsIs(round, flow, 'RESEND_TOO_SOON');
  const binding = {
    purpose: 'SIGN_IN' as const,
    flowId,
    accountId: account.accountId,
    destination: destinationOf(account, factor),
  };
  const dispatch = await on.dispatcher.prepare({
    binding,
    factor,
    budget: 'AFTER_PASSWORD',
    epoch: account.epoch,
    now,
  });
  const shown = presentOpen(round, dispatch.open);
  const counted = await on.limits.count(dispatch.limits, now, [
    claim(on, round, flow, dispatch, shown),
    on.accounts.holds(account, is('status', 'ACTIVE')),
    on.audit.write(
      {
        accountId: account.accountId,
        event: factor === 'CALL' ? 'CALL_PLACED' : 'CODE_SENT',
        outcome: factor,
        flowId,
        actor: 'SELF',
      },
      now,
    ),
    ...dispatch.writes,
  ]);
  if (counted.outcome === 'EXHAUSTED') return presentAsIs(round, flow, 'SEND_LIMIT');
  if (counted.outcome === 'REFUSED') return again(on, round);
  return deliver(on, round, flow, dispatch, shown);
}

/** The round is claimed by one conditional write: of two calls for the same round one sends, the other waits for it. */
function claim(
  on: PresentCollaborators,
  { flowId, round, now }: Round,
  flow: SignInFlow,
  { open }: Dispatch,
  presentation: Presentation,
): Write {
  const sentAt = { ...flow.sentAt, [open.factor]: now };
  const sent = { round, at: now, presentation };
  return on.flows.change(
    flowId,
    round - 1,
    { set: { open, sentAt, sent } },
    either(absent('sent'), below('sent.round', round)),
  );
}

/** Something changed under us: another call of this trigger sends, or the account was reset. Look again. */
async function again(on: PresentCollaborators, round: Round): Promise<Presentation> {
  const { flow, account } = await on.flows.load(round.flowId, round.account.accountId);
  if (flow === undefined || account === undefined)
    throw new Error(`Flow ${round.flowId} is gone: the sign-in starts over.`);
  return presentNext(on, { ...round, account }, flow);
}

async function deliver(
  on: PresentCollaborators,
  round: Round,
  flow: SignInFlow,
  dispatch: Dispatch,
  shown: Presentation,
): Promise<Presentation> {
  try {
    await dispatch.deliver();
    const former = callIdOf(flow.open);
    if (former !== undefined) await on.calls?.endById(former);
    return shown;
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
  }
  const failed = presentAsIs(round, flow, 'DELIVERY_FAILED');
  const { accountId } = round.account;
  await on.commit([
    on.flows.change(
      round.flowId,
      round.round - 1,
      restore(flow, failed),
      is('sent.round', round.round),
    ),
    on.audit.write(
      {
        accountId,
        event: 'CODE_SENT',
        outcome: 'DELIVERY_FAILED',
        flowId: round.flowId,
        actor: 'SELF',
      },
      round.now,
    ),
  ]);
  return failed;
}

/** What was open before the send that failed is open again. */
function restore(flow: SignInFlow, failed: Presentation): Change {
  const set = {
    'sent.failed': failed,
    ...(flow.open === undefined ? {} : { open: flow.open }),
    ...(flow.sentAt === undefined ? {} : { sentAt: flow.sentAt }),
  };
  const remove = [
    ...(flow.open === undefined ? ['open'] : []),
    ...(flow.sentAt === undefined ? ['sentAt'] : []),
  ];
  return { set, remove };
}

async function settled(
  on: PresentCollaborators,
  flowId: string,
  sent: NonNullable<SignInFlow['sent']>,
): Promise<Presentation> {
  let latest = sent;
  while (latest.failed === undefined && on.now() < latest.at + SEND_SETTLES_MS) {
    await on.sleep(POLL_MS);
    latest = (await on.flows.get(flowId))?.sent ?? latest;
  }
  return latest.failed ?? latest.presentation;
}
