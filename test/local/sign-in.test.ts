import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AdminDisableUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { LocalStack } from '../../local/local-stack.ts';
import type { ProgramInput } from '../clients/program.ts';
import { runProgram } from '../clients/run-program.ts';
import { createSrpClient } from '../clients/srp-client.ts';
import { addUser, answer, clientsOf, PASSWORD, provePassword, startFixture } from './fixture.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(async () => {
  await stack.stop();
});

const logsOf = async (name: string): Promise<{ line: string }[]> =>
  (await clientsOf(stack).local('GET', `logs?function=${name}`)) as { line: string }[];

describe('signing in with real clients', () => {
  const programInput = (username: string, ...answers: string[]): ProgramInput => ({
    endpoint: stack.outputs.cognitoUrl,
    userPoolId: stack.outputs.userPoolId,
    clientId: stack.outputs.userPoolClientId,
    username,
    password: PASSWORD,
    answers,
  });

  test('amazon-cognito-identity-js proves a password, learns that a code is wrong, and gets tokens', async () => {
    const { email } = await addUser(stack);
    const seen = { challenge: 'ENTER_CODE' };
    expect(await runProgram('identity-js', programInput(email, '999999', '100003'))).toMatchObject({
      seen: [seen, seen],
      valid: true,
    });
  });

  test('Amplify signs in, learns that a code is wrong, and refreshes', async () => {
    const { email } = await addUser(stack);
    const asked = {
      signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE',
      additionalInfo: { challenge: 'ENTER_CODE' },
    };
    expect(await runProgram('amplify', programInput(email, '999999', '100003'))).toMatchObject({
      steps: [asked, asked, { signInStep: 'DONE' }],
      refreshed: { gate_source: 'TokenGeneration_RefreshTokens' },
    });
  });

  test('without SRP the first challenge is a custom one', async () => {
    const { email } = await addUser(stack);
    const begun = await clientsOf(stack).anonymous.send(
      new InitiateAuthCommand({
        ClientId: stack.outputs.userPoolClientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: email.toUpperCase() },
      }),
    );
    expect(begun).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { challenge: 'ENTER_CODE' },
    });
    const done = await answer(stack, email, begun.Session, '100000');
    expect(done.AuthenticationResult?.AccessToken).toBeDefined();
  });
});

describe('what the triggers see', () => {
  test('define sees the whole history with the metadata that create stamped', async () => {
    const { email } = await addUser(stack);
    const proven = await provePassword(stack, email);
    const wrong = await answer(stack, email, proven.Session, '000000');
    await answer(stack, email, wrong.Session, '100003');
    const seen = (await logsOf('define')).map(
      ({ line }) => JSON.parse(line) as { saw: unknown[]; userNotFound: boolean },
    );
    expect(seen.at(-1)).toEqual({
      userNotFound: false,
      saw: [
        ['SRP_A', true, null],
        ['PASSWORD_VERIFIER', true, null],
        ['CUSTOM_CHALLENGE', false, 'round 2'],
        ['CUSTOM_CHALLENGE', true, 'round 3'],
      ],
    });
  });

  test('verify sees the client metadata of the answer', async () => {
    const { email } = await addUser(stack);
    const { Session } = await provePassword(stack, email);
    await answer(stack, email, Session, { code: '100002', metadata: { trace: 'abc' } });
    expect((await logsOf('verify')).at(-1)?.line).toBe('{"clientMetadata":{"trace":"abc"}}');
  });

  test('a trigger that times out is called again with the same event', async () => {
    const { email } = await addUser(stack, 'Slow');
    const { ChallengeParameters } = await provePassword(stack, email);
    expect(ChallengeParameters?.calls).toBe('1');
    expect(
      (await logsOf('create')).some(({ line }) =>
        line.includes('Task timed out after 5.00 seconds'),
      ),
    ).toBe(true);
  });

  test('a trigger can be called twice by a fault', async () => {
    const { email } = await addUser(stack);
    await clientsOf(stack).local('POST', 'faults', { trigger: 'create', duplicate: true });
    expect((await provePassword(stack, email)).ChallengeParameters?.calls).toBe('2');
  });

  test.each([
    [
      'Throwing',
      'UserLambdaValidationException',
      'CreateAuthChallenge failed with error no code today.',
    ],
    ['Garbled', 'InvalidLambdaResponseException', 'Unrecognizable lambda output'],
    ['Empty', 'NotAuthorizedException', 'Incorrect username or password.'],
    ['Undecided', 'InvalidLambdaResponseException', 'Unrecognizable lambda output'],
  ])('a user named %s meets %s', async (givenName, name, message) => {
    const { email } = await addUser(stack, givenName);
    await expect(provePassword(stack, email)).rejects.toMatchObject({ name, message });
  });

  test('a token gate that throws keeps the tokens back', async () => {
    const { email } = await addUser(stack, 'Gated');
    const { Session } = await provePassword(stack, email);
    await expect(answer(stack, email, Session, '100002')).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error No grant.',
    });
  });
});

describe('what triggers may do', () => {
  test.each([
    ['Greedy', 'dynamodb:DeleteItem'],
    ['Sneaky', 'dynamodb:DeleteItem'],
    ['Posing', 'ses:SendEmail'],
    ['Publishing', 'sns:Publish'],
  ])(
    'a function of a user named %s is refused %s, which its role does not allow',
    async (givenName, action) => {
      const { email } = await addUser(stack, givenName);
      await expect(provePassword(stack, email)).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: expect.stringContaining(`not authorized to perform: ${action}`),
      });
    },
  );

  test('texts go to phones', async () => {
    const { email } = await addUser(stack, 'Texting');
    await provePassword(stack, email);
    expect(
      await clientsOf(stack).local('GET', 'messages?to=%2B12025550143&channel=SMS'),
    ).toMatchObject([{ channel: 'SMS', to: '+12025550143', text: 'Code 100002' }]);
  });
});

describe('sessions', () => {
  test('a session can be used once', async () => {
    const { email } = await addUser(stack);
    const { Session } = await provePassword(stack, email);
    await answer(stack, email, Session, '000000');
    await expect(answer(stack, email, Session, '100002')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid session for the user, session can only be used once.',
    });
  });

  test('of fifty answers at once to one session, one is taken', async () => {
    const { email } = await addUser(stack);
    const { Session } = await provePassword(stack, email);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => answer(stack, email, Session, '100002')),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('an invented session and a missing one are refused', async () => {
    const { email } = await addUser(stack);
    await expect(answer(stack, email, 'A'.repeat(40), '1')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid session for the user.',
    });
    await expect(answer(stack, email, undefined, '1')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Missing required parameter Session',
    });
  });

  test("another user's name does not fit the session, and does not spend it", async () => {
    const [{ email }, other] = [await addUser(stack), await addUser(stack)];
    const { Session } = await provePassword(stack, email);
    await expect(answer(stack, other.email, Session, '100002')).rejects.toMatchObject({
      message: 'Invalid session for the user.',
    });
    expect((await answer(stack, email, Session, '100002')).AuthenticationResult).toBeDefined();
  });

  test('a session ends after 15 minutes of the emulated clock', async () => {
    const own = await startFixture();
    try {
      const { email } = await addUser(own);
      const { Session } = await provePassword(own, email);
      await clientsOf(own).local('POST', 'clock', { advanceSeconds: 901 });
      await expect(answer(own, email, Session, '100002')).rejects.toMatchObject({
        message: 'Invalid session for the user, session is expired.',
      });
    } finally {
      await own.stop();
    }
  });
});

describe('passwords', () => {
  test('a wrong password and an unknown user answer alike, both steps', async () => {
    const { email } = await addUser(stack);
    const refused = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
    await expect(provePassword(stack, email, 'wrong-password')).rejects.toMatchObject(refused);
    await expect(
      provePassword(stack, 'unknown@fixture.example', 'wrong-password'),
    ).rejects.toMatchObject(refused);
  });

  test('an unknown user has the same salt and id every time', async () => {
    const ask = async (): Promise<Record<string, string> | undefined> =>
      (
        await clientsOf(stack).anonymous.send(
          new InitiateAuthCommand({
            ClientId: stack.outputs.userPoolClientId,
            AuthFlow: 'CUSTOM_AUTH',
            AuthParameters: {
              USERNAME: 'unknown@fixture.example',
              SRP_A: createSrpClient().srpA,
              CHALLENGE_NAME: 'SRP_A',
            },
          }),
        )
      ).ChallengeParameters;
    const [first, second] = [await ask(), await ask()];
    expect(first).toMatchObject({ SALT: second?.SALT, USER_ID_FOR_SRP: second?.USER_ID_FOR_SRP });
    expect(first?.SRP_B).not.toBe(second?.SRP_B);
  });

  test('five wrong passwords lock the next attempt out, the right password included', async () => {
    const { email } = await addUser(stack);
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(provePassword(stack, email, 'wrong-password')).rejects.toThrow(
        'Incorrect username or password.',
      );
    await expect(provePassword(stack, email)).rejects.toThrow('Password attempts exceeded');
    await clientsOf(stack).local('POST', 'clock', { advanceSeconds: 2 });
    expect((await provePassword(stack, email)).ChallengeName).toBe('CUSTOM_CHALLENGE');
  });

  test('an A that SRP forbids is refused', async () => {
    const { email } = await addUser(stack);
    const begin = clientsOf(stack).anonymous.send(
      new InitiateAuthCommand({
        ClientId: stack.outputs.userPoolClientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: email, SRP_A: '0', CHALLENGE_NAME: 'SRP_A' },
      }),
    );
    await expect(begin).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('the PASSWORD_VERIFIER flow is found by its secret block when the session is not sent', async () => {
    const { email } = await addUser(stack);
    const { anonymous } = clientsOf(stack);
    const srp = createSrpClient();
    const ClientId = stack.outputs.userPoolClientId;
    const begun = await anonymous.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: email, SRP_A: srp.srpA, CHALLENGE_NAME: 'SRP_A' },
      }),
    );
    const ChallengeResponses = srp.answer(
      stack.outputs.userPoolId,
      PASSWORD,
      begun.ChallengeParameters,
    );
    expect(
      (
        await anonymous.send(
          new RespondToAuthChallengeCommand({
            ClientId,
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeResponses,
          }),
        )
      ).ChallengeName,
    ).toBe('CUSTOM_CHALLENGE');
  });

  test('a disabled user is refused as such before any password', async () => {
    const { email } = await addUser(stack);
    await clientsOf(stack).operator.send(
      new AdminDisableUserCommand({ UserPoolId: stack.outputs.userPoolId, Username: email }),
    );
    await expect(provePassword(stack, email)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
    });
  });
});
