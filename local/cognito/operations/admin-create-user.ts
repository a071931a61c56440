import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { describeUser, readAttributes, wireAttributes } from '../attributes.ts';
import { invalidParameter } from '../errors.ts';
import { checkPool } from '../lookups.ts';
import { attributeList, operation, optionalText, UserRequest } from '../operation.ts';
import { checkPassword, poolName } from '../passwords.ts';
import type { CognitoServices } from '../services.ts';
import { makeVerifier } from '../srp.ts';

const Request = UserRequest.extend({
  MessageAction: z.unknown().optional(),
  UserAttributes: attributeList,
  TemporaryPassword: optionalText,
});

/** AdminCreateUser, with a temporary password. No invitation is sent, so it must be suppressed. */
export const adminCreateUser = operation(
  Request,
  ({ pool, users, clock }: Pick<CognitoServices, 'pool' | 'users' | 'clock'>, request) => {
    checkPool(pool, request.UserPoolId);
    const { attributes, email } = readNewUser(pool, request);
    const given = request.TemporaryPassword;
    if (given !== undefined) checkPassword(pool, given);
    const created = users.create(email, attributes, clock.now());
    const secret = given ?? randomBytes(24).toString('base64');
    const user = {
      ...created,
      password: makeVerifier(poolName(pool), created.sub, secret),
    };
    users.save(user, clock.now());
    return {
      User: {
        ...describeUser(user),
        Attributes: wireAttributes(user),
      },
    };
  },
);

function readNewUser(
  pool: CognitoServices['pool'],
  { Username, MessageAction, UserAttributes }: z.infer<typeof Request>,
): { attributes: Record<string, string>; email: string } {
  if (!/^[^\s@]+@[^\s@]+$/.test(Username)) throw invalidParameter('Username should be an email.');
  if (MessageAction !== 'SUPPRESS')
    throw invalidParameter('The local machine sends no invitations: pass MessageAction SUPPRESS.');
  const attributes = readAttributes(pool, UserAttributes, { creating: true });
  const email = attributes.email ?? Username;
  if (email.toLowerCase() !== Username.toLowerCase())
    throw invalidParameter('Username and email attribute differ.');
  return { attributes, email };
}
