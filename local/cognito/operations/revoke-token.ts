import { AwsError } from '../../gateway/aws-error.ts';
import { clientOf, requiredText } from '../input.ts';
import type { Operation } from '../services.ts';

/** RevokeToken: ends a refresh token and every token that descends from it. A token that is not ours counts as revoked (inferred, as RFC 7009 has it). */
export const revokeToken: Operation =
  ({ pool, signIns }) =>
  (_call, input) => {
    const client = clientOf(pool, input);
    const token = requiredText(input, 'Token');
    if (!client.revocation)
      throw new AwsError(
        'UnsupportedOperationException',
        'Token revocation is disabled for this client.',
      );
    const signIn = signIns.find(token);
    if (signIn === undefined && token.split('.').length === 3)
      throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type');
    if (signIn !== undefined && signIn.clientId !== client.id)
      throw new AwsError('UnauthorizedException', 'The token was issued to another client.');
    if (signIn !== undefined) signIns.revoke(signIn);
    return Promise.resolve({});
  };
