import { z } from 'zod';
import { wireAttributes } from '../attributes.ts';
import { operation, text } from '../operation.ts';
import { userOfToken } from '../self-service.ts';
import type { CognitoServices } from '../services.ts';

/** GetUser: only for tokens that kept Cognito's own scope. */
export const getUser = operation(
  z.object({ AccessToken: text }),
  async (services: Pick<CognitoServices, 'tokens' | 'users'>, { AccessToken }) => {
    const user = await userOfToken(services, AccessToken);
    return {
      Username: user.sub,
      UserAttributes: wireAttributes(user),
    };
  },
);
