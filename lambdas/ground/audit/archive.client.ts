/**
 * The archive bucket. Objects are locked for six years: writing one again makes a version, it takes
 * nothing away.
 */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { STORE_CALL } from '../platform/aws-clients.ts';

export class AuditArchive {
  readonly #bucket: string;
  readonly #client = new S3Client({ ...STORE_CALL, forcePathStyle: true });

  constructor(bucket: string) {
    this.#bucket = bucket;
  }

  async put(key: string, text: string): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: text,
        ContentType: 'application/json',
        ChecksumAlgorithm: 'SHA256',
      }),
    );
  }
}
