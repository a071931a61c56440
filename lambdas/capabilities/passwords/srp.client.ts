/**
 * Proves a password in Cognito as a client does: SRP over CUSTOM_AUTH on the public client, stopped
 * at the first custom challenge. No laxer client exists for it, and no token comes of it.
 */
import {
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { STORE_CALL } from '../../ground/platform/aws-clients.ts';
import { once } from '../../ground/platform/once.ts';
import { UserPoolUnavailable } from '../accounts/user-pool.client.ts';

/** An address that no account has: walking it costs what a known one costs. */
const NOBODY = 'nobody@unknown.invalid';
const PROVEN = ['CHOOSE_FACTOR', 'REGISTRATION_INCOMPLETE'];
/**
 * Cognito's words for a password that is not right (or a user that is not there, or too many
 * tries).
 */
const NOT_PROVEN = [
  'NotAuthorizedException',
  'UserNotFoundException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'InvalidParameterException',
];

export class SrpPasswordProof {
  readonly #userPoolId: string;
  readonly #clientId: string;
  readonly #cognito = once(async () => {
    const { CognitoIdentityProviderClient, InitiateAuthCommand, RespondToAuthChallengeCommand } =
      await import('@aws-sdk/client-cognito-identity-provider');
    return {
      client: new CognitoIdentityProviderClient({
        ...STORE_CALL,
        maxAttempts: 1,
        requestHandler: { ...STORE_CALL.requestHandler, requestTimeout: 6_000 },
      }),
      InitiateAuthCommand,
      RespondToAuthChallengeCommand,
    };
  });

  constructor(userPoolId: string, clientId: string) {
    this.#userPoolId = userPoolId;
    this.#clientId = clientId;
  }

  /**
   * True if Cognito takes `password` for `email`; `undefined` walks the same way and is false.
   * Throws UserPoolUnavailable.
   */
  async proves(password: string, email: string | undefined): Promise<boolean> {
    try {
      return (await this.#walk(password, email ?? NOBODY)) && email !== undefined;
    } catch (error) {
      if (NOT_PROVEN.includes((error as Error).name)) return false;
      throw new UserPoolUnavailable(
        'Cognito did not say whether the password is right. Try again.',
        { cause: error },
      );
    }
  }

  async #walk(password: string, email: string): Promise<boolean> {
    const { client, InitiateAuthCommand, RespondToAuthChallengeCommand } = await this.#cognito();
    const session = createSrpSession(email, password, this.#userPoolId, false);
    const begin = {
      ClientId: this.#clientId,
      AuthFlow: 'CUSTOM_AUTH' as const,
      AuthParameters: { USERNAME: email, CHALLENGE_NAME: 'SRP_A' },
    };
    const begun = await client.send(new InitiateAuthCommand(wrapInitiateAuth(session, begin)));
    const username = begun.ChallengeParameters?.USER_ID_FOR_SRP ?? email;
    const answer = {
      ClientId: this.#clientId,
      ChallengeName: 'PASSWORD_VERIFIER' as const,
      Session: begun.Session,
      ChallengeResponses: { USERNAME: username },
    };
    const answered = await client.send(
      new RespondToAuthChallengeCommand(
        wrapAuthChallenge(signSrpSession(session, begun as never), answer),
      ),
    );
    return (
      answered.ChallengeName === 'CUSTOM_CHALLENGE' &&
      PROVEN.includes(answered.ChallengeParameters?.challenge ?? '')
    );
  }
}
