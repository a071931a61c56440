/** When a ticket is used up. */
import { type Clause, clausesOf } from '../../ground/platform/attributes.rules.ts';
import type { Ticket, TicketHolder } from './tickets.rules.ts';

const { is, after } = clausesOf<Ticket>();

/** Conditions of a ticket that is used up: it has not expired and is this holder's. */
export function isValidFor(
  { accountId, epoch, loginMethod }: TicketHolder,
  now: number,
): readonly Clause[] {
  return [
    is('accountId', accountId),
    is('epoch', epoch),
    is('loginMethod', loginMethod),
    after('expiresAt', now),
  ];
}
