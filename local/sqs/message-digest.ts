import { createHash } from 'node:crypto';

/** The MD5 by which clients check bodies. */
export function bodyMd5(body: string): string {
  return createHash('md5').update(body, 'utf8').digest('hex');
}
