import type { WebHandler } from '../gateway/messages.ts';
import type { Pool } from './pool.ts';
import type { SigningKey } from './signing-keys.ts';

/** What verifiers of tokens read below the issuer: the public keys and the OpenID configuration. */
export function createWellKnown({ id, issuer }: Pool, { jwks }: SigningKey): WebHandler {
  const folder = `/${id}/.well-known`;
  const documents: Record<string, object> = {
    [`${folder}/jwks.json`]: jwks,
    [`${folder}/openid-configuration`]: openIdConfiguration(issuer),
  };
  return async ({ path }) => {
    const document = documents[path];
    return await Promise.resolve(
      document && {
        status: 200,
        headers: {
          'content-type': 'application/json',
          'access-control-allow-origin': '*',
        },
        body: JSON.stringify(document),
      },
    );
  };
}

/** The pool has no domain, so that there are no authorization and token endpoints to name. */
function openIdConfiguration(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
  };
}
