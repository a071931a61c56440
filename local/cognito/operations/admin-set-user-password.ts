import { checkPool, requiredText } from '../input.ts';
import { checkPassword, poolName } from '../passwords.ts';
import type { Operation } from '../services.ts';
import { makeVerifier } from '../srp.ts';

/** AdminSetUserPassword: permanent confirms the user, temporary makes the next sign-in change it. It revokes no token. */
export const adminSetUserPassword: Operation =
  ({ pool, users, clock }) =>
  (_call, input) => {
    checkPool(pool, input);
    const user = users.get(requiredText(input, 'Username'));
    const password = requiredText(input, 'Password');
    checkPassword(pool, password);
    const status = input.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
    users.save(
      { ...user, status, password: makeVerifier(poolName(pool), user.sub, password) },
      clock.now(),
    );
    return Promise.resolve({});
  };
