/**
 * The writes that a completed proof commits together: the factor's time, the grant if tokens
 * follow, devices, the audit events.
 */
import type { SignInMethod } from '../../../contract/accounts.ts';
import type { DeviceWishes } from '../../../contract/challenges.ts';
import type { Grant } from '../../capabilities/accounts/account.rules.ts';
import {
  prove,
  type Proven,
  UNLESS_ADMIN_WITH_PASSKEY,
} from '../../capabilities/accounts/sign-in.transitions.ts';
import type { AuditEventName } from '../../ground/audit/audit.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { Attempt } from './answering.ts';

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

/**
 * Everything but the flow's own write; all of it holds only for an ACTIVE account of the flow's
 * epoch.
 */
export async function proofWrites(attempt: Attempt, proof: Proof): Promise<Write[]> {
  const { deps, state } = attempt;
  const { event, loginMethod, wrongAnswers, recoveryCode } = proof;
  const leadsToTokens = state.right === 'TOKENS';
  const grant = leadsToTokens ? grantFor(attempt, proof) : undefined;
  const devices = await wishedDevices(attempt, proof);
  const events = [event, ...devices.events, ...(leadsToTokens ? (['SIGNED_IN'] as const) : [])];
  const { sessionsSince } = state;
  const browser = proof.browser ?? proof.wishes?.rememberDevice?.browser;
  const factorAt = proof.isRemembered ? undefined : proof.factorAt;
  const proven = definite({
    loginMethod,
    factorAt,
    sessionsSince,
    grant,
    wrongAnswers,
    recoveryCode,
  });
  return [
    deps.accounts.apply(state, prove(proven), ...unlessBound(attempt, event)),
    ...devices.writes,
    ...events.map((name) => eventWrite(attempt, name, definite({ loginMethod, browser }))),
  ];
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
