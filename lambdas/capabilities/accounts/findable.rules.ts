/** What the table keeps of an account so that its indexes and searches find it. */
import type { Account } from './account.rules.ts';
import { folded, nameKeyOf } from './name-key.rules.ts';

export interface FindableAccount extends Account {
  /** The username: it orders a provider's users in the index `byNpi`. */
  listKey: string;
  searchKeys: { username: string; firstName: string; lastName: string };
  lastNameKey: string;
  firstNameKey: string;
}

export function findable(account: Account): FindableAccount {
  const { username, firstName, lastName } = account;
  return {
    ...account,
    listKey: username,
    searchKeys: { username, firstName: folded(firstName), lastName: folded(lastName) },
    lastNameKey: nameKeyOf(lastName),
    firstNameKey: nameKeyOf(firstName),
  };
}
