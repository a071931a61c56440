/**
 * Wraps amazon-cognito-identity-js in promises: the user pool's part of a sign-in, and the session.
 */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { definite } from './definite.ts';
import type { AuthClientConfig } from './config.ts';

/** The outcome of a request to Cognito. */
export type CognitoOutcome =
  | { kind: 'CHALLENGE'; parameters: Record<string, string> }
  | { kind: 'TOKENS'; session: CognitoUserSession }
  | { kind: 'REFUSED'; error: CognitoFault };

export interface CognitoFault {
  /** Cognito's exception, or the library's NetworkError. */
  code: string;
  message: string;
}

/** The library's declarations lack this field, by which a flow is resumed. */
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
  /** Starts with USERNAME alone, which leads to PROVE_DEVICE. */
  begin: () => Promise<CognitoOutcome>;
  answer: (answer: object) => Promise<CognitoOutcome>;
  /** What a reload of the page needs to resume the flow. */
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
    ...definite({ endpoint: cognitoUrl }),
  });
  const { client } = pool as unknown as { client: PoolClient };
  // The library retries every refused refresh for six seconds, which would delay the end of a
  // session.
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
  const tidied = async (run: (callbacks: Callbacks) => void): Promise<CognitoOutcome> => {
    const outcome = await outcomeOf(run);
    if (outcome.kind === 'TOKENS') dropOthers(pool, storage, user.getUsername());
    return outcome;
  };
  return {
    provePassword: (password) =>
      tidied((callbacks) =>
        user.authenticateUser(
          new AuthenticationDetails({ Username: username, Password: password.normalize('NFC') }),
          callbacks,
        ),
      ),
    begin: () =>
      tidied((callbacks) =>
        user.initiateAuth(new AuthenticationDetails({ Username: username }), callbacks),
      ),
    answer: (answer) =>
      tidied((callbacks) => user.sendCustomChallengeAnswer(JSON.stringify(answer), callbacks)),
    get resumption() {
      return { username: user.getUsername(), session: user.Session ?? '' };
    },
  };
}

/**
 * A tab has one session. The library keeps tokens by the name that a sign-in began with, so that one
 * by another name of the same person would leave the former tokens behind.
 */
export function dropOthers(
  pool: Pick<CognitoUserPool, 'getClientId'>,
  storage: Storage,
  username: string,
): void {
  const prefix = `CognitoIdentityServiceProvider.${pool.getClientId()}.`;
  const kept = [`${prefix}LastAuthUser`, `${prefix}${username}.`];
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    .filter((key) => key.startsWith(prefix) && !kept.some((one) => key.startsWith(one)))
    .forEach((key) => storage.removeItem(key));
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
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  return { code: code ?? name ?? 'Error', message: message ?? '' };
}
