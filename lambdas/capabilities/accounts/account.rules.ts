/** The account as we keep it, and what may be said of it without looking anything up. */
import type {
  AccountStatus,
  LoginMethod,
  PortalRole,
  SignInMethod,
} from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/masks.ts';
import type { Factor, SignInFactor } from '../../../contract/challenges.ts';
import type { Language } from '../../../contract/languages.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import type { WrongAnswers } from '../../ground/limits/lockout.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';

/**
 * An account id that no account has: unknown users cost the same reads and writes as known ones.
 */
export const NOBODY = 'nobody';

/** Times are milliseconds since 1970. */
export interface Account extends WrongAnswers {
  accountId: string;
  username: string;
  /** The username of a former portal: it opens the portal login, beside `username`. */
  legacyUsername?: string;
  firstName: string;
  lastName: string;
  npi: string;
  role: PortalRole;
  /** Of messages and calls. Absent: none was chosen. */
  language?: Language;
  status: AccountStatus;
  /** What a DISABLED account was, and is again when it is enabled. */
  statusBefore?: AccountStatus;
  /**
   * Grows with every reset, disabling and password change: whatever was stored under an older epoch
   * is invalid.
   */
  epoch: number;
  createdAt: number;
  /**
   * Where links and notices go before and while an account registers. It does not identify anyone.
   */
  contactEmail?: string;
  /** As given at registration. It is not a factor. */
  contactPhone?: string;
  method?: LoginMethod;
  /** The verified address: Cognito's username and the EMAIL factor. */
  email?: string;
  /** The verified number, E.164: the PHONE factor. */
  phone?: string;
  /** The user in Cognito (its `sub`); set by the password saga. */
  cognitoUsername?: string;
  /**
   * A verifier of the old portal's password, in PHC or a portal's own format; erased when the new
   * password is set.
   */
  importedPassword?: string;
  acceptedTermsVersion?: string;
  acceptedTermsAt?: number;
  lastSignInAt?: number;
  /** The sign-in before the last one; 0 if none preceded it. */
  previousSignInAt?: number;
  /** The login method of the sign-in before the last; UNKNOWN if none preceded it. */
  previousLoginMethod?: SignInMethod | 'UNKNOWN';
  /** When a factor was last passed; refresh ends `sessionHours` after it. Absent: refused. */
  lastFactorAt?: number;
  lastLoginMethod?: SignInMethod;
  /** When the oldest factor was passed of the sign-ins whose sessions may not have ended yet. */
  sessionsSince?: number;
  /** Our API refuses tokens whose `auth_time` is before it. */
  validAfter?: number;
  /** SHA-256 of what names the request that last changed the password, if it may be repeated. */
  passwordChangedBy?: string;
  /** The access token (`jti`) that last signed out everywhere. */
  signedOutBy?: string;
  /** Hash of the token of the one MFA registration that is open: opening another ends it. */
  registrationFlow?: string;
  /** When it was opened. */
  registrationFlowAt?: number;
  /** Hash of the one mailed link that is valid: a new one ends it. */
  registrationLink?: string;
  registeredAt?: number;
  /** The address that a password is being set for: claimed, and moved to in Cognito perhaps. */
  pendingEmail?: string;
  /** When `email` changed and Cognito has not moved its user there yet. */
  poolEmailDue?: number;
  /**
   * The request that sets the account's password in Cognito: alone until then, and afterwards the
   * last one, of which nobody knows whether it did.
   */
  passwordLease?: { id: string; until: number };
  /** Wrong portal passwords in a row, over all sources; a mailed link resets the count. */
  portalPasswordFailures?: number;
  /** True once the limit of consecutive wrong passwords is reached, and the owner is notified. */
  portalPasswordLocked?: boolean;
  /**
   * When sessions were ended that Cognito has not signed out yet: until then no refresh is granted.
   */
  signOutDue?: number;
  /**
   * The address on record: imported, invited, or of the first registration. Administrators and
   * operators move it; nobody else.
   */
  recordEmail?: string;
  /** What staff or a sign-up moved within the last day: each address is notified of its move. */
  replacedEmails?: ReplacedEmail[];
  /** The destinations before a re-enrolment, which are notified of it. */
  formerEmail?: string;
  formerPhone?: string;
  /** The language before the last enrolment, for those destinations. */
  formerLanguage?: Language;
  /** The last address of the account whose mail bounced, or was reported as spam. */
  bounced?: Bounced;
  /**
   * Hashes of the last flows that change the address and the number, also once they are done, for
   * requests that come again; opening another ends one.
   */
  emailChange?: string;
  phoneChange?: string;
  /** The one change of the address that the release before could undo. */
  emailUndo?: EmailUndo;
  /** Changes of the address that may be undone, the oldest first. */
  emailUndos?: EmailUndo[];
  /** The number of valid passkeys. */
  passkeyCount?: number;
  /** Grows with an administrator's reset, which ends every passkey. Absent: 0. */
  passkeyEpoch?: number;
  /** MACs of the recovery codes that are not used yet. */
  recoveryCodes?: string[];
  grants?: Grant[];
  /** The grant that was taken last, at `lastSignInAt`: Cognito may repeat the call that took it. */
  lastGrant?: Grant;
  /**
   * When a legal hold was placed (ms since 1970). Until its release, nothing erases the account.
   */
  legalHoldAt?: number;
}

/** An address that was on record, until `at`: the time of the event of its move. */
export interface ReplacedEmail {
  email: string;
  at: number;
}

/** A change of the address, which the former one may undo until then. */
export interface EmailUndo {
  /** The former address. */
  email: string;
  changedAt: number;
  until: number;
  /** The factor of that time, which comes back with the address. */
  method?: LoginMethod;
  phone?: string;
}

/** The changes of the address that may still be undone, the oldest first. */
export function liveUndos(
  { emailUndo, emailUndos = [] }: Pick<Account, 'emailUndo' | 'emailUndos'>,
  now: number,
): EmailUndo[] {
  const all = emailUndo === undefined ? emailUndos : [emailUndo, ...emailUndos];
  return all.filter(({ until }) => until > now);
}

export interface Bounced {
  /** SHA-256 of the address: one that is corrected is another one. */
  address: string;
  at: number;
}

/**
 * The right to one issue of tokens: the answer that completes a sign-in writes it, the token gate
 * takes it.
 */
export interface Grant {
  flowId: string;
  clientId: string;
  loginMethod: SignInMethod;
  epoch: number;
  /** When the factor behind the sign-in was passed. */
  factorAt: number;
  expiresAt: number;
}

/**
 * Whether mail to the address bounced within a day: SES suppresses what is sent there meanwhile,
 * and says nothing. After a day it is tried again, since mailboxes are repaired.
 */
export function hasBounced({ bounced }: Account, address: string, now: number): boolean {
  return bounced?.address === sha256(address) && now < bounced.at + DAY_MS;
}

/**
 * An imported password opens the portal login while nobody has registered for the account and, if
 * the stage sets `importedPasswordsEndAfter`, for that number of days after the import.
 */
export function importedPasswordCounts(
  { status, createdAt }: Pick<Account, 'status' | 'createdAt'>,
  { importedPasswordsEndAfter }: Pick<FunctionSettings, 'importedPasswordsEndAfter'>,
  now: number,
): boolean {
  const isOver =
    importedPasswordsEndAfter !== undefined &&
    now >= createdAt + importedPasswordsEndAfter * DAY_MS;
  return status === 'IMPORTED' && !isOver;
}

/** The account whose change a transition is, as the caller saw it. */
export type Seen = Pick<Account, 'accountId' | 'epoch'>;

type FactorSettings = Pick<FunctionSettings, 'connect' | 'passkeys'>;

/** Factors that an account may choose from, in the order to offer. */
export function factorsOf(account: Account, settings: FactorSettings): SignInFactor[] {
  const { passkeyCount = 0, recoveryCodes = [] } = account;
  const isBound = passkeyNeed(account, settings) === 'BOUND';
  return [
    ...(isBound ? [] : sentFactorsOf(account, settings.connect !== undefined)),
    ...(passkeyCount > 0 ? (['PASSKEY'] as const) : []),
    ...(recoveryCodes.length > 0 ? (['RECOVERY_CODE'] as const) : []),
  ];
}

/**
 * What a stage that requires passkeys of administrators asks of an account: MISSING, it may not act
 * as an administrator yet; BOUND, it signs in by its passkey or a recovery code and by nothing
 * else.
 */
export function passkeyNeed(
  { role, passkeyCount = 0 }: Pick<Account, 'role' | 'passkeyCount'>,
  { passkeys }: Pick<FunctionSettings, 'passkeys'>,
): 'NONE' | 'MISSING' | 'BOUND' {
  if (!passkeys.requiredForAdmins || role !== 'ADMIN') return 'NONE';
  return passkeyCount > 0 ? 'BOUND' : 'MISSING';
}

function sentFactorsOf(account: Account, voice: boolean): Factor[] {
  if (account.method !== 'PHONE' || account.phone === undefined) return ['EMAIL'];
  return voice ? ['SMS', 'CALL', 'EMAIL'] : ['SMS', 'EMAIL'];
}

/**
 * Where a factor's code goes: our record of the verified destination, never anything a client or
 * Cognito says.
 */
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

/**
 * The address on record: where the links of administrators, help desk and operators go, and what is
 * notified of every enrolment. No flow of a user moves it.
 */
export function addressOnRecord({
  recordEmail,
  email,
  contactEmail,
}: Pick<Account, 'recordEmail' | 'email' | 'contactEmail'>): string | undefined {
  return recordEmail ?? email ?? contactEmail;
}

/**
 * When the oldest factor was passed of the sessions that may be alive, if there are any: what a
 * refresh may claim, because Cognito does not say which session it refreshes.
 */
export function liveSince(
  { lastFactorAt, sessionsSince }: Pick<Account, 'lastFactorAt' | 'sessionsSince'>,
  sessionMs: number,
  now: number,
): number | undefined {
  if (lastFactorAt === undefined || lastFactorAt + sessionMs <= now) return undefined;
  return sessionsSince ?? lastFactorAt;
}

/** What an import may correct while nobody has registered for the account. */
export type ImportedDetails = Partial<
  Pick<
    Account,
    'firstName' | 'lastName' | 'npi' | 'role' | 'language' | 'importedPassword' | 'legacyUsername'
  >
>;

/** Attributes that place an item in its table and indexes. */
const PLACING = ['pk', 'listKey', 'searchKeys', 'lastNameKey', 'firstNameKey'];

/** The account in a stored item. */
export function accountOf(item: Record<string, unknown> | undefined): Account | undefined {
  return item === undefined ? undefined : recordIn<Account>(item, ...PLACING);
}
