/**
 * The ticket of a registration or password reset that was completed a moment ago, in place of a
 * factor.
 */
import { type DeviceWishes, OpaqueToken } from '../../../contract/challenges.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import { type Attempt, refuse, remember } from './answering.ts';
import { proveRound } from './flow.transitions.ts';
import { commitProof } from './proof.ts';

/**
 * A wrong ticket ends a sign-in without a password; after one, the challenge comes back. Where only
 * a passkey signs in, the ticket stays as it is, and the passkey is asked for.
 */
export async function answerTicket(
  attempt: Attempt,
  ticket: string,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { state } = attempt;
  if (state.passkeyOnly === true && state.challenge !== 'PROVE_DEVICE')
    return remember(attempt, ASK_FOR_PASSKEY);
  // A ticket of nobody costs the same: who needs a passkey does not show in the time.
  const given = state.passkeyOnly === true ? randomSecret() : ticket;
  if (await isProof(attempt, given, wishes)) return true;
  return state.challenge === 'PROVE_DEVICE' ? false : refuse(attempt, 'TICKET_INVALID');
}

const ASK_FOR_PASSKEY = {
  outcome: 'REFUSED',
  wish: { kind: 'SEND', factor: 'PASSKEY' },
} as const;

async function isProof(attempt: Attempt, ticket: string, wishes: DeviceWishes): Promise<boolean> {
  const { deps, state, hash, now } = attempt;
  const { accountId, epoch, method: loginMethod = 'EMAIL' } = state;
  if (!OpaqueToken.safeParse(ticket).success) return false;
  const holder = { accountId, epoch, loginMethod };
  const proof = {
    event: 'TICKET_USED',
    loginMethod,
    factorAt: now,
    wishes,
  } as const;
  const step = proveRound(state, hash, { loginMethod, now });
  return commitProof(attempt, step, proof, [deps.tickets.use(ticket, holder, now)]);
}
