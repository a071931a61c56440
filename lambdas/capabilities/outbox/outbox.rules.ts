/**
 * What routes hand to the outbox queue, so that they answer before anything is looked up or sent.
 * It holds no secret.
 */
import type { Language } from '../../../contract/languages.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import type { Account } from '../accounts/account.rules.ts';
import type { LinkCause } from '../token-flows/links.rules.ts';

export type OutboxMessage = LinkMessage | LinkRequestMessage | ResetCodeMessage;

/** The budget of a link that was not requested by a public route. */
export type LinkLane = 'SIGN_UP_LINK' | 'ADMIN_LINK' | 'HELP_DESK_LINK' | 'OPERATOR_LINK';

/** A link for an account that the route looked up. */
export interface LinkMessage {
  kind: 'LINK';
  accountId: string;
  epoch: number;
  expiresAt: number;
  lane: LinkLane;
  /** SHA-256 of the address that a sign-up gave. One that it corrects has a message of its own. */
  givenAddress?: string;
}

/**
 * A link that somebody asked for: by username, or by an address whose password was or was not
 * proven.
 */
export interface LinkRequestMessage {
  kind: 'LINK_REQUEST';
  username?: string;
  email?: string;
  proven: boolean;
  /** Of the page that asked for it, if it named one. */
  language?: Language;
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

/**
 * Whether the address that a sign-up gave has been corrected since, and the link of the correction
 * is the valid one. Staff's budget of links may be spent: then this one goes where they corrected
 * the address to.
 */
export function isCorrected(
  { givenAddress }: Pick<LinkMessage, 'givenAddress'>,
  account: Pick<Account, 'contactEmail' | 'recordEmail' | 'registrationLink' | 'registrationFlow'>,
): boolean {
  if (givenAddress === undefined) return false;
  const { contactEmail = '', recordEmail, registrationLink, registrationFlow } = account;
  if (recordEmail !== undefined) return (registrationLink ?? registrationFlow) !== undefined;
  return givenAddress !== sha256(contactEmail);
}

/** What caused a message of each lane. */
export function causeOf(lane: LinkLane): LinkCause {
  return lane === 'SIGN_UP_LINK' ? 'SIGN_UP' : 'STAFF';
}
