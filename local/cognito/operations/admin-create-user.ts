import { randomBytes } from 'node:crypto';
import { describeUser, readAttributes, wireAttributes } from '../attributes.ts';
import { invalidParameter } from '../errors.ts';
import { checkPool, optionalText, requiredText } from '../input.ts';
import { checkPassword, poolName } from '../passwords.ts';
import type { Operation } from '../services.ts';
import { makeVerifier } from '../srp.ts';

/** AdminCreateUser: with a temporary password; no invitation is ever sent, so the message must be suppressed. */
export const adminCreateUser: Operation =
  ({ pool, users, clock }) =>
  (_call, input) => {
    checkPool(pool, input);
    const email = requiredText(input, 'Username');
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw invalidParameter('Username should be an email.');
    if (input.MessageAction !== 'SUPPRESS')
      throw invalidParameter(
        'The local machine sends no invitations: pass MessageAction SUPPRESS.',
      );
    const attributes = readAttributes(pool, input.UserAttributes, { creating: true });
    if (attributes.email !== undefined && attributes.email.toLowerCase() !== email.toLowerCase())
      throw invalidParameter('Username and email attribute differ.');
    const given = optionalText(input, 'TemporaryPassword');
    if (given !== undefined) checkPassword(pool, given);
    const created = users.create(attributes.email ?? email, attributes, clock.now());
    const user = {
      ...created,
      password: makeVerifier(
        poolName(pool),
        created.sub,
        given ?? randomBytes(24).toString('base64'),
      ),
    };
    users.save(user, clock.now());
    return Promise.resolve({ User: { ...describeUser(user), Attributes: wireAttributes(user) } });
  };
