import { jwtVerify, type JWTPayload } from 'jose';
import type { Clock } from '../clock.ts';
import type { TokenIssuer } from '../context.ts';

/**
 * Checks a token as a Cognito authorizer does: signature, life and scope, but not revocation.
 * @returns the claims as strings; undefined for a token that is refused
 */
export type Authorize = (
  authorization: string | undefined,
  scopes: string[],
  /** The user pools whose tokens the method's authorizer accepts. */
  issuerArns: string[],
) => Promise<Record<string, string> | undefined>;

export function createAuthorizer(
  issuers: ReadonlyMap<string, TokenIssuer>,
  clock: Clock,
): Authorize {
  return async (authorization, scopes, issuerArns) => {
    const token = (authorization ?? '').replace(/^Bearer\s+/i, '');
    for (const arn of issuerArns) {
      const issuer = issuers.get(arn);
      const claims = issuer && (await verify(token, issuer, clock));
      if (claims !== undefined) return fits(claims, scopes) ? asStrings(claims) : undefined;
    }
    return undefined;
  };
}

async function verify(
  token: string,
  { issuer, publicKey }: TokenIssuer,
  clock: Clock,
): Promise<JWTPayload | undefined> {
  const currentDate = new Date(clock.now());
  return await jwtVerify(token, publicKey, {
    issuer,
    algorithms: ['RS256'],
    currentDate,
  }).then(
    ({ payload }) => payload,
    () => undefined,
  );
}

/** With scopes set an authorizer requires an access token, and without them an id token. */
function fits(claims: JWTPayload, scopes: string[]): boolean {
  if (scopes.length === 0) return claims.token_use === 'id';
  const granted = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
  return claims.token_use === 'access' && scopes.some((scope) => granted.includes(scope));
}

function asStrings(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
