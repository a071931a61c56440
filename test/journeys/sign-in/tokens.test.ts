import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair } from 'jose';
import { ERIN, LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { runProgram } from '../../clients/run-program.ts';
import { createSrpClient } from '../../clients/srp-client.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

describe('refresh', () => {
  test('works in both forms until four hours after the last factor', async () => {
    const pat = new PortalUser(machine, PAT.email);
    const { RefreshToken } = await pat.signIn(PASSWORD, 'SMS', PAT.phone);
    await machine.advance(4 * 3_600 - 60);
    expect(await pat.refresh(RefreshToken)).toMatchObject({
      AuthenticationResult: { AccessToken: expect.any(String) },
    });
    const old = await pat.call('InitiateAuth', {
      ClientId: machine.outputs.userPoolClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
    expect(old.AuthenticationResult).toBeDefined();
    await machine.advance(61);
    expect((await pat.refresh(RefreshToken)).AuthenticationResult).toBeUndefined();
  });

  test('ends four hours after its own sign-in, whatever factor the account passes since', async () => {
    await machine.advance(86_400);
    const first = new PortalUser(machine, PAT.email);
    const { RefreshToken } = await first.signIn(PASSWORD, 'SMS', PAT.phone);
    await machine.advance(3 * 3_600);
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone);
    expect((await first.refresh(RefreshToken)).AuthenticationResult).toBeDefined();
    await machine.advance(3_601);
    expect(await first.refresh(RefreshToken)).toMatchObject({ __type: 'NotAuthorizedException' });
  });

  test('claims the time of its own factor, and never one that was passed elsewhere', async () => {
    await machine.advance(86_400);
    const first = new PortalUser(machine, PAT.email);
    const signedIn = await first.signIn(PASSWORD, 'SMS', PAT.phone);
    const factorAt = decodeJwt(signedIn.AccessToken).factor_at;
    const { now } = (await machine.local('GET', 'clock')) as { now: string };
    expect(Math.abs(Number(factorAt) - Date.parse(now) / 1000)).toBeLessThan(60);
    expect(decodeJwt(signedIn.IdToken).factor_at).toBe(factorAt);
    await machine.advance(1_200);
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone);
    const { AuthenticationResult } = await first.refresh(signedIn.RefreshToken);
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? '').factor_at).toBe(factorAt);
  });

  test('is over after RevokeToken', async () => {
    const lee = new PortalUser(machine, LEE.email);
    const { RefreshToken } = await lee.signIn(PASSWORD, 'EMAIL', LEE.email);
    await lee.call('RevokeToken', {
      ClientId: machine.outputs.userPoolClientId,
      Token: RefreshToken,
    });
    expect((await lee.refresh(RefreshToken)).__type).toBe('NotAuthorizedException');
  });
});

describe('forged tokens open nothing', () => {
  test('alg none, another key, HS256, an id token, an expired one', async () => {
    await machine.advance(3_600);
    const lee = new PortalUser(machine, LEE.email);
    const { AccessToken, IdToken } = await lee.signIn(PASSWORD, 'EMAIL', LEE.email);
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(200);
    const claims = decodeJwt(AccessToken);
    const { privateKey } = await generateKeyPair('RS256');
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'other' }).sign(privateKey),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode('secret-secret-secret-secret-secret')),
      IdToken,
      'garbage',
    ];
    for (const token of forged)
      expect(await machine.api('GET', '/me', undefined, token)).toMatchObject({
        status: 401,
        body: { code: 'TOKEN_INVALID' },
      });
    await machine.advance(16 * 60);
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(401);
  });
});

describe('real clients', () => {
  test('the AWS SDK signs in by SMS', async () => {
    const { endpoint, outputs } = machine.stack;
    const client = new CognitoIdentityProviderClient({
      endpoint,
      region: outputs.region,
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    });
    const ClientId = outputs.userPoolClientId;
    const srp = createSrpClient();
    const begun = await client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: PAT.email, SRP_A: srp.srpA, CHALLENGE_NAME: 'SRP_A' },
      }),
    );
    const answer = (
      ChallengeName: 'PASSWORD_VERIFIER' | 'CUSTOM_CHALLENGE',
      Session: string | undefined,
      ChallengeResponses: Record<string, string>,
    ) =>
      client.send(
        new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }),
      );
    const chosen = await answer(
      'PASSWORD_VERIFIER',
      begun.Session,
      srp.answer(outputs.userPoolId, PASSWORD, begun.ChallengeParameters),
    );
    const known = await machine.codes(PAT.phone);
    const sent = await answer('CUSTOM_CHALLENGE', chosen.Session, {
      USERNAME: PAT.email,
      ANSWER: '{"factor":"SMS"}',
    });
    const done = await answer('CUSTOM_CHALLENGE', sent.Session, {
      USERNAME: PAT.email,
      ANSWER: JSON.stringify({ code: await machine.code(PAT.phone, known) }),
    });
    expect(done.AuthenticationResult).toMatchObject({
      AccessToken: expect.any(String),
      RefreshToken: expect.any(String),
    });
  });

  test.each(['amplify', 'identity-js'] as const)(
    '%s signs in by e-mail, from the password to the tokens',
    async (library) => {
      await machine.advance(3_600);
      const { endpoint, outputs } = machine.stack;
      const input = {
        endpoint,
        userPoolId: outputs.userPoolId,
        clientId: outputs.userPoolClientId,
        username: ERIN.email,
        password: PASSWORD,
      };
      const known = await machine.codes(ERIN.email);
      const program = runProgram(library, {
        ...input,
        answers: ['{"factor":"EMAIL"}', 'WAIT_FOR_CODE', '{"acceptTerms":"2026-10"}'],
        mailbox: { url: `${endpoint}/_local/messages?to=${encodeURIComponent(ERIN.email)}`, known },
      });
      const seen = JSON.stringify(await program);
      expect(seen).toContain('CHOOSE_FACTOR');
      expect(seen).toContain('ENTER_CODE');
      expect(seen).toMatch(/"valid":true|"DONE"/);
    },
    60_000,
  );
});
