/** Anybody who calls a stage's public endpoints, as HTTP carries it. */
import { createSrpSession, signSrpSession, wrapAuthChallenge } from 'cognito-srp-helper';

/** What the suite needs to know of a stage. */
export interface Stage {
  /** Cognito's own endpoint in the stage's Region. */
  cognitoUrl: string;
  apiUrl: string;
  userPoolId: string;
  clientId: string;
  /** An active account that the suite may use. It receives no message. */
  email: string;
  password: string;
}

/** Cognito's answer to one call. */
export interface CognitoAnswer {
  status: number;
  ChallengeName?: string;
  ChallengeParameters?: Record<string, string>;
  Session?: string;
  AuthenticationResult?: object;
  /** Without what AWS puts before or after it. */
  error?: string;
  message?: string;
}

export class Visitor {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async call(
    operation: string,
    input: object,
    headers: Record<string, string> = {},
  ): Promise<CognitoAnswer> {
    const response = await fetch(this.#stage.cognitoUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        ...headers,
      },
      body: JSON.stringify({ ClientId: this.#stage.clientId, ...input }),
    });
    const text = await response.text();
    const body = (isJson(text) ? JSON.parse(text) : {}) as Record<string, unknown>;
    const type = body.__type;
    const error = typeof type === 'string' ? type.split('#').at(-1) : undefined;
    return {
      status: response.status,
      ...body,
      ...(error === undefined ? {} : { error }),
    };
  }

  begin(email: string): Promise<CognitoAnswer> {
    return this.call('InitiateAuth', {
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: email },
    });
  }

  /** Proves a password by SRP, up to the first custom challenge or the refusal. */
  async provePassword(email: string, password: string): Promise<CognitoAnswer> {
    const session = createSrpSession(email, password, this.#stage.userPoolId, false);
    const begun = await this.call('InitiateAuth', {
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: {
        USERNAME: email,
        SRP_A: session.largeA,
        CHALLENGE_NAME: 'SRP_A',
      },
    });
    if (begun.ChallengeName !== 'PASSWORD_VERIFIER') return begun;
    const signed = signSrpSession(session, begun);
    const { ChallengeResponses } = wrapAuthChallenge(signed, {
      ClientId: this.#stage.clientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      Session: begun.Session,
      ChallengeResponses: { USERNAME: begun.ChallengeParameters?.USER_ID_FOR_SRP ?? email },
    });
    return this.call('RespondToAuthChallenge', {
      ChallengeName: 'PASSWORD_VERIFIER',
      Session: begun.Session,
      ChallengeResponses,
    });
  }

  answer(email: string, Session: string | undefined, answer: unknown): Promise<CognitoAnswer> {
    return this.call('RespondToAuthChallenge', {
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session,
      ChallengeResponses: { USERNAME: email, ANSWER: JSON.stringify(answer) },
    });
  }

  async api(
    method: string,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; type: string; code: unknown }> {
    const response = await fetch(`${this.#stage.apiUrl.replace(/\/$/, '')}${path}`, {
      method,
      headers,
    });
    const text = await response.text();
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const code = isJson(text) ? (JSON.parse(text) as { code?: unknown }).code : undefined;
    return { status: response.status, type, code };
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
