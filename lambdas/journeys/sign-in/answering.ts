/**
 * What the answers to all challenges share: their collaborators, how a refusal is stored, how a
 * repeat is recognised.
 */
import type { Reason } from '../../../contract/challenges.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import type { DevicesPort } from '../../capabilities/devices/devices.port.ts';
import type {
  PasskeyChallengesPort,
  PasskeysPort,
} from '../../capabilities/passkeys/passkeys.port.ts';
import type { TermsAcceptance } from '../../capabilities/terms/terms.rules.ts';
import type { TicketsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import type { CodeMacPort } from '../../capabilities/verification/codes.ts';
import type { ConfirmationsPort } from '../../capabilities/verification/confirmations.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { flowOf, type RoundState, type SignInFlow, type StoredAnswer } from './flow.rules.ts';
import { storeAnswer } from './flow.transitions.ts';
import type { SignInFlowsPort } from './flows.port.ts';

export interface AnswerDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'apply'>;
  flows: Pick<SignInFlowsPort, 'get' | 'apply'>;
  devices: Pick<DevicesPort, 'get' | 'use' | 'wishes'>;
  tickets: Pick<TicketsPort, 'use'>;
  passkeys: Pick<PasskeysPort, 'get' | 'use'>;
  passkeyChallenges: Pick<PasskeyChallengesPort, 'use'>;
  acceptances: { writesOnce: (acceptance: TermsAcceptance) => Promise<Write[]> };
  calls: ConfirmationsPort;
  limits: Pick<LimitsPort, 'count'>;
  audit: AuditPort;
  mac: CodeMacPort;
  settings: FunctionSettings;
  now: () => number;
}

/** One answer being judged. */
export interface Attempt {
  deps: AnswerDeps;
  state: RoundState;
  /** A keyed hash of the answer. It distinguishes a repeat from another answer. */
  hash: string;
  clientId: string;
  /** What the client calls this sign-in. */
  attemptId?: string | undefined;
  now: number;
}

/** Refuses and has the challenge shown again with `reason`; true as `remember` is. */
export async function refuse(attempt: Attempt, reason: Reason): Promise<boolean> {
  return remember(attempt, refusalFor(reason));
}

export function refusalFor(reason: Reason): Unproven {
  return { outcome: 'REFUSED', wish: { kind: 'REPEAT', reason } };
}

/** What an answer that is not a proof leads to. */
type Unproven = Omit<StoredAnswer, 'round' | 'hash'>;

/**
 * Stores what an unproven answer leads to. Of two answers to one round the first one counts; the
 * other changes nothing. True if this very answer was a proof before: what it proved by, a code for
 * example, may have ended before its repeat.
 */
export async function remember(attempt: Attempt, unproven: Unproven): Promise<boolean> {
  return storedOutcome(await storeFirst(attempt, unproven), attempt) === 'PROVED';
}

/** As `remember`, and returns the flow where it has an answer to the round already. */
export async function storeFirst(
  attempt: Attempt,
  unproven: Unproven,
): Promise<SignInFlow | undefined> {
  const { deps, state, hash, now } = attempt;
  const store = storeAnswer(state, { hash, ...unproven }, now);
  const result = await deps.commit([deps.flows.apply(state.flowId, store)]);
  if (result.done) return undefined;
  const [found] = result.refused;
  return found === true ? undefined : flowOf(found);
}

/** The stored outcome of this very answer, if it was given before. */
export function storedOutcome(
  flow: SignInFlow | undefined,
  { state, hash }: Attempt,
): StoredAnswer['outcome'] | 'OTHER_ANSWER' | undefined {
  if (flow === undefined || flow.answer.round < state.round) return undefined;
  const isThis = flow.answer.round === state.round && flow.answer.hash === hash;
  return isThis ? flow.answer.outcome : 'OTHER_ANSWER';
}

/** True if this very answer was a proof before: the same answer again gets the same outcome. */
export async function wasProved(attempt: Attempt): Promise<boolean> {
  const flow = await attempt.deps.flows.get(attempt.state.flowId);
  return storedOutcome(flow, attempt) === 'PROVED';
}
