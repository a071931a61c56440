import { jwtVerify } from 'jose';
import type { Clock } from '../clock.ts';
import type { Cognito } from '../cognito/cognito.ts';

/** Checks a token as a Cognito authorizer does: signature, life and scope, but no revocation. Gives the claims as strings. */
export type Authorize = (
  authorization: string | undefined,
  scopes: string[],
) => Promise<Record<string, string> | undefined>;

export function createAuthorizer({ pool, key }: Cognito, clock: Clock): Authorize {
  return async (authorization, scopes) => {
    const token = (authorization ?? '').replace(/^Bearer\s+/i, '');
    const verified = await jwtVerify(token, key.publicKey, {
      issuer: pool.issuer,
      algorithms: ['RS256'],
      currentDate: new Date(clock.now()),
    }).catch(() => undefined);
    if (verified === undefined) return undefined;
    const { payload } = verified;
    const granted = String(payload.scope ?? '').split(' ');
    // With scopes set the authorizer wants an access token, without an id token.
    const fits =
      scopes.length === 0
        ? payload.token_use === 'id'
        : payload.token_use === 'access' && scopes.some((scope) => granted.includes(scope));
    return fits
      ? Object.fromEntries(
          Object.entries(payload).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        )
      : undefined;
  };
}
