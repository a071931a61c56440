/** Tickets: what leads straight from a registration or a password reset into the first sign-in. Kept as hashes, used once. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import { erase, put, type Write } from '../../ground/platform/dynamo.ts';
import { after, is } from '../../ground/platform/expressions.rules.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';

export const TICKET_LIFE_MS = 5 * 60_000;

const ticketKey = (ticket: string) => ({ pk: `TICKET#${hashSecret(ticket)}` });

export interface TicketHolder {
  accountId: string;
  epoch: number;
  loginMethod: LoginMethod;
}

export class TicketsStore {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  issue(ticket: string, { accountId, epoch, loginMethod }: TicketHolder, now: number): Write {
    const expiresAt = now + TICKET_LIFE_MS;
    return put(this.#table, {
      ...ticketKey(ticket),
      v: 1,
      accountId,
      epoch,
      loginMethod,
      issuedAt: now,
      expiresAt,
      ttl: Math.ceil(expiresAt / 1000),
    });
  }

  /** Takes the ticket away; holds only for its owner, its epoch and before its end. */
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
