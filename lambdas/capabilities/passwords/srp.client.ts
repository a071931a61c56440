/**
 * Proves a password in Cognito as a client does: SRP over CUSTOM_AUTH on the public client, stopped
 * at the first custom challenge. No laxer client exists for it, and no token comes of it.
 */
import type { RespondToAuthChallengeCommandOutput as Answered } from '@aws-sdk/client-cognito-identity-provider';
import { randomBytes } from 'node:crypto';
import { STORE_CALL } from '../../ground/platform/aws-clients.ts';
import { once } from '../../ground/platform/once.ts';
import { UserPoolUnavailable } from '../accounts/user-pool.client.ts';
import { beginSrp, provePassword, readVerifierParameters, srpA } from './srp.rules.ts';

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

/** A custom challenge of a sign-in that a password has begun. */
export interface BegunRound {
  parameters: Readonly<Record<string, string>>;
  /** Answers it. Throws what Cognito says. */
  answer: (text: string) => Promise<BegunRound>;
}

export class SrpPasswordProof {
  readonly #userPoolId: string;
  readonly #clientId: string;
  readonly #cognito = once(async () => {
    const { CognitoIdentityProviderClient, InitiateAuthCommand, RespondToAuthChallengeCommand } =
      await import('../../ground/platform/sdk/cognito.ts');
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

  /**
   * Proves a password as a client does, to go on from the first custom challenge. Throws what
   * Cognito says.
   */
  async begin(password: string, email: string): Promise<BegunRound> {
    const { username, answered } = await this.#prove(password, email);
    return this.#roundOf(username, answered);
  }

  #roundOf(username: string, { Session, ChallengeParameters = {} }: Answered): BegunRound {
    return {
      parameters: ChallengeParameters,
      answer: async (text) => {
        const { client, RespondToAuthChallengeCommand } = await this.#cognito();
        const answered = await client.send(
          new RespondToAuthChallengeCommand({
            ClientId: this.#clientId,
            ChallengeName: 'CUSTOM_CHALLENGE',
            Session,
            ChallengeResponses: { USERNAME: username, ANSWER: text },
          }),
        );
        return this.#roundOf(username, answered);
      },
    };
  }

  async #walk(password: string, email: string): Promise<boolean> {
    const { answered } = await this.#prove(password, email);
    return (
      answered.ChallengeName === 'CUSTOM_CHALLENGE' &&
      PROVEN.includes(answered.ChallengeParameters?.challenge ?? '')
    );
  }

  async #prove(password: string, email: string): Promise<{ username: string; answered: Answered }> {
    const { client, InitiateAuthCommand, RespondToAuthChallengeCommand } = await this.#cognito();
    const srp = beginSrp(randomBytes(32));
    const begun = await client.send(
      new InitiateAuthCommand({
        ClientId: this.#clientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: {
          USERNAME: email,
          CHALLENGE_NAME: 'SRP_A',
          SRP_A: srpA(srp),
        },
      }),
    );
    const challenge = readVerifierParameters(begun.ChallengeParameters);
    const own = {
      userPoolId: this.#userPoolId,
      password,
      now: new Date(),
    };
    const answered = await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: this.#clientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        Session: begun.Session,
        ChallengeResponses: provePassword(srp, challenge, own),
      }),
    );
    const username = challenge.USER_ID_FOR_SRP;
    return { username, answered };
  }
}
