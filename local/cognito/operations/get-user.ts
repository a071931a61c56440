import { wireAttributes } from '../attributes.ts';
import { userOfToken } from '../self-service.ts';
import type { Operation } from '../services.ts';

/** GetUser: only for tokens that kept Cognito's own scope. */
export const getUser: Operation = (services) => async (_call, input) => {
  const user = await userOfToken(services, input);
  return { Username: user.sub, UserAttributes: wireAttributes(user) };
};
