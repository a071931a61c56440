/** What keeps a person out for now: every lock of an account in words, and those in the way. */
import type { Lock } from '../../../contract/help-desk.ts';
import { lockOf } from '../../ground/limits/lockout.rules.ts';
import type { LimitSettings } from '../../ground/platform/environment-names.ts';
import type { Account } from '../accounts/account.rules.ts';

/** `until` is ISO 8601 UTC; absent where the lock has no end in time. */
export interface LockInWords {
  lock: Lock;
  what: string;
  until?: string;
}

export interface ToLock {
  account: Account;
  limits: LimitSettings;
  /** Until when the portal login is closed at the source that is closed longest. */
  guessesUntil?: number;
  now: number;
}

const iso = (ms: number) => new Date(ms).toISOString();

export function locksOf({ account, limits, guessesUntil, now }: ToLock): LockInWords[] {
  const lock = lockOf(account, limits, now);
  const { portalPasswordFailures = 0, passwordLease } = account;
  const locks: LockInWords[] = [];
  if (lock?.until === 'RESET')
    locks.push({
      lock: 'WRONG_CODES',
      what: `${limits.wrongAnswersInARow} wrong codes in a row; it ends with a password reset.`,
    });
  else if (lock !== undefined)
    locks.push({
      lock: 'HOUR_OF_WRONG_CODES',
      what: `${limits.wrongAnswersPerHour} wrong codes within an hour.`,
      until: iso(lock.until),
    });
  if (guessesUntil !== undefined)
    locks.push({
      lock: 'HOUR_OF_PORTAL_PASSWORDS',
      what:
        `${limits.wrongCredentialsPerSubjectHour} wrong portal passwords within an hour ` +
        `from one source.`,
      until: iso(guessesUntil),
    });
  if (portalPasswordFailures >= limits.wrongAnswersInARow)
    locks.push({
      lock: 'PORTAL_PASSWORDS',
      what:
        `${portalPasswordFailures} wrong portal passwords in a row; it ends with a ` +
        `mailed link.`,
    });
  if (passwordLease !== undefined && passwordLease.until > now)
    locks.push({
      lock: 'LEASE',
      what: 'A password is being set.',
      until: iso(passwordLease.until),
    });
  return locks;
}

/** The other locks close the portal login, which a person who signs in does not need. */
const LOCKS_OF_SIGN_IN: readonly Lock[] = ['HOUR_OF_WRONG_CODES', 'WRONG_CODES', 'LEASE'];

/**
 * The locks of what the person needs next: the sign-in once registered, the portal login before.
 */
export function locksInTheWay(known: ToLock): LockInWords[] {
  const signsIn = known.account.status === 'ACTIVE';
  return locksOf(known).filter(({ lock }) => LOCKS_OF_SIGN_IN.includes(lock) === signsIn);
}

/** When the last of them ends by itself. */
export function endOfLocks(known: ToLock): string | undefined {
  return locksInTheWay(known)
    .flatMap(({ until = [] }) => until)
    .sort()
    .at(-1);
}
