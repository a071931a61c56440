/** Tickets: what leads from a completed registration or reset straight into the first sign-in. */
import type { LoginMethod } from '../../../contract/accounts.ts';

export interface TicketHolder {
  accountId: string;
  epoch: number;
  loginMethod: LoginMethod;
}

/** A ticket as it is kept, under its hash. Times are milliseconds since 1970. */
export interface Ticket extends TicketHolder {
  issuedAt: number;
  expiresAt: number;
}
