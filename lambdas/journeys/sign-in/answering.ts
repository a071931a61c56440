/** What the answers to all challenges share: who they work with, how a refusal is stored, how a repeat is told. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { DeviceWishes, Reason } from '../../../contract/challenges.ts';
import type { CodeMac } from '../../capabilities/verification/codes.ts';
import type { Device } from '../../capabilities/devices/devices.rules.ts';
import type { AuditEvent, AuditEventName } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { Change, Clause } from '../../ground/platform/expressions.rules.ts';
import type { TermsAcceptance } from '../../capabilities/terms/terms.rules.ts';
import type { RoundState, SignInFlow, StoredAnswer } from './flow.rules.ts';

interface Owner {
  accountId: string;
  epoch: number;
}

export interface AnswerCollaborators {
  accounts: { change(account: Owner, changes: Change, ...when: Clause[]): Write };
  flows: {
    get(flowId: string): Promise<SignInFlow | undefined>;
    answer(
      state: RoundState,
      answer: StoredAnswer,
      now: number,
      changes?: Change,
      ...when: Clause[]
    ): Write;
    settle(state: RoundState, hash: string, changes: Change, ...when: Clause[]): Write;
  };
  devices: {
    get(accountId: string, deviceId: string): Promise<Device | undefined>;
    use(device: Device, now: number): Write;
    /** The writes for what an answer asks: to remember this browser from `factorAt` on, or to forget a device. */
    wishes(
      owner: Owner,
      wishes: DeviceWishes,
      loginMethod: LoginMethod,
      factorAt: number,
      now: number,
    ): Promise<{ writes: Write[]; events: AuditEventName[] }>;
  };
  tickets: {
    use(ticket: string, holder: Owner & { loginMethod: LoginMethod }, now: number): Write;
  };
  acceptances: { writesOnce(acceptance: TermsAcceptance): Promise<Write[]> };
  calls: {
    use(callId: string, flow: Owner & { flowId: string }, now: number): Promise<Write | undefined>;
  };
  audit: { write(event: AuditEvent, now: number): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
  mac: CodeMac;
  settings: FunctionSettings;
  now(): number;
}

/** One answer being judged. */
export interface Answering {
  on: AnswerCollaborators;
  state: RoundState;
  /** A keyed hash of the answer: tells a repeat from another answer, and tells nothing else. */
  hash: string;
  clientId: string;
  now: number;
}

/** Refuses and has the challenge shown again with `reason`. */
export async function refuse(at: Answering, reason: Reason): Promise<false> {
  return remember(at, { outcome: 'REFUSED', wish: { kind: 'REPEAT', reason } });
}

/** Stores what an unproven answer leads to. Of two answers to one round the first one counts; the other changes nothing. */
export async function remember(
  at: Answering,
  stored: Omit<StoredAnswer, 'round' | 'hash'>,
): Promise<false> {
  const { on, state, hash, now } = at;
  await on.commit([on.flows.answer(state, { round: state.round, hash, ...stored }, now)]);
  return false;
}

/** The stored outcome of this very answer, if it was given before. */
export function storedOutcome(
  flow: SignInFlow | undefined,
  { state, hash }: Answering,
): StoredAnswer['outcome'] | 'OTHER_ANSWER' | undefined {
  if (flow === undefined || flow.answer.round < state.round) return undefined;
  return flow.answer.round === state.round && flow.answer.hash === hash
    ? flow.answer.outcome
    : 'OTHER_ANSWER';
}
