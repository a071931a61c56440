/**
 * Changes of an account in its registration, with its password and by revocation, by name: the
 * states that it may come from, and what it does. The store adds that the account's epoch is the
 * one that the caller saw. Changes by a sign-in, by the owner, by staff, of an address on record
 * and of the mailed link are in the files beside this one.
 */
import type { AccountStatus, LoginMethod, PortalRole } from '../../../contract/accounts.ts';
import type { Language } from '../../../contract/languages.ts';
import {
  type Change,
  type Clause,
  clausesOf,
  either,
  mergeChanges,
  type Transition,
} from '../../ground/platform/attributes.rules.ts';
import { type Account, addressOnRecord, type Bounced, type Seen } from './account.rules.ts';

export type AccountTransition = Transition<Account>;

const { is, oneOf, absent, after, below, unchanged } = clausesOf<Account>();

const from = (...states: AccountStatus[]) => oneOf('status', states);

/** Condition that the account has the epoch that the caller saw: every change depends on it. */
export function hasEpochOf({ epoch }: Seen): Clause {
  return is('epoch', epoch);
}

/** Holds only while the account is ACTIVE; changes nothing. */
export const WHILE_ACTIVE = [is('status', 'ACTIVE')];

// Registration

export interface RegistrationOpening {
  tokenHash: string;
  /** Hash of the mailed link that opens it, if one does: it must still be the valid one. */
  linkHash?: string | undefined;
  /** An incomplete registration goes on, where the method is chosen already. */
  resumes: boolean;
  now: number;
}

/**
 * A registration is opened: an older one ends. A link by which an incomplete one goes on is spent
 * by that; any other opens it again until the method is chosen.
 */
export function openRegistration(
  status: AccountStatus,
  { tokenHash, linkHash, resumes, now }: RegistrationOpening,
): AccountTransition {
  const set = { registrationFlow: tokenHash, registrationFlowAt: now, ...NO_PORTAL_FAILURES };
  const isLive = linkHash === undefined ? [] : [is('registrationLink', linkHash)];
  const isSpent = linkHash !== undefined && resumes;
  return {
    change: isSpent ? { set, remove: ['registrationLink'] } : { set },
    when: [is('status', status), ...isLive],
  };
}

/** What resets the count of consecutive wrong portal passwords. */
export const NO_PORTAL_FAILURES = { portalPasswordFailures: 0, portalPasswordLocked: false };

/** A portal password, counted as wrong before it is judged; refused after `most` in a row. */
export function countPortalPassword(most: number): AccountTransition {
  const left = either(absent('portalPasswordFailures'), below('portalPasswordFailures', most));
  return { change: { add: { portalPasswordFailures: 1 } }, when: [left] };
}

/** The right portal password, or a mailed link, resets the count. */
export function forgivePortalPasswords(): AccountTransition {
  return { change: { set: NO_PORTAL_FAILURES }, when: [] };
}

/**
 * The limit of consecutive wrong passwords is reached. Of several concurrent attempts, one records
 * the lock.
 */
export function lockPortalPassword(most: number): AccountTransition {
  const isOpen = either(absent('portalPasswordLocked'), is('portalPasswordLocked', false));
  return {
    change: { set: { portalPasswordLocked: true } },
    when: [isOpen, after('portalPasswordFailures', most - 1)],
  };
}

/** A password is going to be set for the address, which the same commit claims. */
export function intendAddress(pendingEmail: string): AccountTransition {
  return { change: { set: { pendingEmail } }, when: [] };
}

/** Cognito has moved its user to the address that changed at `due`. */
export function movedInPool(due: number): AccountTransition {
  return { change: { remove: ['poolEmailDue'] }, when: [is('poolEmailDue', due)] };
}

/** What a set password brings to the account. */
export interface Enrolment {
  email: string;
  cognitoUsername: string;
  method: LoginMethod;
}

/**
 * The password is set in Cognito; what was imported for it is erased, and the lease is given back.
 */
function setPassword(
  { language: formerLanguage }: Account,
  { email, cognitoUsername, method }: Enrolment,
): Change<Account> {
  return {
    set: { email, cognitoUsername, method, formerLanguage },
    remove: [
      ...(formerLanguage === undefined ? (['formerLanguage'] as const) : []),
      ...(['importedPassword', 'registrationLink', 'passwordLease', 'pendingEmail'] as const),
    ],
  };
}

/**
 * INVITED, IMPORTED or RESET becomes ENROLLING: the password is set, the phone is still to come. So
 * does an ENROLLING account that starts over.
 */
export function enrol(
  account: Account,
  enrolment: Enrolment,
  { formerEmail, language }: Pick<Activation, 'formerEmail' | 'language'>,
): AccountTransition {
  const set = {
    status: 'ENROLLING' as const,
    epoch: account.epoch + 1,
    language,
    formerEmail,
    recordEmail: addressOnRecord(account) ?? enrolment.email,
  };
  return {
    change: mergeChanges<Account>(setPassword(account, enrolment), { set }),
    when: [from('INVITED', 'IMPORTED', 'RESET', 'ENROLLING')],
  };
}

export interface Activation {
  loginMethod: LoginMethod;
  formerEmail: string | undefined;
  /** Of the registration. */
  language?: Language | undefined;
  now: number;
  /** Present where the password was set in the same step. */
  enrolment?: Enrolment;
  /** The number that was verified in this step. */
  phone?: string;
}

/**
 * Any state of registration becomes ACTIVE: older flows, links, devices and grants end with the
 * epoch.
 */
export function activate(
  account: Account,
  { loginMethod, formerEmail, language, now, enrolment, phone }: Activation,
): AccountTransition {
  const change: Change<Account> = {
    set: {
      status: 'ACTIVE',
      epoch: account.epoch + 1,
      validAfter: account.registeredAt === undefined ? undefined : now,
      signOutDue: account.registeredAt === undefined ? undefined : dueOf(account, now),
      language,
      formerEmail,
      recordEmail: addressOnRecord(account) ?? enrolment?.email,
      method: loginMethod,
      phone,
      registeredAt: now,
      lastFactorAt: now,
      sessionsSince: now,
      lastLoginMethod: loginMethod,
      failuresInARow: 0,
      ...NO_PORTAL_FAILURES,
    },
    remove: [
      ...(loginMethod === 'EMAIL' ? (['phone'] as const) : []),
      'wrongAnswers',
      'passwordLease',
      'registrationFlow',
      'registrationLink',
      'grants',
    ],
  };
  return {
    change:
      enrolment === undefined ? change : mergeChanges(setPassword(account, enrolment), change),
    when: [from('INVITED', 'IMPORTED', 'ENROLLING', 'RESET')],
  };
}

// The password's lease

/** One request at a time sets a password: the lease is free, or has ended. */
export function takePasswordLease(id: string, until: number, now: number): AccountTransition {
  const isFree = either(
    absent('passwordLease'),
    below('passwordLease.until', now),
    is('passwordLease.id', id),
  );
  return { change: { set: { passwordLease: { id, until } } }, when: [isFree] };
}

/**
 * Condition that no password is being set: what a reset has proven stays the account's while
 * Cognito takes the password.
 */
export function setsNoPassword(now: number) {
  return either(absent('passwordLease'), below('passwordLease.until', now));
}

/** Condition that the lease is still held by this request. */
export function holdsPasswordLease(id: string) {
  return is('passwordLease.id', id);
}

export function returnPasswordLease(id: string): AccountTransition {
  return { change: { remove: ['passwordLease'] }, when: [holdsPasswordLease(id)] };
}

/**
 * A request does not know whether Cognito took its password. Others may set one; the ID stays, so
 * that its repeat is known, and that the nightly sweep finds what nobody repeats. A repeat that
 * holds the lease already keeps it.
 * @param now when the request began
 */
export function lapsePasswordLease(id: string, until: number, now: number): AccountTransition {
  return {
    change: { set: { passwordLease: { id, until: now - 1 } } },
    when: [holdsPasswordLease(id), is('passwordLease.until', until)],
  };
}

// Revocation

/**
 * Ends everything that an account has open: what was stored under the old epoch is invalid, our API
 * refuses tokens older than `validAfter`, and refresh is refused until a factor is passed again.
 * Every revocation is made of it.
 */
export function endSessions(account: Account, now: number): Change<Account> {
  return {
    set: { epoch: account.epoch + 1, validAfter: now, signOutDue: dueOf(account, now) },
    remove: [
      'lastFactorAt',
      'sessionsSince',
      'grants',
      'lastGrant',
      'passwordChangedBy',
      'registrationFlow',
      'registrationLink',
    ],
  };
}

/** Only an account that has a user in Cognito has sessions there. */
function dueOf({ cognitoUsername }: Account, now: number): number | undefined {
  return cognitoUsername === undefined ? undefined : now;
}

/** Cognito has signed out what the revocation of `due` ended. */
export function signedOut(due: number): AccountTransition {
  return { change: { remove: ['signOutDue'] }, when: [is('signOutDue', due)] };
}

/** @param jti names the access token that asked for it, so that its repeat is known */
export function signOutEverywhere(account: Account, now: number, jti = ''): AccountTransition {
  const asked = { set: { signedOutBy: jti } };
  return { change: mergeChanges(endSessions(account, now), asked), when: [from('ACTIVE')] };
}

/**
 * ENROLLING or ACTIVE becomes RESET: factor and phone are gone, the address stays on record for the
 * link and the notice.
 */
export function resetRegistration(account: Account, now: number): AccountTransition {
  const { phone, status, formerEmail, email } = account;
  const reset: Change<Account> = {
    set: {
      status: 'RESET',
      formerEmail: status === 'ENROLLING' ? (formerEmail ?? email) : email,
      formerPhone: phone,
    },
    add: { passkeyEpoch: 1 },
    remove: ['phone', 'method', 'passkeyCount', 'recoveryCodes'],
  };
  return {
    change: mergeChanges(endSessions(account, now), reset),
    when: [is('status', status)],
  };
}

/** DISABLED remembers what the account was. */
export function disable(account: Account, now: number): AccountTransition {
  const disabled: Change<Account> = { set: { status: 'DISABLED', statusBefore: account.status } };
  return {
    change: mergeChanges(endSessions(account, now), disabled),
    when: [is('status', account.status)],
  };
}

/** DISABLED becomes what the account was before. */
export function enable(account: Account, now: number): AccountTransition {
  const { statusBefore = 'RESET' } = account;
  const enabled: Change<Account> = { set: { status: statusBefore }, remove: ['statusBefore'] };
  return { change: mergeChanges(endSessions(account, now), enabled), when: [from('DISABLED')] };
}

/** The new role counts at the next request: tokens of the old one are refused. */
export function changeRole(account: Account, role: PortalRole, now: number): AccountTransition {
  return {
    change: mergeChanges<Account>(endSessions(account, now), { set: { role } }),
    when: [is('status', account.status)],
  };
}

/** A new password is set in Cognito: the lock is gone with the sessions. */
export function completePasswordReset(
  account: Account,
  leaseId: string,
  now: number,
): AccountTransition {
  const unlocked: Change<Account> = {
    set: { failuresInARow: 0 },
    remove: ['wrongAnswers', 'passwordLease'],
  };
  return {
    change: mergeChanges(endSessions(account, now), unlocked),
    when: [from('ACTIVE'), holdsPasswordLease(leaseId)],
  };
}

/** The same for a reset, which has proven the address and the factor that the account has. */
export function completeProvenReset(
  account: Account,
  leaseId: string,
  now: number,
): AccountTransition {
  const { change, when } = completePasswordReset(account, leaseId, now);
  return { change, when: [...when, ...sameFactors(account)] };
}

/** Conditions that the account has the address and the factor that the caller saw. */
export function sameFactors({ email, method, phone }: Account): readonly Clause[] {
  return [unchanged('email', email), unchanged('method', method), unchanged('phone', phone)];
}

// Mail

/** Mail to an address of the account bounced, or was reported as spam. */
export function markBounced(bounced: Bounced): AccountTransition {
  return { change: { set: { bounced } }, when: [] };
}
