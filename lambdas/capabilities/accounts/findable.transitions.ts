/** What a change of an account changes of what it is found by. */
import { type Change, mergeChanges } from '../../ground/platform/attributes.rules.ts';
import type { Account } from './account.rules.ts';
import type { FindableAccount } from './findable.rules.ts';
import { folded, nameKeyOf } from './name-key.rules.ts';

/** The change together with that of the keys that follow from a name which it changes. */
export function keepFindable(change: Change<Account>): Change<FindableAccount> {
  const { firstName, lastName } = change.set ?? {};
  return mergeChanges<FindableAccount>(change, {
    set: {
      firstNameKey: firstName === undefined ? undefined : nameKeyOf(firstName),
      'searchKeys.firstName': firstName === undefined ? undefined : folded(firstName),
      lastNameKey: lastName === undefined ? undefined : nameKeyOf(lastName),
      'searchKeys.lastName': lastName === undefined ? undefined : folded(lastName),
    },
  });
}
