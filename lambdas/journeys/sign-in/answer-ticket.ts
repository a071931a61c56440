/** Road 3: the ticket of a registration or password reset that ended a moment ago, in place of a factor. */
import type { DeviceWishes } from '../../../contract/challenges.ts';
import { OpaqueToken } from '../../../contract/flows.ts';
import { type Answering, refuse, storedOutcome } from './answering.ts';
import { proofWrites } from './proof.ts';

export async function answerTicket(
  at: Answering,
  ticket: string,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { on, state, hash, now } = at;
  const loginMethod = state.method;
  if (loginMethod === undefined || !OpaqueToken.safeParse(ticket).success)
    return refuse(at, 'TICKET_INVALID');
  const holder = { accountId: state.accountId, epoch: state.epoch, loginMethod };
  const answered = { round: state.round, hash, outcome: 'PROVED' as const };
  const result = await on.commit([
    on.flows.answer(state, answered, now, { set: { proved: { loginMethod, at: now } } }),
    on.tickets.use(ticket, holder, now),
    ...(await proofWrites(at, { event: 'TICKET_USED', loginMethod, factorAt: now, wishes })),
  ]);
  if (result.done) return true;
  if (storedOutcome(await on.flows.get(state.flowId), at) === 'PROVED') return true;
  return refuse(at, 'TICKET_INVALID');
}
