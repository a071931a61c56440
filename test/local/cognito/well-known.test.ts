import { expect, test } from '@jest/globals';
import { createWellKnown } from '../../../local/cognito/well-known.ts';
import type { Pool } from '../../../local/cognito/pool.ts';
import type { SigningKey } from '../../../local/cognito/signing-keys.ts';
import { httpRequest } from '../requests.ts';

const issuer = 'http://localhost:4566/us-east-1_Pool';
const pool = { id: 'us-east-1_Pool', issuer } as Pool;
const key = { jwks: { keys: [{ kid: 'k1', kty: 'RSA' }] } } as SigningKey;
const wellKnown = createWellKnown(pool, key);
const read = async (path: string): Promise<unknown> => {
  const reply = await wellKnown(httpRequest({ path }));
  return reply && JSON.parse(String(reply.body));
};

test('the OpenID configuration leads from the issuer to the keys', async () => {
  const configuration = await read('/us-east-1_Pool/.well-known/openid-configuration');
  expect(configuration).toMatchObject({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
  });
  const { jwks_uri } = configuration as { jwks_uri: string };
  expect(await read(new URL(jwks_uri).pathname)).toEqual(key.jwks);
});

test('names no endpoint that the pool does not have', async () => {
  const configuration = await read('/us-east-1_Pool/.well-known/openid-configuration');
  expect(Object.keys(configuration as object)).not.toContain('authorization_endpoint');
});

test.each([
  '/.well-known/openid-configuration',
  '/us-east-1_Other/.well-known/jwks.json',
  '/us-east-1_Pool/.well-known/',
])('has no document at %s', async (path) => {
  expect(await read(path)).toBeUndefined();
});
