import { z } from 'zod';
import { AwsError } from '../../gateway/aws-error.ts';
import { clientOf } from '../lookups.ts';
import { operation, text } from '../operation.ts';
import type { CognitoServices } from '../services.ts';

/**
 * RevokeToken: ends a refresh token and every token that descends from it.
 * A token that the pool did not issue counts as revoked (inferred, as RFC 7009 has it).
 */
export const revokeToken = operation(
  z.object({ ClientId: text, Token: text }),
  ({ pool, signIns }: Pick<CognitoServices, 'pool' | 'signIns'>, { ClientId, Token }) => {
    const client = clientOf(pool, ClientId);
    if (!client.revocation)
      throw new AwsError(
        'UnsupportedOperationException',
        'Token revocation is disabled for this client.',
      );
    const signIn = signIns.find(Token);
    if (signIn === undefined && Token.split('.').length === 3)
      throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type');
    if (signIn !== undefined && signIn.clientId !== client.id)
      throw new AwsError('UnauthorizedException', 'The token was issued to another client.');
    if (signIn !== undefined) signIns.revoke(signIn);
    return {};
  },
);
