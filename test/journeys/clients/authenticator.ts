/**
 * A software authenticator of the tests' own: P-256, no attestation, user verification. It is
 * independent of the library that the backend verifies with (WebAuthn Level 3, sections 6 and 7).
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeyAssertion } from '../../../contract/challenges.ts';
import type { PasskeyCreation } from '../../../contract/passkeys.ts';

const FLAGS = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 };
const AAGUID = Buffer.alloc(16);

export interface Origin {
  origin: string;
  rpId: string;
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest();
const base64url = (bytes: Buffer) => bytes.toString('base64url');

export class Authenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(32);
  /** Grows with every use; 0 for a synced passkey, which counts nothing. */
  counter = 1;
  /** What a page that lies, or an authenticator without a PIN, would have. */
  userVerified = true;
  userHandle = base64url(Buffer.from('nobody'));

  /** `navigator.credentials.create` */
  create(
    options: { challenge: string; user: { id: string } },
    { origin, rpId }: Origin,
  ): PasskeyCreation {
    this.userHandle = options.user.id;
    const clientDataJSON = clientData('webauthn.create', options.challenge, origin);
    const authData = Buffer.concat([
      this.#authenticatorData(rpId, FLAGS.attested),
      AAGUID,
      uint16(this.#id.length),
      this.#id,
      coseKey(this.#keys.publicKey),
    ]);
    const attestationObject = Buffer.concat([
      Buffer.from('a3', 'hex'),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from('a0', 'hex'),
      cborText('authData'),
      cborBytes(authData),
    ]);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: base64url(clientDataJSON),
        attestationObject: base64url(attestationObject),
        transports: ['internal'],
      },
    };
  }

  /** `navigator.credentials.get` */
  get(challenge: string, { origin, rpId }: Origin): PasskeyAssertion {
    if (this.counter > 0) this.counter += 1;
    const clientDataJSON = clientData('webauthn.get', challenge, origin);
    const authenticatorData = this.#authenticatorData(rpId);
    const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
    const signature = sign('sha256', signed, this.#keys.privateKey);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: base64url(clientDataJSON),
        authenticatorData: base64url(authenticatorData),
        signature: base64url(signature),
        userHandle: this.userHandle,
      },
    };
  }

  get passkeyId(): string {
    return base64url(this.#id);
  }

  #credential() {
    const id = this.passkeyId;
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  #authenticatorData(rpId: string, more = 0): Buffer {
    const verified = this.userVerified ? FLAGS.userVerified : 0;
    const flags = FLAGS.userPresent | verified | more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter]);
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }), 'utf8');
}

/** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const coordinate = (text: string) => Buffer.from(text, 'base64url');
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    coordinate(x),
    Buffer.from('225820', 'hex'),
    coordinate(y),
  ]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text, 'utf8')]);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x59]), uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
