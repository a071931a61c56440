import { checkPool, requiredText } from '../input.ts';
import type { Operation } from '../services.ts';

const switchUser =
  (enabled: boolean): Operation =>
  ({ pool, users, clock, signIns }) =>
  (_call, input) => {
    checkPool(pool, input);
    const user = users.get(requiredText(input, 'Username'));
    users.save({ ...user, enabled }, clock.now());
    if (!enabled) signIns.revokeAllOf(user.sub);
    return Promise.resolve({});
  };

/** AdminDisableUser: also revokes the user's tokens. */
export const adminDisableUser = switchUser(false);

/** AdminEnableUser. */
export const adminEnableUser = switchUser(true);
