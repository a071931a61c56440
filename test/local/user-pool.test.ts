import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import type { LocalStack } from '../../local/local-stack.ts';
import { createSrpClient } from '../clients/srp-client.ts';
import { addUser, clientsOf, PASSWORD, provePassword, signIn, startFixture } from './fixture.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(async () => {
  await stack.stop();
});

const pool = (): { UserPoolId: string } => ({ UserPoolId: stack.outputs.userPoolId });
const client = (): { ClientId: string } => ({ ClientId: stack.outputs.userPoolClientId });

describe('administering users', () => {
  test('the operations need the operator or a role of the stack', async () => {
    const { anonymous } = clientsOf(stack);
    await expect(
      anonymous.send(new cognito.AdminGetUserCommand({ ...pool(), Username: 'x@y.example' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  test('a created user has a UUID, its attributes and a temporary password', async () => {
    const { operator } = clientsOf(stack);
    const Username = 'Created@Fixture.example';
    const { User } = await operator.send(
      new cognito.AdminCreateUserCommand({ ...pool(), Username, MessageAction: 'SUPPRESS' }),
    );
    expect(User).toMatchObject({
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      Enabled: true,
      Username: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const found = await operator.send(
      new cognito.AdminGetUserCommand({ ...pool(), Username: Username.toLowerCase() }),
    );
    expect(found.UserAttributes).toContainEqual({ Name: 'email', Value: Username });
    expect(found.UserCreateDate).toBeInstanceOf(Date);
  });

  test('an address can be taken once, in any case', async () => {
    const { operator } = clientsOf(stack);
    const { email } = await addUser(stack);
    const again = new cognito.AdminCreateUserCommand({
      ...pool(),
      Username: email.toUpperCase(),
      MessageAction: 'SUPPRESS',
    });
    await expect(operator.send(again)).rejects.toMatchObject({ name: 'UsernameExistsException' });
    const other = await addUser(stack);
    const move = new cognito.AdminUpdateUserAttributesCommand({
      ...pool(),
      Username: other.email,
      UserAttributes: [{ Name: 'email', Value: email }],
    });
    await expect(operator.send(move)).rejects.toMatchObject({ name: 'AliasExistsException' });
  });

  test('a new address signs in at once and is unverified unless the same call says otherwise', async () => {
    const { operator } = clientsOf(stack);
    const { email, sub } = await addUser(stack);
    const moved = `moved-${email}`;
    await operator.send(
      new cognito.AdminUpdateUserAttributesCommand({
        ...pool(),
        Username: email,
        UserAttributes: [{ Name: 'email', Value: moved }],
      }),
    );
    expect(
      (await operator.send(new cognito.AdminGetUserCommand({ ...pool(), Username: sub })))
        .UserAttributes,
    ).toContainEqual({ Name: 'email_verified', Value: 'false' });
    expect((await provePassword(stack, moved)).ChallengeName).toBe('CUSTOM_CHALLENGE');
    await expect(
      operator.send(new cognito.AdminGetUserCommand({ ...pool(), Username: email })),
    ).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  test.each([
    [
      'an attribute that the schema does not have',
      { UserAttributes: [{ Name: 'custom:shoe_size', Value: '9' }] },
      'InvalidParameterException',
    ],
    ['a name that is not an address', { Username: 'pat' }, 'InvalidParameterException'],
    [
      'an invitation, which is never sent here',
      { MessageAction: undefined },
      'InvalidParameterException',
    ],
    ['a short temporary password', { TemporaryPassword: 'short' }, 'InvalidPasswordException'],
    ['another pool', { UserPoolId: 'us-east-1_Another00' }, 'ResourceNotFoundException'],
  ])('fails to create a user with %s', async (_name, more, error) => {
    const input = {
      ...pool(),
      Username: 'new@fixture.example',
      MessageAction: 'SUPPRESS' as const,
      ...more,
    };
    await expect(
      clientsOf(stack).operator.send(new cognito.AdminCreateUserCommand(input)),
    ).rejects.toMatchObject({ name: error });
  });

  test.each([
    ['seven77', 'InvalidPasswordException'],
    [' leading-space', 'InvalidParameterException'],
    ['trailing-space ', 'InvalidParameterException'],
    ['x'.repeat(257), 'InvalidParameterException'],
  ])('fails to set the password %j', async (Password, error) => {
    const { email } = await addUser(stack);
    await expect(
      clientsOf(stack).operator.send(
        new cognito.AdminSetUserPasswordCommand({
          ...pool(),
          Username: email,
          Password,
          Permanent: true,
        }),
      ),
    ).rejects.toMatchObject({ name: error });
  });

  test('a temporary password must be changed, and then skips the custom challenges but not the token gate', async () => {
    const { operator, anonymous } = clientsOf(stack);
    const { email, sub } = await addUser(stack, 'Gated');
    await operator.send(
      new cognito.AdminSetUserPasswordCommand({
        ...pool(),
        Username: email,
        Password: 'Temporary-1',
        Permanent: false,
      }),
    );
    const asked = await provePassword(stack, email, 'Temporary-1');
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const change = new cognito.RespondToAuthChallengeCommand({
      ...client(),
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: asked.Session,
      ChallengeResponses: { USERNAME: sub, NEW_PASSWORD: PASSWORD },
    });
    await expect(anonymous.send(change)).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error No grant.',
    });
  });

  test('signing out everywhere, disabling and deleting end every sign-in', async () => {
    const { operator, anonymous } = clientsOf(stack);
    for (const [end, message] of [
      [cognito.AdminUserGlobalSignOutCommand, 'Refresh Token has been revoked'],
      [cognito.AdminDisableUserCommand, 'Refresh Token has been revoked'],
      [cognito.AdminDeleteUserCommand, 'Refresh Token has been revoked'],
    ] as const) {
      const { email } = await addUser(stack);
      const { RefreshToken } = await signIn(stack, email);
      await operator.send(new end({ ...pool(), Username: email }));
      await expect(
        anonymous.send(new cognito.GetTokensFromRefreshTokenCommand({ ...client(), RefreshToken })),
      ).rejects.toThrow(message);
    }
  });

  test('users are listed by filter and page by page', async () => {
    const { operator } = clientsOf(stack);
    const { email, sub } = await addUser(stack);
    const find = async (Filter: string): Promise<(string | undefined)[]> =>
      ((await operator.send(new cognito.ListUsersCommand({ ...pool(), Filter }))).Users ?? []).map(
        ({ Username }) => Username,
      );
    expect(await find(`email = "${email}"`)).toEqual([sub]);
    expect(await find(`sub = "${sub}"`)).toEqual([sub]);
    expect(await find(`email ^= "${email.slice(0, -10)}"`)).toContain(sub);
    expect(await find('status = "Disabled"')).not.toContain(sub);
    await expect(find('custom:account_id = "x"')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const first = await operator.send(new cognito.ListUsersCommand({ ...pool(), Limit: 1 }));
    const second = await operator.send(
      new cognito.ListUsersCommand({ ...pool(), Limit: 1, PaginationToken: first.PaginationToken }),
    );
    expect(second.Users?.[0]?.Username).not.toBe(first.Users?.[0]?.Username);
  });
});

describe('doors that the settings close', () => {
  const token = async (givenName?: string): Promise<{ AccessToken: string }> => ({
    AccessToken: (await signIn(stack, (await addUser(stack, givenName)).email)).AccessToken ?? '',
  });

  test.each(['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH'] as const)(
    'the flow %s is off',
    async (AuthFlow) => {
      const AuthParameters = { USERNAME: 'x@y.example', PASSWORD, SRP_A: createSrpClient().srpA };
      await expect(
        clientsOf(stack).anonymous.send(
          new cognito.InitiateAuthCommand({ ...client(), AuthFlow, AuthParameters }),
        ),
      ).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: `${AuthFlow} flow not enabled for this client`,
      });
    },
  );

  test('self sign-up and self recovery are refused', async () => {
    const { anonymous } = clientsOf(stack);
    await expect(
      anonymous.send(
        new cognito.SignUpCommand({ ...client(), Username: 'x@y.example', Password: PASSWORD }),
      ),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'SignUp is not permitted for this user pool',
    });
    await expect(
      anonymous.send(new cognito.ForgotPasswordCommand({ ...client(), Username: 'x@y.example' })),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Contact administrator to reset password.',
    });
    await expect(
      anonymous.send(
        new cognito.ConfirmForgotPasswordCommand({
          ...client(),
          Username: 'x@y.example',
          Password: PASSWORD,
          ConfirmationCode: '1',
        }),
      ),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('a token without the self-service scope opens no self-service operation', async () => {
    const { anonymous } = clientsOf(stack);
    const access = await token();
    const commands = [
      new cognito.GetUserCommand(access),
      new cognito.GlobalSignOutCommand(access),
      new cognito.DeleteUserCommand(access),
      new cognito.UpdateUserAttributesCommand({ ...access, UserAttributes: [] }),
      new cognito.AssociateSoftwareTokenCommand(access),
      new cognito.ChangePasswordCommand({
        ...access,
        PreviousPassword: PASSWORD,
        ProposedPassword: `${PASSWORD}2`,
      }),
    ];
    for (const command of commands) {
      await expect(anonymous.send(command as never)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Access Token does not have required scopes',
      });
    }
  });

  test('a token with the scope works until it is revoked', async () => {
    const { anonymous, operator } = clientsOf(stack);
    const { email, sub } = await addUser(stack, 'Trusted');
    const { AccessToken } = await signIn(stack, email);
    expect((await anonymous.send(new cognito.GetUserCommand({ AccessToken }))).Username).toBe(sub);
    await operator.send(new cognito.AdminUserGlobalSignOutCommand({ ...pool(), Username: email }));
    await expect(anonymous.send(new cognito.GetUserCommand({ AccessToken }))).rejects.toMatchObject(
      { message: 'Access Token has been revoked' },
    );
  });

  test('an operation that is not there is an error', async () => {
    const listGroups = new cognito.ListGroupsCommand(pool());
    await expect(clientsOf(stack).operator.send(listGroups)).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

test("the portal's page may call, and reads errors", async () => {
  const url = stack.endpoint;
  const headers = {
    origin: stack.outputs.portalUrl,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-amz-target',
  };
  const preflight = await fetch(url, { method: 'OPTIONS', headers });
  expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,x-amz-target');
  const refused = await fetch(url, {
    method: 'POST',
    headers: {
      origin: stack.outputs.portalUrl,
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: 'not JSON',
  });
  expect(refused.status).toBe(400);
  expect(refused.headers.get('access-control-allow-origin')).toBe(stack.outputs.portalUrl);
  expect(refused.headers.get('x-amzn-errortype')).toBe('SerializationException:');
  expect(await refused.json()).toMatchObject({ __type: 'SerializationException' });
});
