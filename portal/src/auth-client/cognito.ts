/**
 * amazon-cognito-identity-js with promises: the user pool's half of a sign-in, and the session that
 * it leads to.
 */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { AuthClientConfig } from './config.ts';

/** What an answer of Cognito leads to. */
export type CognitoOutcome =
  | { kind: 'CHALLENGE'; parameters: Record<string, string> }
  | { kind: 'TOKENS'; session: CognitoUserSession }
  | { kind: 'REFUSED'; error: CognitoFault };

export interface CognitoFault {
  /** Cognito's exception, or the library's NetworkError. */
  code: string;
  message: string;
}

/** Its declarations leave out the field that a flow is resumed by. */
type ResumableUser = CognitoUser & { Session: string | null };

interface PoolClient {
  request: (
    operation: string,
    parameters: object,
    callback: (error: unknown, data?: unknown) => void,
  ) => void;
  requestWithRetry: PoolClient['request'];
}

/** A flow of challenges with the user pool. */
export interface CognitoFlow {
  /** SRP, then the first custom challenge. */
  provePassword: (password: string) => Promise<CognitoOutcome>;
  /** USERNAME alone: the first challenge is the remembered device's. */
  begin: () => Promise<CognitoOutcome>;
  answer: (answer: object) => Promise<CognitoOutcome>;
  /** What a reload of the page needs to go on. */
  readonly resumption: { username: string; session: string };
}

export function createUserPool(
  { userPoolId, userPoolClientId, cognitoUrl }: AuthClientConfig,
  storage: Storage,
): CognitoUserPool {
  const pool = new CognitoUserPool({
    UserPoolId: userPoolId,
    ClientId: userPoolClientId,
    Storage: storage,
    ...(cognitoUrl === undefined ? {} : { endpoint: cognitoUrl }),
  });
  const { client } = pool as unknown as { client: PoolClient };
  // The library repeats every refused refresh for six seconds: whose session is over would wait
  // that long to be told.
  client.requestWithRetry = (...call) => client.request(...call);
  return pool;
}

export function openFlow(
  pool: CognitoUserPool,
  storage: Storage,
  username: string,
  session?: string,
): CognitoFlow {
  const user = new CognitoUser({
    Username: username,
    Pool: pool,
    Storage: storage,
  }) as ResumableUser;
  user.setAuthenticationFlowType('CUSTOM_AUTH');
  if (session !== undefined) user.Session = session;
  return {
    provePassword: (password) =>
      outcomeOf((callbacks) =>
        user.authenticateUser(
          new AuthenticationDetails({ Username: username, Password: password.normalize('NFC') }),
          callbacks,
        ),
      ),
    begin: () =>
      outcomeOf((callbacks) =>
        user.initiateAuth(new AuthenticationDetails({ Username: username }), callbacks),
      ),
    answer: (answer) =>
      outcomeOf((callbacks) => user.sendCustomChallengeAnswer(JSON.stringify(answer), callbacks)),
    get resumption() {
      return { username: user.getUsername(), session: user.Session ?? '' };
    },
  };
}

interface Callbacks {
  onSuccess: (session: CognitoUserSession) => void;
  onFailure: (error: unknown) => void;
  customChallenge: (parameters: Record<string, string>) => void;
}

function outcomeOf(run: (callbacks: Callbacks) => void): Promise<CognitoOutcome> {
  return new Promise((resolve) => {
    const onFailure = (error: unknown): void => resolve({ kind: 'REFUSED', error: faultOf(error) });
    try {
      run({
        onSuccess: (session) => resolve({ kind: 'TOKENS', session }),
        onFailure,
        customChallenge: (parameters) => resolve({ kind: 'CHALLENGE', parameters }),
      });
    } catch (error) {
      onFailure(error);
    }
  });
}

function faultOf(error: unknown): CognitoFault {
  const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown };
  return { code: String(code ?? name ?? 'Error'), message: String(message ?? '') };
}
