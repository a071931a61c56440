import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Section } from '../state.ts';

/** The pool's RS256 key. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** What `/.well-known/jwks.json` holds. */
  jwks: { keys: JWK[] };
}

/** Generates the key at the first start; it lasts as long as the state. */
export async function loadSigningKey(section: Section<{ jwk?: JsonWebKey }>): Promise<SigningKey> {
  if (section.value.jwk === undefined) {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    section.value.jwk = privateKey.export({ format: 'jwk' });
    section.changed();
  }
  const privateKey = createPrivateKey({ key: section.value.jwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const jwk = publicKey.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(jwk);
  return {
    kid,
    privateKey,
    publicKey,
    jwks: {
      keys: [
        {
          ...jwk,
          kid,
          alg: 'RS256',
          use: 'sig',
        },
      ],
    },
  };
}
