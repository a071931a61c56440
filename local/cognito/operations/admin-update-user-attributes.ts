import { readAttributes } from '../attributes.ts';
import { checkPool } from '../lookups.ts';
import { attributeList, operation, UserRequest } from '../operation.ts';
import type { CognitoServices } from '../services.ts';

const Request = UserRequest.extend({ UserAttributes: attributeList });

/** AdminUpdateUserAttributes: a new e-mail address is unverified unless the call verifies it. */
export const adminUpdateUserAttributes = operation(
  Request,
  ({ pool, users, clock }: Pick<CognitoServices, 'pool' | 'users' | 'clock'>, request) => {
    checkPool(pool, request.UserPoolId);
    const user = users.get(request.Username);
    const changes = readAttributes(pool, request.UserAttributes, { creating: false });
    const movesEmail = changes.email !== undefined && changes.email !== user.attributes.email;
    const attributes = {
      ...user.attributes,
      ...(movesEmail && { email_verified: 'false' }),
      ...changes,
    };
    users.save({ ...user, attributes: withoutEmpty(attributes) }, clock.now());
    return {};
  },
);

/** Setting an attribute to an empty string removes it. */
function withoutEmpty(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}
