import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { BrowserDevice } from '../clients/browser-device.ts';
import { ADA, LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser, type Tokens } from '../clients/portal-user.ts';

let machine: Machine;
let tokens: Tokens;
beforeAll(async () => {
  machine = await Machine.boot();
  tokens = await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email);
});
afterAll(async () => machine.stop());

const anybody = () => new PortalUser(machine, LEE.email);

describe('no public operation of Cognito opens a door', () => {
  const ClientId = () => machine.outputs.userPoolClientId;
  test.each<[string, () => Record<string, unknown>, string]>([
    [
      'SignUp',
      () => ({ ClientId: ClientId(), Username: 'new@cedargrove.example', Password: PASSWORD }),
      'NotAuthorizedException',
    ],
    [
      'ForgotPassword',
      () => ({ ClientId: ClientId(), Username: LEE.email }),
      'NotAuthorizedException',
    ],
    [
      'InitiateAuth',
      () => ({
        ClientId: ClientId(),
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: LEE.email, PASSWORD },
      }),
      'InvalidParameterException',
    ],
    [
      'InitiateAuth',
      () => ({
        ClientId: ClientId(),
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: LEE.email, SRP_A: '2' },
      }),
      'InvalidParameterException',
    ],
    [
      'InitiateAuth',
      () => ({
        ClientId: ClientId(),
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME: LEE.email },
      }),
      'InvalidParameterException',
    ],
    ['GetUser', () => ({ AccessToken: tokens.AccessToken }), 'NotAuthorizedException'],
    [
      'UpdateUserAttributes',
      () => ({
        AccessToken: tokens.AccessToken,
        UserAttributes: [{ Name: 'email', Value: 'mallory@cedargrove.example' }],
      }),
      'NotAuthorizedException',
    ],
    [
      'ChangePassword',
      () => ({
        AccessToken: tokens.AccessToken,
        PreviousPassword: PASSWORD,
        ProposedPassword: 'Another-Password-1',
      }),
      'NotAuthorizedException',
    ],
    [
      'AssociateSoftwareToken',
      () => ({ AccessToken: tokens.AccessToken }),
      'NotAuthorizedException',
    ],
    ['DeleteUser', () => ({ AccessToken: tokens.AccessToken }), 'NotAuthorizedException'],
  ])('%s', async (operation, input, error) => {
    expect((await anybody().call(operation, input())).__type).toBe(error);
  });

  test('Admin operations take no caller without a key', async () => {
    const { __type } = await anybody().call('AdminSetUserPassword', {
      UserPoolId: machine.outputs.userPoolId,
      Username: LEE.email,
      Password: 'Another-Password-1',
      Permanent: true,
    });
    expect(__type).toMatch(/AccessDenied|MissingAuthenticationToken|UnrecognizedClient/);
  });

  test('a forced password change yields no tokens: the gate finds no grant', async () => {
    const { endpoint, operatorCredentials: credentials, outputs } = machine.stack;
    const admin = new CognitoIdentityProviderClient({
      endpoint,
      region: outputs.region,
      credentials,
    });
    await admin.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: outputs.userPoolId,
        Username: ADA.email,
        Password: 'Temporary-Password-1',
        Permanent: false,
      }),
    );
    const ada = new PortalUser(machine, ADA.email);
    const round = await ada.provePassword('Temporary-Password-1');
    const { __type, AuthenticationResult } = await ada.call('RespondToAuthChallenge', {
      ClientId: ClientId(),
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: round.session,
      ChallengeResponses: { USERNAME: ADA.email, NEW_PASSWORD: PASSWORD },
    });
    expect(AuthenticationResult).toBeUndefined();
    expect(__type).toBeDefined();
    await admin.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: outputs.userPoolId,
        Username: ADA.email,
        Password: PASSWORD,
        Permanent: true,
      }),
    );
  });

  test('a user disabled in Cognito stays out', async () => {
    const { endpoint, operatorCredentials: credentials, outputs } = machine.stack;
    const admin = new CognitoIdentityProviderClient({
      endpoint,
      region: outputs.region,
      credentials,
    });
    await admin.send(
      new AdminDisableUserCommand({ UserPoolId: outputs.userPoolId, Username: ADA.email }),
    );
    expect((await new PortalUser(machine, ADA.email).provePassword(PASSWORD)).error).toBe(
      'NotAuthorizedException',
    );
  });
});

describe('a sign-in with USERNAME alone and no device', () => {
  test('known and unknown users see the same challenge and the same refusal', async () => {
    const device = await BrowserDevice.make();
    const rounds = [];
    for (const email of [LEE.email, 'nobody@cedargrove.example']) {
      const user = new PortalUser(machine, email);
      const begun = await user.begin();
      expect(begun).toMatchObject({
        challenge: 'PROVE_DEVICE',
        parameters: { nonce: expect.stringMatching(/^[\w-]{22}$/) },
      });
      expect(Object.keys(begun.parameters).sort()).toEqual(['USERNAME', 'nonce']);
      rounds.push(
        await user.answer(
          await device.proof(
            machine.outputs.userPoolClientId,
            'EMAIL',
            begun.parameters.nonce ?? '',
          ),
        ),
      );
    }
    for (const { error, message } of rounds)
      expect([error, message]).toEqual([
        'NotAuthorizedException',
        'Incorrect username or password.',
      ]);
  });

  test('a custom answer without a proven password reaches no code', async () => {
    const lee = anybody();
    await lee.begin();
    expect(await lee.answer({ factor: 'EMAIL' })).toMatchObject({
      error: 'NotAuthorizedException',
    });
  });
});

describe('at rest', () => {
  test('no table holds a code, a token or a password', async () => {
    const pat = new PortalUser(machine, PAT.email);
    await pat.provePassword(PASSWORD);
    const code = await pat.sendCode('SMS', PAT.phone);
    const { endpoint, outputs, operatorCredentials: credentials } = machine.stack;
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint, region: outputs.region, credentials }),
    );
    const dumps = await Promise.all(
      Object.values(outputs.tables).map(async (TableName) =>
        JSON.stringify((await client.send(new ScanCommand({ TableName }))).Items),
      ),
    );
    const dump = dumps.join('\n').replace(/\d{10,}/g, '');
    expect(dump).toContain('FLOW#');
    expect(dump).not.toMatch(new RegExp(`(?<!\\d)${code}(?!\\d)`));
    expect(dump).not.toContain(PASSWORD);
    expect(dump).not.toContain(tokens.RefreshToken);
  });

  test('no log line holds a code, a token, a password or a personal datum', async () => {
    const lines = (await machine.logs()).map(({ line }) => line).join('\n');
    for (const canary of [
      PASSWORD,
      PAT.phone,
      PAT.email,
      LEE.email,
      tokens.AccessToken,
      ...(await machine.codes(PAT.phone)),
      ...(await machine.codes(LEE.email)),
    ]) {
      expect(lines).not.toContain(canary);
    }
  });
});
