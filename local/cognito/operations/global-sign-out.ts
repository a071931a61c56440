import { z } from 'zod';
import { operation, text } from '../operation.ts';
import { userOfToken } from '../self-service.ts';
import type { CognitoServices } from '../services.ts';

/** GlobalSignOut: only for tokens that kept Cognito's own scope. */
export const globalSignOut = operation(
  z.object({ AccessToken: text }),
  async (services: Pick<CognitoServices, 'tokens' | 'users' | 'signIns'>, { AccessToken }) => {
    const user = await userOfToken(services, AccessToken);
    services.signIns.revokeAllOf(user.sub);
    return {};
  },
);
