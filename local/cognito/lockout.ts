const FREE_FAILURES = 5;
const FIRST_LOCK_SECONDS = 1;
const LONGEST_LOCK_SECONDS = 15 * 60;

interface Failures {
  count: number;
  lastAt: number;
}

/**
 * Cognito's lockout for wrong passwords: after five, one second, doubling to about fifteen minutes.
 * Custom challenges do not count.
 */
export interface PasswordLockout {
  isLocked: (user: string, now: number) => boolean;
  failed: (user: string, now: number) => void;
  succeeded: (user: string) => void;
}

export function createPasswordLockout(): PasswordLockout {
  const failures = new Map<string, Failures>();
  return {
    isLocked(user, now) {
      const { count, lastAt } = failures.get(user) ?? { count: 0, lastAt: 0 };
      return count >= FREE_FAILURES && now < lastAt + lockSeconds(count) * 1000;
    },
    failed(user, now) {
      const known = failures.get(user);
      const stale = known !== undefined && now > known.lastAt + LONGEST_LOCK_SECONDS * 1000;
      failures.set(user, {
        count: (stale ? 0 : (known?.count ?? 0)) + 1,
        lastAt: now,
      });
    },
    succeeded: (user) => void failures.delete(user),
  };
}

function lockSeconds(count: number): number {
  return Math.min(LONGEST_LOCK_SECONDS, FIRST_LOCK_SECONDS * 2 ** (count - FREE_FAILURES));
}
