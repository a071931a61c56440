/**
 * Wrong portal passwords are counted by username and source. The events of the refusals contain the
 * sources, from which the keys of the windows follow.
 */
import type { RecordedEvent } from '../../ground/audit/audit.rules.ts';
import { limitsOf, networkOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { HOUR_MS, type Limit } from '../../ground/limits/limits.rules.ts';
import type { LimitSettings } from '../../ground/platform/environment-names.ts';
import type { Account } from '../accounts/account.rules.ts';

export interface EventsDeps {
  events: {
    ofAccount: (
      accountId: string,
      after: string | undefined,
      size: number,
    ) => Promise<{ events: RecordedEvent[]; last?: string }>;
  };
  now: () => number;
}

/** How many events are read in one call. */
const PAGE = 50;
/** The most pages that are read, so that guesses from everywhere do not make staff wait. */
const MOST_PAGES = 20;

/** The events of an account, the newest first: a page of them, and all of the last hour. */
export async function recentEvents(
  { events, now }: EventsDeps,
  { accountId }: Account,
): Promise<RecordedEvent[]> {
  const hourAgo = new Date(now() - HOUR_MS).toISOString();
  const recent: RecordedEvent[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await events.ofAccount(accountId, after, PAGE);
    recent.push(...page.events);
    after = page.last;
    const oldest = page.events.at(-1);
    if (after === undefined || oldest === undefined || oldest.at < hourAgo) break;
  }
  return recent;
}

/** The limits of the account's username at each source that was refused a portal password. */
export function guessLimits(
  { username }: Account,
  events: readonly RecordedEvent[],
  settings: { limits: LimitSettings },
): Limit[] {
  const sources = events.flatMap(({ event, sourceAddress }) =>
    event === 'PORTAL_PASSWORD_REFUSED' && sourceAddress !== undefined
      ? [networkOf(sourceAddress)]
      : [],
  );
  return [...new Set(sources)].flatMap((source) =>
    // What a source may try over all usernames is not the account's to lift.
    limitsOf('PORTAL_PASSWORD', { subject: username, source }, settings).filter(({ key }) =>
      key.includes('#SUBJECT+SOURCE#'),
    ),
  );
}

const RESET_CODES = ['PASSWORD_RESET_EMAIL', 'PASSWORD_RESET_PHONE'];

/**
 * Wrong codes of resets: of all sources for the account's address, and of each that was refused.
 */
export function resetGuessLimits(
  { email: subject }: Account,
  events: readonly RecordedEvent[],
  settings: { limits: LimitSettings },
): Limit[] {
  if (subject === undefined) return [];
  const sources = events.flatMap(({ event, outcome = '', sourceAddress }) =>
    event === 'CODE_REFUSED' && RESET_CODES.includes(outcome) && sourceAddress !== undefined
      ? [networkOf(sourceAddress)]
      : [],
  );
  const all = ['', ...sources].flatMap((source) =>
    limitsOf('RESET_ANSWER', { subject, source }, settings),
  );
  return [...new Map(all.map((limit) => [limit.key, limit])).values()];
}

/** When the last of the sources may try again; undefined if each may now. */
export async function guessesLockedUntil(
  limits: Pick<LimitsPort, 'windows'>,
  guesses: readonly Limit[],
  now: number,
): Promise<number | undefined> {
  const windows = await limits.windows(guesses);
  const ends = windows.flatMap((window, index) => {
    const { max = Infinity } = guesses[index] ?? {};
    return window !== undefined && window.endsAt > now && window.count >= max
      ? [window.endsAt]
      : [];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
