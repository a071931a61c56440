import { describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { createClock } from '../../../local/clock.ts';
import { createSignIns } from '../../../local/cognito/sign-ins.ts';
import { SELF_SERVICE_SCOPE } from '../../../local/cognito/scopes.ts';
import type { TokenOverrides } from '../../../local/cognito/token-overrides.ts';
import { createTokens } from '../../../local/cognito/tokens.ts';
import { addUser, CLIENT, poolWith, section, servicesWith, signingKey } from './builders.ts';

const UNCHANGED: TokenOverrides = {
  scopes: [SELF_SERVICE_SCOPE, 'portal/api'],
  access: (claims) => claims,
  id: (claims) => claims,
};

/** Tokens of a new sign-in. */
async function issued(overrides = UNCHANGED, client = CLIENT) {
  const services = await servicesWith();
  const { clock, signIns, tokens } = services;
  const user = addUser(services, 'Pat@Test.example', { email_verified: 'true', given_name: 'Pat' });
  const { signIn, refreshToken } = signIns.begin(user.sub, client, clock.now());
  const eventId = 'event-1';
  const result = await tokens.issue({ user, client, signIn, eventId, overrides });
  const [access, id] = [decodeJwt(result.AccessToken), decodeJwt(result.IdToken)];
  return { ...services, user, signIn, refreshToken, result, access, id };
}

describe('issued tokens', () => {
  test("carry Cognito's claims", async () => {
    const { access, id, user, signIn } = await issued();
    const shared = { sub: user.sub, iss: poolWith().issuer, event_id: 'event-1' };
    expect(access).toMatchObject({
      ...shared,
      token_use: 'access',
      client_id: CLIENT.id,
      username: user.sub,
      scope: 'aws.cognito.signin.user.admin portal/api',
      origin_jti: signIn.originJti,
      auth_time: signIn.authTime,
    });
    expect(id).toMatchObject({
      ...shared,
      token_use: 'id',
      aud: CLIENT.id,
      'cognito:username': user.sub,
      email: 'Pat@Test.example',
      email_verified: true,
      given_name: 'Pat',
    });
    expect(access.jti).not.toBe(id.jti);
  });

  test("live as long as the client's settings say", async () => {
    const { access, id, result } = await issued();
    expect((access.exp ?? 0) - (access.iat ?? 0)).toBe(CLIENT.accessSeconds);
    expect((id.exp ?? 0) - (id.iat ?? 0)).toBe(CLIENT.idSeconds);
    expect(result).toMatchObject({ ExpiresIn: CLIENT.accessSeconds, TokenType: 'Bearer' });
  });

  test('are signed with the key that the JWKS names', async () => {
    const { result } = await issued();
    const { kid, publicKey, jwks } = await signingKey();
    expect(decodeProtectedHeader(result.IdToken)).toEqual({ alg: 'RS256', kid });
    await expect(jwtVerify(result.IdToken, publicKey)).resolves.toBeDefined();
    expect(jwks.keys).toEqual([expect.objectContaining({ kid, alg: 'RS256', use: 'sig' })]);
    expect(Object.keys(jwks.keys[0] ?? {})).not.toContain('d');
  });

  test('have no origin_jti where the client has no revocation', async () => {
    const { access, id } = await issued(UNCHANGED, { ...CLIENT, revocation: false });
    expect([access.origin_jti, id.origin_jti]).toEqual([undefined, undefined]);
  });

  test('are changed by the overrides, each its own', async () => {
    const { access, id } = await issued({
      scopes: ['only'],
      access: (claims) => ({ ...claims, role: 'A' }),
      id: (claims) => ({ ...claims, role: 'I' }),
    });
    expect([access.role, id.role, access.scope]).toEqual(['A', 'I', 'only']);
  });
});

describe('reading an access token', () => {
  test('gives its claims', async () => {
    const { tokens, result, user, signIn } = await issued();
    expect(await tokens.readAccessToken(result.AccessToken)).toEqual({
      sub: user.sub,
      originJti: signIn.originJti,
      scopes: UNCHANGED.scopes,
      clientId: CLIENT.id,
    });
  });

  test('refuses an id token, a forged one and none', async () => {
    const { tokens, result } = await issued();
    const forged = `${result.AccessToken.slice(0, -4)}AAAA`;
    for (const token of [result.IdToken, forged, '', 'a.b.c'])
      await expect(tokens.readAccessToken(token)).rejects.toMatchObject({
        code: 'NotAuthorizedException',
        message: 'Invalid Access Token',
      });
  });

  test('refuses one that expired on the emulated clock', async () => {
    const { tokens, result, clock } = await issued();
    clock.advance(CLIENT.accessSeconds + 1);
    await expect(tokens.readAccessToken(result.AccessToken)).rejects.toThrow(
      'Access Token has expired',
    );
  });

  test('refuses one whose sign-in was revoked', async () => {
    const { tokens, result, signIns, signIn } = await issued();
    signIns.revoke(signIn);
    await expect(tokens.readAccessToken(result.AccessToken)).rejects.toThrow(
      'Access Token has been revoked',
    );
  });

  test('refuses one of another pool', async () => {
    const { result } = await issued();
    const other = createTokens(
      poolWith({ issuer: 'http://localhost:4566/us-east-1_Other' }),
      await signingKey(),
      createClock(),
      createSignIns(section({})),
    );
    await expect(other.readAccessToken(result.AccessToken)).rejects.toThrow('Invalid Access Token');
  });
});

describe('a refresh token', () => {
  const now = Date.UTC(2026, 0, 1);
  const begun = () => {
    const kept = {};
    const signIns = createSignIns(section(kept));
    return { kept, signIns, ...signIns.begin('sub-1', CLIENT, now) };
  };

  test('leads to its sign-in until it expires', () => {
    const { signIns, refreshToken, signIn } = begun();
    const end = now + CLIENT.refreshSeconds * 1000;
    expect(signIns.redeem(refreshToken, CLIENT.id, end - 1)).toEqual(signIn);
    expect(() => signIns.redeem(refreshToken, CLIENT.id, end)).toThrow('Refresh Token has expired');
  });

  test('of another client, or of nobody, is invalid', () => {
    const { signIns, refreshToken } = begun();
    expect(() => signIns.redeem(refreshToken, 'client-2', now)).toThrow('Invalid Refresh Token');
    expect(() => signIns.redeem('made-up', CLIENT.id, now)).toThrow('Invalid Refresh Token');
  });

  test('is revoked alone, or with all of its user', () => {
    const { signIns, refreshToken, signIn } = begun();
    const second = signIns.begin('sub-1', CLIENT, now);
    const other = signIns.begin('sub-2', CLIENT, now);
    signIns.revoke(signIn);
    expect(() => signIns.redeem(refreshToken, CLIENT.id, now)).toThrow('has been revoked');
    expect(signIns.redeem(second.refreshToken, CLIENT.id, now)).toBeDefined();
    signIns.revokeAllOf('sub-1');
    expect(() => signIns.redeem(second.refreshToken, CLIENT.id, now)).toThrow('has been revoked');
    expect(signIns.redeem(other.refreshToken, CLIENT.id, now)).toBeDefined();
  });

  test('is not kept in clear, and outlasts a restart with its revocation', () => {
    const { kept, signIns, refreshToken, signIn } = begun();
    expect(JSON.stringify(kept)).not.toContain(refreshToken);
    signIns.revoke(signIn);
    const reopened = createSignIns(section(kept));
    expect(reopened.isRevoked(signIn.originJti)).toBe(true);
    expect(() => reopened.redeem(refreshToken, CLIENT.id, now)).toThrow('has been revoked');
  });
});
