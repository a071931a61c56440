/** Operations of the user pool, each with the services that it uses. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { adminCreateUser } from '../../../local/cognito/operations/admin-create-user.ts';
import { adminSetUserPassword } from '../../../local/cognito/operations/admin-set-user-password.ts';
import {
  adminDisableUser,
  adminEnableUser,
} from '../../../local/cognito/operations/admin-switch-user.ts';
import { adminUpdateUserAttributes } from '../../../local/cognito/operations/admin-update-user-attributes.ts';
import { initiateAuth } from '../../../local/cognito/operations/initiate-auth.ts';
import { listUsers } from '../../../local/cognito/operations/list-users.ts';
import { REFUSED } from '../../../local/cognito/operations/refused.ts';
import { revokeToken } from '../../../local/cognito/operations/revoke-token.ts';
import { operation, optionalText, text, textMap } from '../../../local/cognito/operation.ts';
import type { CognitoServices } from '../../../local/cognito/services.ts';
import { z } from 'zod';
import { addUser, CLIENT, poolWith, servicesWith } from './builders.ts';

let services: CognitoServices;
const UserPoolId = poolWith().id;
const ClientId = CLIENT.id;
beforeEach(async () => {
  services = await servicesWith();
});

type Bound = (services: CognitoServices) => (input: unknown) => Promise<object>;
const call = async (bound: Bound, input: object): Promise<Record<string, unknown>> =>
  (await bound(services)(input)) as Record<string, unknown>;
const refusal = async (bound: Bound, input: object): Promise<string> =>
  await bound(services)(input).then(
    () => 'none',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

describe('reading a request', () => {
  const echo = operation(
    z.object({ Name: text, Other: optionalText, Map: textMap }),
    (_services: object, request) => request,
  )({});

  test('takes null and empty text for an absent member, as clients send them', async () => {
    expect(await echo({ Name: 'a', Other: null, Map: null })).toEqual({ Name: 'a', Map: {} });
    expect(await echo({ Name: 'a', Other: '' })).toEqual({ Name: 'a' });
  });

  test('leaves out the members of a map that are null', async () => {
    expect(await echo({ Name: 'a', Map: { x: '1', y: null } })).toMatchObject({ Map: { x: '1' } });
  });

  test.each([{}, { Name: '' }, { Name: null }, { Name: 7 }])(
    'refuses %j, which lacks a required member',
    async (input) => {
      await expect(echo(input)).rejects.toMatchObject({
        code: 'InvalidParameterException',
        message: 'Missing required parameter Name',
      });
    },
  );

  test.each([['text'], [7], [['a']]])('refuses %j for a map', async (Map) => {
    await expect(echo({ Name: 'a', Map })).rejects.toThrow('Map is not a map of strings.');
  });
});

describe('AdminCreateUser', () => {
  const request = { UserPoolId, Username: 'pat@test.example', MessageAction: 'SUPPRESS' };

  test('creates a user that has to change the password', async () => {
    const { User } = await call(adminCreateUser, request);
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    expect(services.users.find('pat@test.example')?.password).toBeDefined();
  });

  test.each<[string, object, string]>([
    ['of another pool', { UserPoolId: 'us-east-1_Other' }, 'ResourceNotFoundException'],
    ['with an invitation', { MessageAction: 'RESEND' }, 'pass MessageAction SUPPRESS'],
    ['whose name is not an address', { Username: 'pat' }, 'Username should be an email'],
    [
      'with another address',
      { UserAttributes: [{ Name: 'email', Value: 'x@y.example' }] },
      'email attribute differ',
    ],
    [
      'with attributes that are not a list',
      { UserAttributes: 'email' },
      'UserAttributes is not a list',
    ],
    ['with a short password', { TemporaryPassword: 'short' }, 'InvalidPasswordException'],
  ])('refuses one %s, and creates nobody', async (_what, more, message) => {
    expect(await refusal(adminCreateUser, { ...request, ...more })).toContain(message);
    expect(services.users.all()).toEqual([]);
  });
});

describe('administering a user', () => {
  test('a permanent password confirms, a temporary one does not', async () => {
    const { sub } = addUser(services);
    const set = { UserPoolId, Username: sub, Password: 'Password-1' };
    await call(adminSetUserPassword, set);
    expect(services.users.get(sub).status).toBe('FORCE_CHANGE_PASSWORD');
    await call(adminSetUserPassword, { ...set, Permanent: true });
    expect(services.users.get(sub).status).toBe('CONFIRMED');
  });

  test('disabling revokes the tokens, and enabling does not bring them back', async () => {
    const { sub } = addUser(services);
    const { signIn } = services.signIns.begin(sub, CLIENT, 0);
    await call(adminDisableUser, { UserPoolId, Username: sub });
    await call(adminEnableUser, { UserPoolId, Username: sub });
    expect(services.users.get(sub).enabled).toBe(true);
    expect(services.signIns.isRevoked(signIn.originJti)).toBe(true);
  });

  const update = async (sub: string, ...UserAttributes: object[]) => {
    await call(adminUpdateUserAttributes, { UserPoolId, Username: sub, UserAttributes });
    return services.users.get(sub).attributes;
  };

  test('a new address is unverified, unless the same call verifies it', async () => {
    const { sub } = addUser(services, 'pat@test.example', { email_verified: 'true' });
    const moved = await update(sub, { Name: 'email', Value: 'new@test.example' });
    expect(moved.email_verified).toBe('false');
    const verified = await update(
      sub,
      { Name: 'email', Value: 'newer@test.example' },
      { Name: 'email_verified', Value: 'true' },
    );
    expect(verified.email_verified).toBe('true');
    expect((await update(sub, { Name: 'email', Value: 'newer@test.example' })).email_verified).toBe(
      'true',
    );
  });

  test('an empty value removes an attribute', async () => {
    const { sub } = addUser(services, 'pat@test.example', { given_name: 'Pat' });
    expect(await update(sub, { Name: 'given_name', Value: '' })).not.toHaveProperty('given_name');
  });
});

describe('ListUsers', () => {
  const names = async (more: object = {}): Promise<string[]> => {
    const { Users } = await call(listUsers, { UserPoolId, ...more });
    return (Users as { Attributes: { Name: string; Value: string }[] }[]).map(
      ({ Attributes }) => Attributes.find(({ Name }) => Name === 'email')?.Value ?? '',
    );
  };

  test.each<[string, string[]]>([
    ['email = "pat@test.example"', ['pat@test.example']],
    ['email ^= "p"', ['pat@test.example', 'paula@test.example']],
    ['"given_name"="Pat \\"The\\""', ['pat@test.example']],
    ['cognito:user_status = "CONFIRMED"', ['pat@test.example', 'paula@test.example']],
    ['status = "Disabled"', []],
    ['email = "PAT@test.example"', []],
  ])('finds by %s', async (Filter, expected) => {
    addUser(services, 'pat@test.example', { given_name: 'Pat "The"' });
    addUser(services, 'paula@test.example');
    expect(await names({ Filter })).toEqual(expected);
  });

  test.each(['email', 'email > "a"', 'phone = "1"', 'email = pat', 'email = "a" and x = "b"'])(
    'refuses the filter %j',
    async (Filter) => {
      expect(await refusal(listUsers, { UserPoolId, Filter })).toContain('Error while parsing');
    },
  );

  test('pages through all users, each once', async () => {
    for (let index = 0; index < 5; index += 1) addUser(services, `u${index}@test.example`);
    const first = await call(listUsers, { UserPoolId, Limit: 2 });
    const second = await names({ Limit: 2, PaginationToken: first.PaginationToken });
    expect(second).toEqual(['u2@test.example', 'u3@test.example']);
    expect(await names({ Limit: 0 })).toEqual([]);
    expect((await call(listUsers, { UserPoolId })).PaginationToken).toBeUndefined();
  });

  test.each([
    { Limit: 61 },
    { Limit: -1 },
    { PaginationToken: 'bm8=' },
    { PaginationToken: 'LTE=' },
  ])('refuses %j', async (more) => {
    expect(await refusal(listUsers, { UserPoolId, ...more })).toContain(
      'InvalidParameterException',
    );
  });

  test('shows only the attributes that were asked for', async () => {
    addUser(services, 'pat@test.example', { given_name: 'Pat' });
    const { Users } = await call(listUsers, { UserPoolId, AttributesToGet: ['given_name'] });
    expect(Users).toMatchObject([{ Attributes: [{ Name: 'given_name', Value: 'Pat' }] }]);
  });
});

describe('RevokeToken', () => {
  test('revokes a refresh token, and succeeds for one that it does not have', async () => {
    const { signIn, refreshToken } = services.signIns.begin('sub-1', CLIENT, 0);
    await call(revokeToken, { ClientId, Token: refreshToken });
    expect(services.signIns.isRevoked(signIn.originJti)).toBe(true);
    expect(await refusal(revokeToken, { ClientId, Token: 'made-up' })).toBe('none');
  });

  test('refuses other tokens, other clients, and clients without revocation', async () => {
    expect(await refusal(revokeToken, { ClientId, Token: 'a.b.c' })).toContain(
      'UnsupportedTokenTypeException',
    );
    const { refreshToken: Token } = services.signIns.begin('s', { ...CLIENT, id: 'other' }, 0);
    expect(await refusal(revokeToken, { ClientId, Token })).toContain('UnauthorizedException');
    const clients = new Map([[ClientId, { ...CLIENT, revocation: false }]]);
    services = await servicesWith({ pool: poolWith({ clients }) });
    expect(await refusal(revokeToken, { ClientId, Token })).toContain(
      'UnsupportedOperationException',
    );
  });
});

describe('InitiateAuth', () => {
  const begin = { ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: 'a@b.example' } };

  test.each<[string, object, string]>([
    ['an unknown client', { ClientId: 'other' }, 'ResourceNotFoundException'],
    ['a flow that the client does not allow', { AuthFlow: 'USER_SRP_AUTH' }, 'not enabled'],
    ['an admin flow', { AuthFlow: 'ADMIN_NO_SRP_AUTH' }, 'method not supported'],
    ['an unknown flow', { AuthFlow: 'MAGIC' }, "Value 'MAGIC' at 'authFlow'"],
    ['no username', { AuthParameters: {} }, 'Missing required parameter USERNAME'],
    ['parameters that are not a map', { AuthParameters: 'USERNAME' }, 'not a map of strings'],
    ['a refresh without a token', { AuthFlow: 'REFRESH_TOKEN_AUTH' }, 'REFRESH_TOKEN'],
  ])('refuses %s', async (_what, more, message) => {
    expect(await refusal(initiateAuth, { ...begin, ...more })).toContain(message);
  });

  test('names an unknown user only where the client does not hide existence', async () => {
    const clients = new Map([[ClientId, { ...CLIENT, hidesExistence: false }]]);
    services = await servicesWith({ pool: poolWith({ clients }) });
    expect(await refusal(initiateAuth, begin)).toContain('UserNotFoundException');
  });

  test.each<[object, string]>([
    [{ enabled: false }, 'User is disabled.'],
    [{ status: 'UNCONFIRMED' }, 'UserNotConfirmedException'],
    [{ status: 'RESET_REQUIRED' }, 'PasswordResetRequiredException'],
  ])('refuses a user with %j before any trigger', async (state, message) => {
    const user = addUser(services, 'a@b.example');
    services.users.save({ ...user, ...state }, 0);
    expect(await refusal(initiateAuth, begin)).toContain(message);
  });

  test('needs the three triggers', async () => {
    const triggers = { ...poolWith().triggers, verify: undefined };
    services = await servicesWith({ pool: poolWith({ triggers }) });
    expect(await refusal(initiateAuth, begin)).toContain('trigger is not configured');
  });

  test('passes a session without SRP to define for USERNAME alone, and with it otherwise', async () => {
    const sessions: unknown[] = [];
    services = await servicesWith({
      callTrigger: async (_trigger, { request }) => {
        sessions.push(request.session);
        return await Promise.resolve({ failAuthentication: true });
      },
    });
    await refusal(initiateAuth, begin);
    const AuthParameters = { USERNAME: 'a@b.example', SRP_A: 'abc', CHALLENGE_NAME: 'SRP_A' };
    await refusal(initiateAuth, { ...begin, AuthParameters });
    expect(sessions).toEqual([
      [],
      [{ challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null }],
    ]);
  });
});

describe('closed operations', () => {
  test.each<[string, object, string]>([
    ['SignUp', { ClientId }, 'SignUp is not permitted'],
    ['ConfirmSignUp', { ClientId }, 'ExpiredCodeException'],
    ['ForgotPassword', { ClientId }, 'Contact administrator'],
    ['ForgotPassword', { ClientId: 'other' }, 'ResourceNotFoundException'],
    ['ChangePassword', {}, 'Missing required parameter AccessToken'],
    ['ChangePassword', { AccessToken: 'x' }, 'Invalid Access Token'],
    ['AssociateSoftwareToken', { Session: 'x' }, 'Invalid session for the user.'],
    ['AssociateSoftwareToken', {}, 'Missing required parameter AccessToken'],
  ])('%s with %j is refused', async (name, input, message) => {
    expect(await refusal(REFUSED[name] as Bound, input)).toContain(message);
  });

  test('that the pool opens are an error of this machine, and not a silent success', async () => {
    services = await servicesWith({ pool: poolWith({ selfSignUp: true, selfRecovery: true }) });
    for (const name of ['SignUp', 'ForgotPassword', 'ConfirmForgotPassword'])
      expect(await refusal(REFUSED[name] as Bound, { ClientId })).toContain(
        'which the local machine does not run',
      );
  });
});
