import { z } from 'zod';
import { checkPool } from '../lookups.ts';
import { operation, text, UserRequest } from '../operation.ts';
import { checkPassword, poolName } from '../passwords.ts';
import type { CognitoServices } from '../services.ts';
import { makeVerifier } from '../srp.ts';

const Request = UserRequest.extend({ Password: text, Permanent: z.unknown().optional() });

/**
 * AdminSetUserPassword: a permanent password confirms the user, and a temporary one has to be
 * changed at the next sign-in. No token is revoked.
 */
export const adminSetUserPassword = operation(
  Request,
  ({ pool, users, clock }: Pick<CognitoServices, 'pool' | 'users' | 'clock'>, request) => {
    checkPool(pool, request.UserPoolId);
    const user = users.get(request.Username);
    checkPassword(pool, request.Password);
    const status = request.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
    const password = makeVerifier(poolName(pool), user.sub, request.Password);
    users.save({ ...user, status, password }, clock.now());
    return {};
  },
);
