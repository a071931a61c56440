/**
 * The flow of a change: found by the account, opened anew if none is open, and carried out by the
 * state machine that registrations and resets use.
 */
import type { Channel, ChangeStarted } from '../../../contract/flows.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Me } from '../../../contract/portal.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { openChange } from '../../capabilities/accounts/owner.transitions.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { standingOf, viewOf } from '../../capabilities/token-flows/token-flow.rules.ts';
import { isLastRequest, takeOnce } from '../../capabilities/token-flows/repeats.ts';
import {
  beginFlow,
  callOf,
  type Opened,
  OUT_OF_ORDER,
  sendForFlow,
  type Source,
  type StepRefusal,
  type TokenFlowDeps,
} from '../../capabilities/token-flows/token-flow.ts';
import type { Step } from '../../capabilities/token-flows/token-flow.transitions.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { Limit } from '../../ground/limits/limits.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { MyChange } from './change.rules.ts';
import { meOf } from './me.ts';

export interface ChangeDeps<F extends MyChange> extends TokenFlowDeps<F> {
  accounts: Pick<AccountsPort, 'get' | 'apply'>;
  settings: FunctionSettings;
}

export interface Asker {
  account: Account;
  source: Source;
  /** Of the page, for whoever has not chosen one. */
  language?: Language | undefined;
  /** By which a repeat of the request is known, if it may be repeated. */
  requestId?: string | undefined;
}

/** A flow of a change, with the account that it is of. */
export type OpenChange<F extends MyChange> = Opened<F> & { account: Account };

/** The last flow of the account, open or over, if it has one. */
async function lastChange<F extends MyChange>(
  deps: Pick<ChangeDeps<F>, 'flows' | 'now'>,
  { account, source, requestId }: Asker,
  tokenHash: string | undefined,
): Promise<OpenChange<F> | undefined> {
  const flow = tokenHash === undefined ? undefined : await deps.flows.get(tokenHash);
  return flow && { flow, account, source, now: deps.now(), requestId };
}

const isOpen = <F extends MyChange>({ flow, account, now }: OpenChange<F>) =>
  standingOf(flow, account, now) === 'LIVE';

/**
 * The step that ends the open flow of the account.
 * @param tokenHash of the flow
 * @returns what the account is then; the same where the request comes again
 */
export async function finishChange<F extends MyChange>(
  deps: Pick<ChangeDeps<F>, 'flows' | 'accounts' | 'now'>,
  asker: Asker,
  tokenHash: string | undefined,
  take: (opened: OpenChange<F>) => Promise<Me | StepRefusal>,
): Promise<Me | StepRefusal> {
  return takeOnce<F, OpenChange<F>, Me>(asker.requestId, {
    open: async () => (await lastChange(deps, asker, tokenHash)) ?? OUT_OF_ORDER,
    take: async (opened) => (isOpen(opened) ? take(opened) : OUT_OF_ORDER),
    repeat: async () => meOf((await deps.accounts.get(asker.account.accountId)) ?? asker.account),
  });
}

export interface ChangeSend<F extends MyChange> {
  factor: 'EMAIL' | Channel;
  destination: string;
  /** Enters the destination. */
  step: Step<F>;
}

/** Sends to the new destination: for the open flow, or for a new one. */
export async function askForChange<F extends MyChange>(
  deps: ChangeDeps<F>,
  asker: Asker,
  begun: F,
  { factor, destination, step }: ChangeSend<F>,
): Promise<ChangeStarted | StepRefusal> {
  const { account, source, requestId } = asker;
  const language = account.language ?? asker.language;
  const known = begun.kind === 'EMAIL_CHANGE' ? account.emailChange : account.phoneChange;
  const last = await lastChange(deps, asker, known);
  const live = last !== undefined && isOpen(last) ? last : undefined;
  if (live !== undefined && isLastRequest(live.flow, requestId))
    return viewOf(live.flow.open, await callOf(deps, live.flow), live.now);
  const now = deps.now();
  if (live === undefined) {
    const opened = await deps.commit([
      deps.flows.open(begun),
      deps.accounts.apply(account, openChange(begun.kind, begun.tokenHash)),
    ]);
    if (!opened.done) return OUT_OF_ORDER;
  }
  const opened = live ?? { flow: begun, account, source, now, requestId };
  const flow = { ...opened.flow, ...definite({ language }) };
  const sent = await sendForFlow(
    deps,
    { ...opened, flow },
    {
      factor,
      destination,
      purpose: begun.kind === 'EMAIL_CHANGE' ? 'EMAIL_VERIFICATION' : 'PHONE_VERIFICATION',
      lane: 'ENROLMENT',
      step,
    },
  );
  return 'refused' in sent ? sent : viewOf(sent.open, undefined, now);
}

/** What every new flow of a change begins with. */
export function beginChange<K extends MyChange['kind']>(kind: K, account: Account, now: number) {
  const { accountId, epoch } = account;
  return {
    ...beginFlow(kind, now).flow,
    accountId,
    epoch,
  };
}

export function answerLimits(settings: FunctionSettings, { accountId }: Account): Limit[] {
  return limitsOf('CHANGE_ANSWER', { account: accountId }, settings);
}
