/** The signed-in user's session: tokens for this tab, refreshed while the backend allows it. */
import type { CognitoUserPool, CognitoUserSession } from 'amazon-cognito-identity-js';

export interface Session {
  isSignedIn(): boolean;
  /** A token with some life left; undefined once the session is over. */
  accessToken(): Promise<string | undefined>;
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
      if (user === null) return undefined;
      return await new Promise((resolve) => {
        user.getSession((error: Error | null, session: CognitoUserSession | null) => resolve(error === null ? session?.getAccessToken().getJwtToken() : undefined));
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
