/** The signed-in user's session: tokens for this tab, refreshed while the backend allows it. */
import type { CognitoUser, CognitoUserSession } from 'amazon-cognito-identity-js';
import type { UserPool } from './cognito.ts';
import { accepted, refused, type Result } from './refusals.ts';
import type { SendClock } from './send-clock.ts';
import type { Kept } from './tab-storage.ts';

export interface Session {
  isSignedIn: () => boolean;
  /**
   * A token that is valid for a while. The refusal is TOKEN_INVALID when the session has ended, and
   * UNREACHABLE while the token cannot be refreshed.
   */
  accessToken: () => Promise<Result<string>>;
  /** A new token, even if the present one seems valid by this browser's clock. */
  renew: () => Promise<Result<string>>;
  /**
   * When the session's sign-in and its last factor were, in milliseconds; undefined before the
   * first token was read. The session ends `sessionHours` after the earlier one.
   */
  startedAt: () => number | undefined;
  /** Whose session it is, opaque; undefined before the first token was read. */
  subject: () => string | undefined;
  /** Revokes the refresh token and forgets the tokens. */
  signOut: () => Promise<void>;
  /** Forgets tokens that are already revoked. */
  clear: () => void;
}

/** @param start keeps when the session began across reloads of the page */
export function createSession(
  pool: Pick<UserPool, 'isSignedIn' | 'forget' | 'currentUser'>,
  clock: Pick<SendClock, 'isNow'>,
  start: Kept<SessionStart>,
): Session {
  const times = timesOf(clock, start);
  /** Forgets a session that the backend has ended. The library does so only for some refusals. */
  const tokenFrom = async (run: TokenRun): Promise<Result<string>> => {
    const result = await tokenOf(run, times.read);
    if (!result.ok && result.refusal.code === 'TOKEN_INVALID') pool.forget();
    return result;
  };
  const tokenBy = (runOf: (user: CognitoUser) => TokenRun) =>
    shared(async () => {
      const user = await pool.currentUser().catch(() => undefined);
      if (user === undefined) return refused('UNREACHABLE');
      return user === null ? refused('TOKEN_INVALID') : await tokenFrom(runOf(user));
    });
  return {
    isSignedIn: pool.isSignedIn,
    startedAt: times.startedAt,
    subject: times.subject,
    accessToken: tokenBy((user) => (settle) => user.getSession(settle)),
    renew: tokenBy(refreshOf),
    async signOut() {
      const user = await pool.currentUser().catch(() => undefined);
      if (user) await revoke(user);
      else if (user === undefined) pool.forget();
    },
    clear: pool.forget,
  };
}

/** Requests of a page that need a token at the same time wait for one refresh, not for one each. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () =>
    (underWay ??= work().finally(() => {
      underWay = undefined;
    }));
}

/** When a session began, by the token of its own sign-in. */
export interface SessionStart {
  /** Of which session, in seconds: every token of it has the same. */
  authTime: number;
  /** In milliseconds. */
  startedAt: number;
}

/**
 * What the tokens say about time. The token of a sign-in names its own factor; one that was renewed
 * may name the older factor of another session, which does not end this one.
 */
function timesOf(
  clock: Pick<SendClock, 'isNow'>,
  start: Kept<SessionStart>,
): {
  read: ReadToken;
  startedAt: () => number | undefined;
  subject: () => string | undefined;
} {
  let seen: { issuedAt: number; startedAt: number; subject: string } | undefined;
  return {
    read({ iat, auth_time, factor_at = auth_time, sub: subject }) {
      const isNew = seen !== undefined && seen.issuedAt !== iat;
      const known = start.read();
      const startedAt =
        known?.authTime === auth_time ? known.startedAt : Math.min(auth_time, factor_at) * 1000;
      start.write({ authTime: auth_time, startedAt });
      seen = { issuedAt: iat, startedAt, subject };
      // A token that was just renewed was issued now, whatever this computer's clock says.
      if (isNew) clock.isNow(iat * 1000);
    },
    startedAt: () => seen?.startedAt,
    subject: () => seen?.subject,
  };
}

/** Revokes the refresh token if Cognito can be reached, and forgets the tokens in any case. */
function revoke(user: CognitoUser): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      user.signOut();
      resolve();
    };
    user.getSession((error: Error | null) => {
      if (error !== null) return done();
      user.signOut(done);
    });
  });
}

function refreshOf(user: CognitoUser): TokenRun {
  return (settle) =>
    user.getSession((error: Fault | null, session: CognitoUserSession | null) => {
      if (session === null) settle(error, null);
      else user.refreshSession(session.getRefreshToken(), settle);
    });
}

type Fault = Error & { code?: string };

type TokenRun = (settle: (error: Fault | null, session: CognitoUserSession | null) => void) => void;

interface TokenTimes {
  sub: string;
  iat: number;
  auth_time: number;
  factor_at?: number;
}

type ReadToken = (times: TokenTimes) => void;

function tokenOf(run: TokenRun, read: ReadToken): Promise<Result<string>> {
  return new Promise((resolve) =>
    run((error, session) => {
      if (error === null && session !== null) {
        const token = session.getAccessToken();
        read(token.payload as TokenTimes);
        return resolve(accepted(token.getJwtToken()));
      }
      resolve(refused(isOutage(error) ? 'UNREACHABLE' : 'TOKEN_INVALID'));
    }),
  );
}

/**
 * Cognito reports the token gate's refusal and its outage with one code. Only an outage asks to
 * retry.
 */
function isOutage(error: Fault | null): boolean {
  return (
    error?.code === 'NetworkError' ||
    (error?.code === 'UserLambdaValidationException' && /try again/i.test(error.message))
  );
}
