/** Tickets: kept as hashes, used once, within minutes. */
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import { MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { erase, put, ttlOf, type Write } from '../../ground/platform/database.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import type { TicketHolder, TicketsPort } from './token-flows.port.ts';

const TICKET_LIFE_MS = 5 * MINUTE_MS;

interface Ticket extends TicketHolder {
  issuedAt: number;
  expiresAt: number;
}

const { is, after } = clausesOf<Ticket>();

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

  use(ticket: string, { accountId, epoch, loginMethod }: TicketHolder, now: number): Write {
    return erase(
      this.#table,
      ticketKey(ticket),
      is('accountId', accountId),
      is('epoch', epoch),
      is('loginMethod', loginMethod),
      after('expiresAt', now),
    );
  }
}
