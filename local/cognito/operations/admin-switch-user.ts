import { checkPool } from '../lookups.ts';
import { operation, UserRequest } from '../operation.ts';
import type { CognitoServices } from '../services.ts';

type Services = Pick<CognitoServices, 'pool' | 'users' | 'clock' | 'signIns'>;

const switchUser = (enabled: boolean) =>
  operation(UserRequest, ({ pool, users, clock, signIns }: Services, request) => {
    checkPool(pool, request.UserPoolId);
    const user = users.get(request.Username);
    users.save({ ...user, enabled }, clock.now());
    if (!enabled) signIns.revokeAllOf(user.sub);
    return {};
  });

/** AdminDisableUser: also revokes the user's tokens. */
export const adminDisableUser = switchUser(false);

/** AdminEnableUser. */
export const adminEnableUser = switchUser(true);
