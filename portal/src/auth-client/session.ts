/** The signed-in user's session: tokens for this tab, refreshed while the backend allows it. */
import type { CognitoUserPool, CognitoUserSession } from 'amazon-cognito-identity-js';
import { accepted, refused, type Result } from './refusals.ts';

export interface Session {
  isSignedIn: () => boolean;
  /**
   * A token with some life left: TOKEN_INVALID once the session is over, UNREACHABLE while it
   * cannot be refreshed.
   */
  accessToken: () => Promise<Result<string>>;
  /** A new token, whatever this browser's clock says of the one it has. */
  renew: () => Promise<Result<string>>;
  /** Revokes the refresh token and forgets the tokens. */
  signOut: () => Promise<void>;
  /** Forgets the tokens: they are revoked already. */
  clear: () => void;
}

export function createSession(pool: CognitoUserPool): Session {
  const clear = (): void => {
    pool.getCurrentUser()?.signOut();
  };
  /**
   * A session that the backend has ended is forgotten here, too: the library does so only for some
   * of its refusals.
   */
  const tokenFrom = async (run: TokenRun): Promise<Result<string>> => {
    const result = await tokenOf(run);
    if (!result.ok && result.refusal.code === 'TOKEN_INVALID') clear();
    return result;
  };
  return {
    isSignedIn: () => pool.getCurrentUser() !== null,
    async accessToken() {
      const user = pool.getCurrentUser();
      return user === null
        ? refused('TOKEN_INVALID')
        : await tokenFrom((settle) => user.getSession(settle));
    },
    async renew() {
      const user = pool.getCurrentUser();
      if (user === null) return refused('TOKEN_INVALID');
      return await tokenFrom((settle) =>
        user.getSession((error: Fault | null, session: CognitoUserSession | null) => {
          if (session === null) settle(error, null);
          else user.refreshSession(session.getRefreshToken(), settle);
        }),
      );
    },
    async signOut() {
      const user = pool.getCurrentUser();
      if (user === null) return;
      await new Promise<void>((resolve) => {
        user.getSession((error: Error | null) => {
          if (error !== null) return done();
          user.signOut(done);
        });
        function done(): void {
          user?.signOut();
          resolve();
        }
      });
    },
    clear,
  };
}

type Fault = Error & { code?: string };

type TokenRun = (settle: (error: Fault | null, session: CognitoUserSession | null) => void) => void;

function tokenOf(run: TokenRun): Promise<Result<string>> {
  return new Promise((resolve) =>
    run((error, session) => {
      if (error === null && session !== null)
        return resolve(accepted(session.getAccessToken().getJwtToken()));
      resolve(refused(isOutage(error) ? 'UNREACHABLE' : 'TOKEN_INVALID'));
    }),
  );
}

/**
 * Cognito tells the token gate's refusal and its outage by one code; the outage asks to try again.
 */
function isOutage(error: Fault | null): boolean {
  return (
    error?.code === 'NetworkError' ||
    (error?.code === 'UserLambdaValidationException' && /try again/i.test(error.message))
  );
}
