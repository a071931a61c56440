import { userOfToken } from '../self-service.ts';
import type { Operation } from '../services.ts';

/** GlobalSignOut: only for tokens that kept Cognito's own scope. */
export const globalSignOut: Operation = (services) => async (_call, input) => {
  const user = await userOfToken(services, input);
  services.signIns.revokeAllOf(user.sub);
  return {};
};
