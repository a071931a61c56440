import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { LocalStack } from '../../local/local-stack.ts';
import { addUser, clientsOf, signIn, startFixture } from './fixture.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(async () => {
  await stack.stop();
});

describe('tokens', () => {
  test('are signed by the published key, for the issuer of the outputs, and carry what the gate added', async () => {
    const { email, sub } = await addUser(stack);
    const { AccessToken = '', IdToken = '', ExpiresIn } = await signIn(stack, email);
    const issuer = `${stack.outputs.cognitoUrl}/${stack.outputs.userPoolId}`;
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
    const access = (await jwtVerify(AccessToken, keys, { issuer })).payload;
    const id = (
      await jwtVerify(IdToken, keys, { issuer, audience: stack.outputs.userPoolClientId })
    ).payload;
    expect(access).toMatchObject({
      sub,
      username: sub,
      client_id: stack.outputs.userPoolClientId,
      token_use: 'access',
      scope: 'portal-auth/api',
      login_method: 'EMAIL',
    });
    expect(id).toMatchObject({
      sub,
      'cognito:username': sub,
      email,
      email_verified: true,
      token_use: 'id',
      login_method: 'EMAIL',
    });
    expect(id).not.toHaveProperty('given_name');
    expect(access.exp).toBe((access.iat ?? 0) + 900);
    expect(ExpiresIn).toBe(900);
  });

  test('are renewed by both operations, with the same sign-in time and origin', async () => {
    const { email } = await addUser(stack);
    const { AccessToken = '', RefreshToken } = await signIn(stack, email);
    const { anonymous } = clientsOf(stack);
    const ClientId = stack.outputs.userPoolClientId;
    await clientsOf(stack).local('POST', 'clock', { advanceSeconds: 60 });
    const byInitiate = await anonymous.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: RefreshToken ?? '' },
      }),
    );
    const byOperation = await anonymous.send(
      new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }),
    );
    const first = decodeJwt(AccessToken);
    for (const { AuthenticationResult } of [byInitiate, byOperation]) {
      const renewed = decodeJwt(AuthenticationResult?.AccessToken ?? '');
      expect(renewed).toMatchObject({
        auth_time: first.auth_time,
        origin_jti: first.origin_jti,
        gate_source: 'TokenGeneration_RefreshTokens',
      });
      expect(renewed.iat).toBeGreaterThanOrEqual((first.iat ?? 0) + 60);
      expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    }
  });

  test('cannot be renewed after revocation', async () => {
    const { email } = await addUser(stack);
    const { RefreshToken } = await signIn(stack, email);
    const { anonymous } = clientsOf(stack);
    const ClientId = stack.outputs.userPoolClientId;
    await anonymous.send(new RevokeTokenCommand({ ClientId, Token: RefreshToken }));
    await expect(
      anonymous.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken })),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Refresh Token has been revoked',
    });
  });

  test('cannot be renewed after the refresh token has expired', async () => {
    const own = await startFixture();
    try {
      const { email } = await addUser(own);
      const { RefreshToken } = await signIn(own, email);
      await clientsOf(own).local('POST', 'clock', { advanceSeconds: 4 * 3600 });
      await expect(
        clientsOf(own).anonymous.send(
          new GetTokensFromRefreshTokenCommand({
            ClientId: own.outputs.userPoolClientId,
            RefreshToken,
          }),
        ),
      ).rejects.toThrow('Refresh Token has expired');
    } finally {
      await own.stop();
    }
  });
});
