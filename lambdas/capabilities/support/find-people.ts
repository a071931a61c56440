/** Finds the people whom a caller may be: by address, number, provider or name. */
import type { Account } from '../accounts/account.rules.ts';
import type { PeoplePort } from '../accounts/accounts.port.ts';

/** What a person says of themselves. */
export type Sought =
  | { email: string }
  /** E.164. */
  | { phone: string }
  /** `Rivera`, `Jo Rivera` or `Rivera, Jo`; the first name may be its beginning. */
  | { name: string };

/** Each word more is one query more. */
const MOST_WORDS = 5;

export async function findPeople(people: PeoplePort, sought: Sought): Promise<Account[]> {
  if ('email' in sought) return people.byEmail(sought.email);
  if ('phone' in sought) return people.byPhone(sought.phone);
  const found = await Promise.all(
    readingsOf(sought.name).map(([last, first]) => people.byName(last, first)),
  );
  const byId = new Map(found.flat().map((account) => [account.accountId, account]));
  return [...byId.values()];
}

/** A name without a comma may be split anywhere, because a last name may have several words. */
function readingsOf(name: string): [last: string, first: string][] {
  const [last = '', first] = name.split(',').map((part) => part.trim());
  if (first !== undefined) return [[last, first]];
  const words = name.trim().split(/\s+/).slice(0, MOST_WORDS);
  return words.map((_, index) => [words.slice(index).join(' '), words.slice(0, index).join(' ')]);
}
