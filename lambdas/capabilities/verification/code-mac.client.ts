/** MACs over one-time codes, by the HMAC key in KMS that no one can read. */
import { STORE_CALL } from '../../ground/platform/aws-clients.ts';
import type { CodeMacPort } from './codes.ts';
import { once } from '../../ground/platform/once.ts';

export class CodeMacUnavailable extends Error {
  override readonly name = 'CodeMacUnavailable';
}

export class KmsCodeMac implements CodeMacPort {
  readonly #keyId: string;
  readonly #kms = once(async () => {
    const { GenerateMacCommand, KMSClient } = await import('../../ground/platform/sdk/kms.ts');
    return {
      client: new KMSClient(STORE_CALL),
      GenerateMacCommand,
    };
  });

  constructor(keyId: string) {
    this.#keyId = keyId;
  }

  /** HMAC-SHA-256 of `message`, base64. Throws CodeMacUnavailable. */
  async mac(message: string): Promise<string> {
    try {
      const { client, GenerateMacCommand } = await this.#kms();
      const { Mac } = await client.send(
        new GenerateMacCommand({
          KeyId: this.#keyId,
          MacAlgorithm: 'HMAC_SHA_256',
          Message: Buffer.from(message, 'utf8'),
        }),
      );
      if (Mac === undefined) throw new Error('KMS answered without a MAC.');
      return Buffer.from(Mac).toString('base64');
    } catch (error) {
      throw new CodeMacUnavailable(
        'KMS made no MAC, so no code can be issued or checked. Try again.',
        { cause: error },
      );
    }
  }
}
