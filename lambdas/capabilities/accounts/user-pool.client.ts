/**
 * Cognito's side of an account: its password and its sessions. Users carry our account id; nothing
 * else of them is trusted.
 */
import type * as Cognito from '../../ground/platform/sdk/cognito.ts';
import { STORE_CALL } from '../../ground/platform/aws-clients.ts';
import { once } from '../../ground/platform/once.ts';

/** Cognito did not do it, or did not say so: every operation here may be asked again. */
export class UserPoolUnavailable extends Error {
  override readonly name = 'UserPoolUnavailable';

  /** Cognito refused the only attempt, so nothing has changed. */
  get isCertain(): boolean {
    const { httpStatusCode = 0, attempts } = (this.cause as Partial<Failed>)?.$metadata ?? {};
    return httpStatusCode >= 400 && httpStatusCode < 500 && attempts === 1;
  }
}

/** What the SDK reports of a failed call. */
interface Failed {
  $metadata: { httpStatusCode?: number; attempts?: number };
}

export class UserPool {
  readonly #userPoolId: string;
  readonly #cognito: () => Promise<{
    sdk: typeof Cognito;
    client: Cognito.CognitoIdentityProviderClient;
  }>;

  /** `makeClient` for callers outside Lambda, who bring their own credentials. */
  constructor(userPoolId: string, makeClient?: () => Cognito.CognitoIdentityProviderClient) {
    this.#userPoolId = userPoolId;
    this.#cognito = once(async () => {
      const sdk = await import('../../ground/platform/sdk/cognito.ts');
      return {
        sdk,
        client: makeClient?.() ?? new sdk.CognitoIdentityProviderClient(STORE_CALL),
      };
    });
  }

  /**
   * Makes the user of an account, with no password and no message; or finds it made. `TAKEN`: the
   * address is another account's.
   */
  async ensureUser(email: string, accountId: string): Promise<{ username: string } | 'TAKEN'> {
    return this.#ask('AdminCreateUser', async ({ client, sdk }) => {
      try {
        const { User } = await client.send(
          new sdk.AdminCreateUserCommand({
            UserPoolId: this.#userPoolId,
            Username: email,
            MessageAction: 'SUPPRESS',
            UserAttributes: [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
              { Name: 'custom:account_id', Value: accountId },
            ],
          }),
        );
        return { username: User?.Username ?? email };
      } catch (error) {
        if ((error as Error).name !== 'UsernameExistsException') throw error;
        const { Username, UserAttributes } = await client.send(
          new sdk.AdminGetUserCommand({ UserPoolId: this.#userPoolId, Username: email }),
        );
        return attribute(UserAttributes, 'custom:account_id') === accountId
          ? { username: Username ?? email }
          : 'TAKEN';
      }
    });
  }

  /**
   * The user that has the address, or this username. `accountId` is undefined for a user that our
   * functions did not make.
   */
  async userOf(
    name: string,
  ): Promise<{ username: string; accountId: string | undefined } | undefined> {
    return this.#ask('AdminGetUser', async ({ client, sdk }) => {
      try {
        const { Username, UserAttributes } = await client.send(
          new sdk.AdminGetUserCommand({ UserPoolId: this.#userPoolId, Username: name }),
        );
        const accountId = attribute(UserAttributes, 'custom:account_id');
        return { username: Username ?? name, accountId };
      } catch (error) {
        if ((error as Error).name === 'UserNotFoundException') return undefined;
        throw error;
      }
    });
  }

  /** Moves the user of an account to another verified address. */
  async changeEmail(username: string, email: string): Promise<'DONE' | 'TAKEN'> {
    return this.#ask('AdminUpdateUserAttributes', async ({ client, sdk }) => {
      try {
        await client.send(
          new sdk.AdminUpdateUserAttributesCommand({
            UserPoolId: this.#userPoolId,
            Username: username,
            UserAttributes: [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
            ],
          }),
        );
        return 'DONE';
      } catch (error) {
        if ((error as Error).name === 'AliasExistsException') return 'TAKEN';
        throw error;
      }
    });
  }

  /**
   * Sets the password for good: a temporary one would open a way round the challenges. `REFUSED`:
   * Cognito's own rules.
   */
  async setPassword(username: string, password: string): Promise<'DONE' | 'REFUSED'> {
    return this.#ask('AdminSetUserPassword', async ({ client, sdk }) => {
      try {
        await client.send(
          new sdk.AdminSetUserPasswordCommand({
            UserPoolId: this.#userPoolId,
            Username: username,
            Password: password,
            Permanent: true,
          }),
        );
        return 'DONE';
      } catch (error) {
        if ((error as Error).name === 'InvalidPasswordException') return 'REFUSED';
        throw error;
      }
    });
  }

  /** Revokes every refresh token of the user. A user that is gone has none. */
  async signOutEverywhere(username: string): Promise<void> {
    await this.#ask('AdminUserGlobalSignOut', async ({ client, sdk }) => {
      try {
        await client.send(
          new sdk.AdminUserGlobalSignOutCommand({
            UserPoolId: this.#userPoolId,
            Username: username,
          }),
        );
      } catch (error) {
        if ((error as Error).name !== 'UserNotFoundException') throw error;
      }
    });
  }

  /** Deletes the user. One that is gone already stays so. */
  async deleteUser(username: string): Promise<void> {
    await this.#ask('AdminDeleteUser', async ({ client, sdk }) => {
      const UserPoolId = this.#userPoolId;
      try {
        await client.send(new sdk.AdminDeleteUserCommand({ UserPoolId, Username: username }));
      } catch (error) {
        if ((error as Error).name !== 'UserNotFoundException') throw error;
      }
    });
  }

  async #ask<T>(
    operation: string,
    call: (cognito: {
      client: Cognito.CognitoIdentityProviderClient;
      sdk: typeof Cognito;
    }) => Promise<T>,
  ): Promise<T> {
    try {
      return await call(await this.#cognito());
    } catch (error) {
      throw new UserPoolUnavailable(`Cognito did not answer ${operation}. Try again.`, {
        cause: error,
      });
    }
  }
}

function attribute(
  attributes: Cognito.AttributeType[] | undefined,
  name: string,
): string | undefined {
  return attributes?.find(({ Name }) => Name === name)?.Value;
}
