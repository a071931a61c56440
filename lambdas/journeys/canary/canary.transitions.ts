import type { Transition } from '../../ground/platform/attributes.rules.ts';
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';

const { is } = clausesOf<Account>();

/** ACTIVE: the pool has another user for the account, such as after a restore. */
export function adoptUser(cognitoUsername: string): Transition<Account> {
  return {
    change: { set: { cognitoUsername } },
    when: [is('status', 'ACTIVE')],
  };
}
