/** The signed-in user's session: tokens for this tab, refreshed while the backend allows it. */
import type { CognitoUserPool, CognitoUserSession } from 'amazon-cognito-identity-js';
import { accepted, refused, type Result } from './refusals.ts';

export interface Session {
  isSignedIn(): boolean;
  /** A token with some life left: TOKEN_INVALID once the session is over, UNREACHABLE while it cannot be refreshed. */
  accessToken(): Promise<Result<string>>;
  /** Revokes the refresh token and forgets the tokens. */
  signOut(): Promise<void>;
  /** Forgets the tokens: they are revoked already. */
  clear(): void;
}

export function createSession(pool: CognitoUserPool): Session {
  return {
    isSignedIn: () => pool.getCurrentUser() !== null,
    async accessToken() {
      const user = pool.getCurrentUser();
      if (user === null) return refused('TOKEN_INVALID');
      return await new Promise((resolve) => {
        user.getSession((error: (Error & { code?: string }) | null, session: CognitoUserSession | null) => {
          if (session !== null && error === null) return resolve(accepted(session.getAccessToken().getJwtToken()));
          resolve(refused(error?.code === 'NetworkError' ? 'UNREACHABLE' : 'TOKEN_INVALID'));
        });
      });
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
    clear() {
      pool.getCurrentUser()?.signOut();
    },
  };
}
