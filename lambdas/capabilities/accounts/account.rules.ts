/** The account as we keep it, and what may be said of it without looking anything up. */
import {
  type AccountStatus,
  type LoginMethod,
  maskEmail,
  maskPhone,
  type PortalRole,
} from '../../../contract/accounts.ts';
import type { Factor } from '../../../contract/challenges.ts';
import type { LimitSettings } from '../../ground/platform/environment-names.ts';

/** Times are milliseconds since 1970. */
export interface Account {
  accountId: string;
  username: string;
  firstName: string;
  lastName: string;
  npi: string;
  role: PortalRole;
  status: AccountStatus;
  /** What a DISABLED account was, and is again when it is enabled. */
  statusBefore?: AccountStatus;
  /** Grows with every reset, disabling, password change: whatever was stored under an older epoch is dead. */
  epoch: number;
  createdAt: number;
  /** Where links and notices go before and while an account registers. It is no identity. */
  contactEmail?: string;
  /** As given at the registration; it is no factor. */
  contactPhone?: string;
  method?: LoginMethod;
  /** The verified address: Cognito's username and the EMAIL factor. */
  email?: string;
  /** The verified number, E.164: the PHONE factor. */
  phone?: string;
  /** The user in Cognito (its `sub`); set by the password saga. */
  cognitoUsername?: string;
  /** A verifier of the old portal's password, in PHC or a portal's own format; erased when the new password is set. */
  importedPassword?: string;
  acceptedTermsVersion?: string;
  acceptedTermsAt?: number;
  lastSignInAt?: number;
  /** When a factor was last passed; refresh ends `sessionHours` after it. Absent: refused. */
  lastFactorAt?: number;
  lastLoginMethod?: LoginMethod;
  /** Tokens whose `auth_time` is before it are dead on our API. */
  validAfter?: number;
  failuresInARow?: number;
  wrongAnswers?: Window;
  /** Hash of the token of the one MFA registration that is open: opening another ends it. */
  registrationFlow?: string;
  /** When it was opened. */
  registrationFlowAt?: number;
  /** Hash of the one mailed link that is live: a new one ends it. */
  registrationLink?: string;
  registeredAt?: number;
  /** The one request that may set the account's password in Cognito now. */
  passwordLease?: { id: string; until: number };
  /** Destinations before a re-enrolment: they are told of it. */
  formerEmail?: string;
  formerPhone?: string;
  grants?: Grant[];
}

/** A fixed window that its first hit opens. */
export interface Window {
  endsAt: number;
  count: number;
}

/** The right to one issue of tokens, written by the answer that completes a road and taken by the token gate. */
export interface Grant {
  flowId: string;
  clientId: string;
  loginMethod: LoginMethod;
  epoch: number;
  expiresAt: number;
}

/** Factors that an account may choose from, in the order to offer. */
export function factorsOf(account: Account, voice: boolean): Factor[] {
  if (account.method !== 'PHONE' || account.phone === undefined) return ['EMAIL'];
  return voice ? ['SMS', 'CALL', 'EMAIL'] : ['SMS', 'EMAIL'];
}

/** Where a factor's code goes: our record of the verified destination, never anything a client or Cognito says. */
export function destinationOf(account: Account, factor: Factor): string {
  const destination = factor === 'EMAIL' ? account.email : account.phone;
  if (destination === undefined)
    throw new Error(
      `Account ${account.accountId} has no destination for ${factor}: its record is damaged.`,
    );
  return destination;
}

export function maskDestination(factor: Factor, destination: string): string {
  return factor === 'EMAIL' ? maskEmail(destination) : maskPhone(destination);
}

/** True if the account has used up its wrong answers: no code, call or link is taken until the way back. */
export function isLocked(account: Account, limits: LimitSettings, now: number): boolean {
  const window = account.wrongAnswers;
  const inWindow = window !== undefined && window.endsAt > now ? window.count : 0;
  return (
    inWindow >= limits.wrongAnswersPerHour ||
    (account.failuresInARow ?? 0) >= limits.wrongAnswersInARow
  );
}

/** The account in a stored item. */
export function accountOf(item: Record<string, unknown> | undefined): Account | undefined {
  if (item === undefined) return undefined;
  const { pk: _pk, listKey: _listKey, searchKeys: _searchKeys, ...account } = item;
  return account as unknown as Account;
}
