/**
 * Wraps amazon-cognito-identity-js in promises: the user pool's part of a sign-in, and the session.
 * The library is loaded when it is first needed: a page that only shows how to sign in does
 * without.
 */
import type * as CognitoLibrary from 'amazon-cognito-identity-js';
import type { CognitoUser, CognitoUserPool, CognitoUserSession } from 'amazon-cognito-identity-js';
import { definite } from './definite.ts';
import type { AuthClientConfig } from './config.ts';
import { raiseByBigInt } from './library-powers.ts';

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

type Library = typeof CognitoLibrary;

interface Loaded {
  library: Library;
  pool: CognitoUserPool;
}

/** The user pool's part of this tab. */
export interface UserPool {
  isSignedIn: () => boolean;
  /** Forgets the tokens of whoever is signed in. */
  forget: () => void;
  /**
   * Who is signed in, or null.
   * @throws if the library cannot be loaded
   */
  currentUser: () => Promise<CognitoUser | null>;
  /** @param attemptId a UUID that the triggers log with every step */
  openFlow: (username: string, session: string | undefined, attemptId: string) => CognitoFlow;
}

export function createUserPool(config: AuthClientConfig, storage: Storage): UserPool {
  const load = loading(config, storage);
  const prefix = prefixOf(config.userPoolClientId);
  const lastUser = () => storage.getItem(`${prefix}LastAuthUser`);
  return {
    isSignedIn: () => Boolean(lastUser()),
    forget() {
      keysIn(storage, `${prefix}${lastUser()}.`).forEach((key) => storage.removeItem(key));
      storage.removeItem(`${prefix}LastAuthUser`);
    },
    currentUser: async () => (lastUser() ? (await load()).pool.getCurrentUser() : null),
    openFlow: (username, session, attemptId) =>
      openFlow(load, storage, { username, session, attemptId }),
  };
}

/** Loads Cognito's library, which a page may do before it is needed. */
export async function loadLibrary(): Promise<Library> {
  const library = await import('amazon-cognito-identity-js');
  raiseByBigInt(library);
  return library;
}

/** Loads once; a load that failed is tried again. */
function loading(
  { userPoolId, userPoolClientId, cognitoUrl }: AuthClientConfig,
  storage: Storage,
): () => Promise<Loaded> {
  const open = async (): Promise<Loaded> => {
    const library = await loadLibrary();
    const pool = new library.CognitoUserPool({
      UserPoolId: userPoolId,
      ClientId: userPoolClientId,
      Storage: storage,
      ...definite({ endpoint: cognitoUrl }),
    });
    const { client } = pool as unknown as { client: PoolClient };
    // The library retries every refused refresh for six seconds, which would delay the end of a
    // session.
    client.requestWithRetry = (...call) => client.request(...call);
    return { library, pool };
  };
  let loaded: Promise<Loaded> | undefined;
  return () =>
    (loaded ??= open().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    }));
}

/** What a flow begins with, or goes on from. */
interface Begun {
  username: string;
  session: string | undefined;
  attemptId: string;
}

function openFlow(
  load: () => Promise<Loaded>,
  storage: Storage,
  { username, session, attemptId }: Begun,
): CognitoFlow {
  const ClientMetadata = { attemptId };
  const person = { Username: username, ClientMetadata };
  let opened: ResumableUser | undefined;
  const tidied = async (step: Step): Promise<CognitoOutcome> => {
    const loaded = await load().catch(() => undefined);
    if (loaded === undefined) return { kind: 'REFUSED', error: NOT_LOADED };
    const user = (opened ??= resumed(newUser(loaded, storage, username), session));
    const outcome = await outcomeOf((callbacks) => step(user, callbacks, loaded.library));
    if (outcome.kind === 'TOKENS') dropOthers(loaded.pool, storage, user.getUsername());
    return outcome;
  };
  return {
    provePassword: (password) =>
      tidied((user, callbacks, { AuthenticationDetails }) => {
        const Password = password.normalize('NFC');
        user.authenticateUser(new AuthenticationDetails({ ...person, Password }), callbacks);
      }),
    begin: () =>
      tidied((user, callbacks, { AuthenticationDetails }) =>
        user.initiateAuth(new AuthenticationDetails(person), callbacks),
      ),
    answer: (answer) =>
      tidied((user, callbacks) =>
        user.sendCustomChallengeAnswer(JSON.stringify(answer), callbacks, ClientMetadata),
      ),
    get resumption() {
      return {
        username: opened?.getUsername() ?? username,
        session: opened?.Session ?? session ?? '',
      };
    },
  };
}

function newUser({ library, pool }: Loaded, storage: Storage, username: string): ResumableUser {
  const user = new library.CognitoUser({ Username: username, Pool: pool, Storage: storage });
  user.setAuthenticationFlowType('CUSTOM_AUTH');
  return user as ResumableUser;
}

function resumed(user: ResumableUser, session: string | undefined): ResumableUser {
  if (session !== undefined) user.Session = session;
  return user;
}

type Step = (user: ResumableUser, callbacks: Callbacks, library: Library) => void;

/** As a request that gets no answer. */
const NOT_LOADED: CognitoFault = { code: 'NetworkError', message: '' };

function prefixOf(clientId: string): string {
  return `CognitoIdentityServiceProvider.${clientId}.`;
}

function keysIn(storage: Storage, prefix: string): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter(
    (key) => key.startsWith(prefix),
  );
}

/**
 * A tab has one session. The library keeps tokens by the name that a sign-in began with, so that
 * one by another name of the same person would leave the former tokens behind.
 */
export function dropOthers(
  pool: Pick<CognitoUserPool, 'getClientId'>,
  storage: Storage,
  username: string,
): void {
  const prefix = prefixOf(pool.getClientId());
  const kept = [`${prefix}LastAuthUser`, `${prefix}${username}.`];
  keysIn(storage, prefix)
    .filter((key) => !kept.some((one) => key.startsWith(one)))
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
