/** A person who signs in with Cognito's public operations. */
import { createSrpClient } from '../../clients/srp-client.ts';
import type { Machine } from './machine.ts';

export interface Tokens {
  AccessToken: string;
  IdToken: string;
  RefreshToken: string;
}

/** Cognito's answer: a challenge, tokens or an error. */
export interface Round {
  challenge?: string;
  parameters: Record<string, string>;
  session?: string;
  tokens?: Tokens;
  error?: string;
  message?: string;
}

interface CognitoAnswer {
  ChallengeName?: string;
  ChallengeParameters?: Record<string, string>;
  Session?: string;
  AuthenticationResult?: Tokens;
  __type?: string;
  message?: string;
}

export class PortalUser {
  readonly machine: Machine;
  readonly email: string;
  /** The last answer. */
  round: Round = { parameters: {} };

  constructor(machine: Machine, email: string) {
    this.machine = machine;
    this.email = email;
  }

  /** Calls a public operation. */
  async call(operation: string, input: Record<string, unknown>): Promise<CognitoAnswer> {
    const response = await fetch(this.machine.outputs.cognitoUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return (await response.json()) as CognitoAnswer;
  }

  #client() {
    return { ClientId: this.machine.outputs.userPoolClientId };
  }

  #keep(answer: CognitoAnswer): Round {
    const { challenge, ...parameters } = answer.ChallengeParameters ?? {};
    this.round = {
      parameters,
      ...(challenge === undefined ? {} : { challenge }),
      ...(answer.Session === undefined ? {} : { session: answer.Session }),
      ...(answer.AuthenticationResult === undefined ? {} : { tokens: answer.AuthenticationResult }),
      ...(answer.__type === undefined
        ? {}
        : { error: answer.__type, message: answer.message ?? '' }),
    };
    return this.round;
  }

  /** Proves the password by SRP, up to the first custom challenge. */
  async provePassword(password: string): Promise<Round> {
    const srp = createSrpClient();
    const begun = await this.call('InitiateAuth', {
      ...this.#client(),
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: this.email, SRP_A: srp.srpA, CHALLENGE_NAME: 'SRP_A' },
    });
    if (begun.ChallengeName !== 'PASSWORD_VERIFIER') return this.#keep(begun);
    const ChallengeResponses = srp.answer(
      this.machine.outputs.userPoolId,
      password,
      begun.ChallengeParameters,
    );
    return this.#keep(
      await this.call('RespondToAuthChallenge', {
        ...this.#client(),
        ChallengeName: 'PASSWORD_VERIFIER',
        Session: begun.Session,
        ChallengeResponses,
      }),
    );
  }

  /** Starts without a password. */
  async begin(): Promise<Round> {
    return this.#keep(
      await this.call('InitiateAuth', {
        ...this.#client(),
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: this.email },
      }),
    );
  }

  /** Sends an answer as JSON, or verbatim if it is a string. */
  async answer(answer: unknown, session = this.round.session): Promise<Round> {
    const ANSWER = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return this.#keep(
      await this.call('RespondToAuthChallenge', {
        ...this.#client(),
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: session,
        ChallengeResponses: { USERNAME: this.email, ANSWER },
      }),
    );
  }

  /** Chooses a factor. @returns the code that arrived */
  async sendCode(factor: 'SMS' | 'EMAIL', to: string): Promise<string> {
    const known = await this.machine.codes(to);
    await this.answer({ factor });
    return this.machine.code(to, known);
  }

  async acceptTerms(): Promise<Round> {
    return this.round.challenge === 'ACCEPT_TERMS'
      ? this.answer({ acceptTerms: this.round.parameters.termsVersion })
      : this.round;
  }

  /** Signs in with password and factor. */
  async signIn(
    password: string,
    factor: 'SMS' | 'EMAIL',
    to: string,
    extra: Record<string, unknown> = {},
  ): Promise<Tokens> {
    await this.provePassword(password);
    const code = await this.sendCode(factor, to);
    await this.answer({ code, ...extra });
    await this.acceptTerms();
    return this.tokens();
  }

  /** Signs in with the ticket of a registration or reset. */
  async signInByTicket(password: string, ticket: string): Promise<Tokens> {
    await this.provePassword(password);
    await this.answer({ ticket });
    await this.acceptTerms();
    return this.tokens();
  }

  tokens(): Tokens {
    if (this.round.tokens === undefined)
      throw new Error(`No tokens: ${JSON.stringify(this.round)}`);
    return this.round.tokens;
  }

  async refresh(refreshToken: string): Promise<CognitoAnswer> {
    return this.call('GetTokensFromRefreshToken', {
      ...this.#client(),
      RefreshToken: refreshToken,
    });
  }
}
