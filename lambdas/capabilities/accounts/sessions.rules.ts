/** Ending everything that an account has open, in one write: the epoch goes on, and what was stored under the old one is dead. */
import type { Change } from '../../ground/platform/expressions.rules.ts';
import type { Account } from './account.rules.ts';

/**
 * Our API refuses tokens of an older epoch, or signed in before `validAfter`; refresh is refused until a factor is
 * passed again. Cognito's own sign-out follows, and may follow late.
 */
export function endSessions({ epoch }: Pick<Account, 'epoch'>, now: number): Change {
  return {
    set: { epoch: epoch + 1, validAfter: now },
    remove: ['lastFactorAt', 'grants', 'registrationFlow', 'registrationLink'],
  };
}
