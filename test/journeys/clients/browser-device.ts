/** The browser's part of Remember Me: a key pair that never leaves it. */
import { createHash, type webcrypto } from 'node:crypto';
import type { PortalUser, Round } from './portal-user.ts';

export class BrowserDevice {
  readonly #keys: webcrypto.CryptoKeyPair;
  readonly publicKey: webcrypto.JsonWebKey;

  private constructor(keys: webcrypto.CryptoKeyPair, publicKey: webcrypto.JsonWebKey) {
    this.#keys = keys;
    this.publicKey = publicKey;
  }

  static async make(): Promise<BrowserDevice> {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ]);
    return new BrowserDevice(keys, await crypto.subtle.exportKey('jwk', keys.publicKey));
  }

  /** RFC 7638. */
  get deviceId(): string {
    const { crv, kty, x, y } = this.publicKey;
    return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  }

  get wish() {
    return { rememberDevice: { publicKey: this.publicKey } };
  }

  async proof(clientId: string, loginMethod: string, nonce: string, deviceId = this.deviceId) {
    const text = ['portal-auth/device/v1', clientId, deviceId, loginMethod, nonce].join('\n');
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      this.#keys.privateKey,
      new TextEncoder().encode(text),
    );
    return { deviceId, loginMethod, signature: Buffer.from(signature).toString('base64url') };
  }

  /** Signs in with the device, up to tokens, terms or the refusal. */
  async signIn(user: PortalUser, loginMethod = 'PHONE'): Promise<Round> {
    const { parameters } = await user.begin();
    return user.answer(
      await this.proof(user.machine.outputs.userPoolClientId, loginMethod, parameters.nonce ?? ''),
    );
  }
}
