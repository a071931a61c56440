/** The names that a file has had so far, to find the second row with the same one. */
import { createHash } from 'node:crypto';
import type { Plan } from './run.ts';

export class Seen {
  /**
   * By a digest of field and name, because a name that is cut out of its line keeps the whole line
   * in memory: the line, and 24 bits of the row's digest below it.
   */
  readonly #names = new Map<string, number>();

  /**
   * Remembers a name of a field. Fields with names of one `kind` may not share them. A second row
   * with it is the same if it repeats the first one exactly, and refused otherwise: only one of two
   * people can have the name.
   */
  again(
    { field, kind = field, name }: { field: string; kind?: string; name: string },
    line: number,
    values: Record<string, unknown> = {},
  ): Plan | undefined {
    const digest = digestOf(JSON.stringify(values)).readUIntBE(0, 3);
    const key = digestOf(`${kind} ${name}`).toString('base64url', 0, 12);
    const first = this.#names.get(key);
    if (first === undefined) {
      this.#names.set(key, line * DIGESTS + digest);
      return undefined;
    }
    const firstLine = Math.floor(first / DIGESTS);
    if (first % DIGESTS === digest && Object.keys(values).length > 0)
      return { outcome: 'same', detail: `repeats line ${firstLine}` };
    return {
      outcome: 'refused',
      detail: `${field}: is the same as in line ${firstLine} (capital letters do not matter)`,
    };
  }
}

/** Values of 24 bits. */
const DIGESTS = 2 ** 24;

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
