/** What routes hand to the outbox queue, so that they answer before anything is looked up or sent. No secret is among it. */
export type OutboxMessage = LinkMessage | LinkRequestMessage | ResetCodeMessage;

/** A link for an account that the route knows. */
export interface LinkMessage {
  kind: 'LINK';
  accountId: string;
  epoch: number;
  expiresAt: number;
}

/** A link that somebody asked for: by username, or by an address whose password was or was not proven. */
export interface LinkRequestMessage {
  kind: 'LINK_REQUEST';
  username?: string;
  email?: string;
  proven: boolean;
  requestedAt: number;
  sourceAddress: string;
  requestId: string;
}

/** The code of a password reset, if the address is an account's. */
export interface ResetCodeMessage {
  kind: 'RESET_CODE';
  tokenHash: string;
  codeId: string;
  sourceAddress: string;
  requestId: string;
}
