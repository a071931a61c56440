/** Tickets: kept as hashes, used once, within minutes. */
import { MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { erase, put, ttlOf, type Write } from '../../ground/platform/database.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import { isValidFor } from './ticket.transitions.ts';
import type { Ticket, TicketHolder } from './tickets.rules.ts';
import type { TicketsPort } from './token-flows.port.ts';

const TICKET_LIFE_MS = 5 * MINUTE_MS;

const ticketKey = (ticket: string) => ({ pk: `TICKET#${hashSecret(ticket)}` });

export class TicketsStore implements TicketsPort {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  issue(ticket: string, { accountId, epoch, loginMethod }: TicketHolder, now: number): Write {
    const expiresAt = now + TICKET_LIFE_MS;
    const kept: Ticket = {
      accountId,
      epoch,
      loginMethod,
      issuedAt: now,
      expiresAt,
    };
    return put(this.#table, {
      ...ticketKey(ticket),
      v: 1,
      ...kept,
      ttl: ttlOf(expiresAt),
    });
  }

  use(ticket: string, holder: TicketHolder, now: number): Write {
    return erase(this.#table, ticketKey(ticket), ...isValidFor(holder, now));
  }
}
