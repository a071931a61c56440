import { jest } from '@jest/globals';

export type WrittenLine = Record<string, unknown>;

/** Takes what the log writes to the standard output, until `release`. */
export class WrittenLines {
  readonly texts: string[] = [];
  readonly #output = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => this.texts.push(String(text)) > 0);

  all(): WrittenLine[] {
    return this.texts.map((text) => JSON.parse(text) as WrittenLine);
  }

  codes(): unknown[] {
    return this.all().map(({ code }) => code);
  }

  release(): void {
    this.#output.mockRestore();
  }
}
