/** The names that a file has had so far, to find the second row with the same one. */
import { createHash } from 'node:crypto';
import type { Plan } from './run.ts';

export class Seen {
  /**
   * By a digest of field and name: the line, and a digest of the row. Digests, because a name that
   * is cut out of its line keeps the whole line in memory.
   */
  readonly #names = new Map<string, string>();

  /**
   * Remembers a name. A second row with it is the same if it repeats the first one exactly, and
   * refused otherwise: only one of two people can have the name.
   */
  again(
    field: string,
    name: string,
    line: number,
    values: Record<string, unknown> = {},
  ): Plan | undefined {
    const digest = digestOf(JSON.stringify(values));
    const key = digestOf(`${field} ${name}`);
    const first = this.#names.get(key);
    if (first === undefined) {
      this.#names.set(key, `${digest}${line}`);
      return undefined;
    }
    const [firstDigest, firstLine] = [first.slice(0, DIGEST), first.slice(DIGEST)];
    if (firstDigest === digest && Object.keys(values).length > 0)
      return { outcome: 'same', detail: `repeats line ${firstLine}` };
    return {
      outcome: 'refused',
      detail: `${field}: is the same as in line ${firstLine} (capital letters do not matter)`,
    };
  }
}

/** 96 bits, as so many bytes of text that are not cut out of a longer one. */
const DIGEST = 16;

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 12).toString('base64url');
}
