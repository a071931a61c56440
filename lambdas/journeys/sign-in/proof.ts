/** The writes that a completed proof commits together: the factor's time, the grant if tokens follow, devices, the audit event. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { DeviceWishes } from '../../../contract/challenges.ts';
import type { AuditEventName } from '../../ground/audit/audit.rules.ts';
import type { Write } from '../../ground/platform/dynamo.ts';
import { type Change, is } from '../../ground/platform/expressions.rules.ts';
import type { Answering } from './answering.ts';
import type { RoundState } from './flow.rules.ts';

/** The token gate takes a grant within this time or refuses. */
export const GRANT_LIFE_MS = 60_000;

export interface Proof {
  event: AuditEventName;
  loginMethod: LoginMethod;
  /** When the factor itself was passed; absent where none was (a remembered device). */
  factorAt?: number;
  /** Changes to the account beside those of every proof. */
  account?: Change;
  wishes?: DeviceWishes;
}

/** Everything but the flow's own write; all of it holds only for an ACTIVE account of the flow's epoch. */
export async function proofWrites(
  at: Answering,
  { event, loginMethod, factorAt, account = {}, wishes = {} }: Proof,
): Promise<Write[]> {
  const { on, state, now } = at;
  const owner = { accountId: state.accountId, epoch: state.epoch };
  const devices =
    factorAt === undefined
      ? { writes: [], events: [] }
      : await on.devices.wishes(owner, wishes, loginMethod, factorAt, now);
  return [
    on.accounts.change(
      owner,
      {
        ...account,
        set: {
          lastLoginMethod: loginMethod,
          ...(factorAt === undefined ? {} : { lastFactorAt: factorAt }),
          ...account.set,
        },
        ...(state.right === 'TOKENS' ? { append: { grants: grantFor(at, loginMethod) } } : {}),
      },
      is('status', 'ACTIVE'),
    ),
    on.audit.write(
      { accountId: state.accountId, event, loginMethod, flowId: state.flowId, actor: 'SELF' },
      now,
    ),
    ...devices.writes,
    ...devices.events.map((name) =>
      on.audit.write(
        {
          accountId: state.accountId,
          event: name,
          loginMethod,
          flowId: state.flowId,
          actor: 'SELF',
        },
        now,
      ),
    ),
  ];
}

export function grantFor(
  { state, clientId, now }: Pick<Answering, 'clientId' | 'now'> & { state: RoundState },
  loginMethod: LoginMethod,
) {
  return {
    flowId: state.flowId,
    clientId,
    loginMethod,
    epoch: state.epoch,
    expiresAt: now + GRANT_LIFE_MS,
  };
}
