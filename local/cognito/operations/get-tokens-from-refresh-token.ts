import { z } from 'zod';
import { clientOf } from '../lookups.ts';
import { clientMetadata, operation, text } from '../operation.ts';
import { refreshTokens } from '../refresh.ts';
import type { TokenServices } from '../services.ts';

const Request = z.object({
  ClientId: text,
  RefreshToken: text,
  ClientMetadata: clientMetadata,
});

/** GetTokensFromRefreshToken: without rotation, new access and id tokens only. */
export const getTokensFromRefreshToken = operation(
  Request,
  async (services: TokenServices, request) =>
    await refreshTokens(services, {
      client: clientOf(services.pool, request.ClientId),
      refreshToken: request.RefreshToken,
      clientMetadata: request.ClientMetadata,
    }),
);
