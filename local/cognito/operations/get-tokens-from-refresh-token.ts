import { missing } from '../errors.ts';
import { clientOf, optionalText, textMap } from '../input.ts';
import { refreshTokens } from '../refresh.ts';
import type { Operation } from '../services.ts';

/** GetTokensFromRefreshToken: without rotation, new access and id tokens only. */
export const getTokensFromRefreshToken: Operation = (services) => async (_call, input) => {
  const client = clientOf(services.pool, input);
  const token = optionalText(input, 'RefreshToken');
  if (token === undefined) throw missing('RefreshToken');
  const metadata =
    input.ClientMetadata === undefined || input.ClientMetadata === null
      ? undefined
      : textMap(input, 'ClientMetadata');
  return await refreshTokens(services, client, token, metadata);
};
