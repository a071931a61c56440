import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { UserPool } from '../../../lambdas/capabilities/accounts/user-pool.client.ts';
import { awsError } from './aws-error.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
beforeEach(() => void cognito.reset());

const EMAIL = 'pat@cedargrove.example';
const pool = new UserPool('us-east-1_pool');
const UNAVAILABLE = { name: 'UserPoolUnavailable' };

describe('the user of an account', () => {
  test('is made with no message and no password, its address verified', async () => {
    cognito.on(AdminCreateUserCommand).resolves({ User: { Username: 'uuid' } });
    expect(await pool.ensureUser(EMAIL, 'account-1')).toEqual({ username: 'uuid' });
    expect(cognito.commandCalls(AdminCreateUserCommand)[0]?.args[0].input).toEqual({
      UserPoolId: 'us-east-1_pool',
      Username: EMAIL,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: EMAIL },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'custom:account_id', Value: 'account-1' },
      ],
    });
  });

  test.each([
    ["found made, where it is the account's", 'account-1', { username: 'uuid' }],
    ["TAKEN, where it is another one's", 'account-2', 'TAKEN'],
  ])('is %s', async (_what, Value, result) => {
    cognito.on(AdminCreateUserCommand).rejects(awsError('UsernameExistsException'));
    cognito.on(AdminGetUserCommand).resolves({
      Username: 'uuid',
      UserAttributes: [{ Name: 'custom:account_id', Value }],
    });
    expect(await pool.ensureUser(EMAIL, 'account-1')).toEqual(result);
  });

  test('is found by an address, with the account that it belongs to, if any', async () => {
    cognito
      .on(AdminGetUserCommand)
      .resolvesOnce({
        Username: 'uuid',
        UserAttributes: [{ Name: 'custom:account_id', Value: 'account-1' }],
      })
      .resolvesOnce({ Username: 'by-hand' })
      .rejects(awsError('UserNotFoundException'));
    expect(await pool.userOf(EMAIL)).toEqual({ username: 'uuid', accountId: 'account-1' });
    expect(await pool.userOf(EMAIL)).toEqual({ username: 'by-hand', accountId: undefined });
    expect(await pool.userOf(EMAIL)).toBeUndefined();
  });

  test('is moved to another verified address, or TAKEN', async () => {
    cognito.on(AdminUpdateUserAttributesCommand).resolvesOnce({});
    expect(await pool.changeEmail('uuid', EMAIL)).toBe('DONE');
    expect(cognito.commandCalls(AdminUpdateUserAttributesCommand)[0]?.args[0].input).toEqual({
      UserPoolId: 'us-east-1_pool',
      Username: 'uuid',
      UserAttributes: [
        { Name: 'email', Value: EMAIL },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    cognito.on(AdminUpdateUserAttributesCommand).rejects(awsError('AliasExistsException'));
    expect(await pool.changeEmail('uuid', EMAIL)).toBe('TAKEN');
  });

  test('gets its password for good, or it is REFUSED', async () => {
    cognito.on(AdminSetUserPasswordCommand).resolvesOnce({});
    expect(await pool.setPassword('uuid', 'secret')).toBe('DONE');
    expect(cognito.commandCalls(AdminSetUserPasswordCommand)[0]?.args[0].input).toEqual({
      UserPoolId: 'us-east-1_pool',
      Username: 'uuid',
      Password: 'secret',
      Permanent: true,
    });
    cognito.on(AdminSetUserPasswordCommand).rejects(awsError('InvalidPasswordException'));
    expect(await pool.setPassword('uuid', 'secret')).toBe('REFUSED');
  });

  test('is signed out everywhere; one that is gone has no session', async () => {
    cognito.on(AdminUserGlobalSignOutCommand).resolvesOnce({});
    await pool.signOutEverywhere('uuid');
    expect(cognito.commandCalls(AdminUserGlobalSignOutCommand)[0]?.args[0].input).toEqual({
      UserPoolId: 'us-east-1_pool',
      Username: 'uuid',
    });
    cognito.on(AdminUserGlobalSignOutCommand).rejects(awsError('UserNotFoundException'));
    await expect(pool.signOutEverywhere('uuid')).resolves.toBeUndefined();
  });

  test.each<[string, () => Promise<unknown>]>([
    ['AdminCreateUser', () => pool.ensureUser(EMAIL, 'account-1')],
    ['AdminUpdateUserAttributes', () => pool.changeEmail('uuid', EMAIL)],
    ['AdminSetUserPassword', () => pool.setPassword('uuid', 'secret')],
    ['AdminUserGlobalSignOut', () => pool.signOutEverywhere('uuid')],
  ])('is UserPoolUnavailable while Cognito does not answer %s', async (operation, call) => {
    cognito.onAnyCommand().rejects(awsError('TooManyRequestsException', 'secret'));
    const failure = expect(call()).rejects;
    await failure.toMatchObject({ ...UNAVAILABLE, cause: { name: 'TooManyRequestsException' } });
    await expect(call()).rejects.toThrow(`Cognito did not answer ${operation}. Try again.`);
  });

  test('is UserPoolUnavailable where the user of the address cannot be read', async () => {
    cognito.on(AdminCreateUserCommand).rejects(awsError('UsernameExistsException'));
    cognito.on(AdminGetUserCommand).rejects(awsError('InternalErrorException'));
    await expect(pool.ensureUser(EMAIL, 'account-1')).rejects.toMatchObject(UNAVAILABLE);
  });
});
