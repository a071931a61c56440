/** The names that a file has had so far, to find the second row with the same one. */
import { createHash } from 'node:crypto';
import type { Plan } from './run.ts';

export class Seen {
  /** By field and name: the line, and a digest of the row. */
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
    const digest = createHash('sha256').update(JSON.stringify(values)).digest('base64url');
    const key = `${field[0]}${name}`;
    const first = this.#names.get(key);
    if (first === undefined) {
      this.#names.set(key, `${line} ${digest.slice(0, 11)}`);
      return undefined;
    }
    const [firstLine, firstDigest] = first.split(' ');
    if (firstDigest === digest.slice(0, 11) && Object.keys(values).length > 0)
      return { outcome: 'same', detail: `repeats line ${firstLine}` };
    return {
      outcome: 'refused',
      detail: `${field}: is the same as in line ${firstLine} (capital letters do not matter)`,
    };
  }
}
