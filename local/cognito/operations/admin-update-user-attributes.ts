import { readAttributes } from '../attributes.ts';
import { checkPool, requiredText } from '../input.ts';
import type { Operation } from '../services.ts';

/** AdminUpdateUserAttributes: a new e-mail address is unverified unless the same call says otherwise. */
export const adminUpdateUserAttributes: Operation =
  ({ pool, users, clock }) =>
  (_call, input) => {
    checkPool(pool, input);
    const user = users.get(requiredText(input, 'Username'));
    const changes = readAttributes(pool, input.UserAttributes, { creating: false });
    const movesEmail = changes.email !== undefined && changes.email !== user.attributes.email;
    const attributes = {
      ...user.attributes,
      ...(movesEmail ? { email_verified: 'false' } : {}),
      ...changes,
    };
    users.save(
      {
        ...user,
        attributes: Object.fromEntries(
          Object.entries(attributes).filter(([, value]) => value !== ''),
        ),
      },
      clock.now(),
    );
    return Promise.resolve({});
  };
