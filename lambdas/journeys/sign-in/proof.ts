/**
 * What a completed proof commits together: the step of its flow, the factor's time, the grant if
 * tokens follow, devices, the audit events.
 */
import { isDeepStrictEqual } from 'node:util';
import type { SignInMethod } from '../../../contract/accounts.ts';
import type { DeviceWishes } from '../../../contract/challenges.ts';
import {
  type Account,
  accountOf,
  type Grant,
  liveSince,
} from '../../capabilities/accounts/account.rules.ts';
import {
  recordProof,
  type Proven,
  UNLESS_ADMIN_WITH_PASSKEY,
} from '../../capabilities/accounts/sign-in.transitions.ts';
import type { AuditEventName } from '../../ground/audit/audit.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';
import { type Attempt, storedOutcome } from './answering.ts';
import { flowOf } from './flow.rules.ts';
import type { SignInFlowTransition } from './flow.transitions.ts';

/** The token gate takes a grant within this time or refuses. */
const GRANT_LIFE_MS = 60_000;

export interface Proof {
  event: AuditEventName;
  loginMethod: SignInMethod;
  /** When the factor was passed: now, or long before where a remembered device is the proof. */
  factorAt: number;
  isRemembered?: true;
  wrongAnswers?: Proven['wrongAnswers'];
  recoveryCode?: Proven['recoveryCode'];
  wishes?: DeviceWishes;
  /** The browser of the remembered device that is the proof. */
  browser?: string | undefined;
}

/** What changed on the account meanwhile is seen by the next pass. */
const PASSES = 3;

/**
 * Commits a proof together with the step of its flow, for an ACTIVE account of the flow's epoch.
 * True also if this very answer was the proof before.
 * @param used what the proof uses up: a call, a ticket, a device
 */
export async function commitProof(
  attempt: Attempt,
  step: SignInFlowTransition,
  proof: Proof,
  used: readonly Write[] = [],
): Promise<boolean> {
  const { deps, state } = attempt;
  const others = [...used, ...(await devicesAndEvents(attempt, proof))];
  let proven = provenBy(attempt, proof);
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const result = await deps.commit([
      deps.flows.apply(state.flowId, step),
      deps.accounts.apply(state, recordProof(proven), ...unlessBound(attempt, proof.event)),
      ...others,
    ]);
    if (result.done) return true;
    const [flowNow, accountNow] = result.refused;
    if (flowNow !== true) return storedOutcome(flowOf(flowNow), attempt) === 'PROVED';
    if (accountNow === true) return false;
    const again = provenBy(attempt, proof, accountOf(accountNow));
    if (isDeepStrictEqual(again, proven)) return false;
    proven = again;
  }
  return false;
}

/** @param seen the account, where it has changed since the challenge was shown */
function provenBy(attempt: Attempt, proof: Proof, seen?: Account): Proven {
  const { deps, state, now } = attempt;
  const { loginMethod, factorAt: at, isRemembered, recoveryCode } = proof;
  const sessionMs = deps.settings.sessionHours * HOUR_MS;
  const sessionsSince = seen === undefined ? state.sessionsSince : liveSince(seen, sessionMs, now);
  return definite({
    loginMethod,
    factor: isRemembered ? undefined : definite({ at, sessionsSince, sessionMs }),
    grant: state.right === 'TOKENS' ? grantFor(attempt, proof) : undefined,
    wrongAnswers: leftToForgive(proof, seen),
    recoveryCode,
  });
}

/** Staff may have unlocked the account since the answer was counted: then no count is left. */
function leftToForgive({ wrongAnswers }: Proof, seen: Account | undefined) {
  const isUnlocked = seen !== undefined && seen.wrongAnswers === undefined;
  return wrongAnswers === 'FORGIVEN' && isUnlocked ? 'STREAK_RESET' : wrongAnswers;
}

async function devicesAndEvents(attempt: Attempt, proof: Proof): Promise<Write[]> {
  const { event, loginMethod } = proof;
  const devices = await wishedDevices(attempt, proof);
  const signedIn = attempt.state.right === 'TOKENS' ? (['SIGNED_IN'] as const) : [];
  const browser = proof.browser ?? proof.wishes?.rememberDevice?.browser;
  const events = [event, ...devices.events, ...signedIn].map((name) =>
    eventWrite(attempt, name, definite({ loginMethod, browser })),
  );
  return [...devices.writes, ...events];
}

const BY_MORE_THAN_A_CODE: readonly AuditEventName[] = ['PASSKEY_PROVEN', 'RECOVERY_CODE_USED'];

/**
 * Where administrators need passkeys: one who has got a passkey since the flow began proves nothing
 * by less any more.
 */
function unlessBound({ deps }: Attempt, event: AuditEventName) {
  const { requiredForAdmins } = deps.settings.passkeys;
  return requiredForAdmins && !BY_MORE_THAN_A_CODE.includes(event) ? UNLESS_ADMIN_WITH_PASSKEY : [];
}

async function wishedDevices(
  { deps, state, now }: Attempt,
  { loginMethod, factorAt, isRemembered, wishes = {} }: Proof,
): Promise<{ writes: Write[]; events: AuditEventName[] }> {
  // A passkey signs in alone, so no device has to be remembered.
  if (isRemembered || loginMethod === 'PASSKEY') return { writes: [], events: [] };
  const owner = { accountId: state.accountId, epoch: state.epoch };
  const { forgetDevice } = wishes;
  const wished = state.passkeyOnly === true ? { forgetDevice } : wishes;
  return deps.devices.wishes({
    owner,
    wishes: wished,
    loginMethod,
    factorAt,
    now,
  });
}

/** The write of an event of this sign-in. */
export function eventWrite(
  { deps, state, attemptId, now }: Attempt,
  event: AuditEventName,
  more: { outcome?: string; loginMethod?: SignInMethod; browser?: string } = {},
): Write {
  const { accountId, flowId } = state;
  const about = definite({ flowId, attemptId });
  return deps.audit.write(
    {
      accountId,
      event,
      ...about,
      actor: 'SELF',
      ...more,
    },
    now,
  );
}

export function grantFor(
  { state, clientId, now }: Pick<Attempt, 'state' | 'clientId' | 'now'>,
  { loginMethod, factorAt }: Pick<Proof, 'loginMethod' | 'factorAt'>,
): Grant {
  const { flowId, epoch } = state;
  return {
    flowId,
    clientId,
    loginMethod,
    epoch,
    factorAt,
    expiresAt: now + GRANT_LIFE_MS,
  };
}
