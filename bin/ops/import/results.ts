/** Keeps the result of every row of an import in a file beside it, and counts and shows them. */
import { type FileHandle, open } from 'node:fs/promises';
import { Presets, SingleBar } from 'cli-progress';
import type { Outcome, RowResult } from './run.ts';

export type Totals = Record<Outcome, number>;

/** How many refused and different rows are printed; the result file has all. */
const MOST_SHOWN = 10;

/** The results of an import. Memory does not grow with the rows. */
export class Results {
  readonly totals: Totals = { written: 0, same: 0, different: 0, refused: 0 };
  readonly file: string;
  readonly #handle: FileHandle;
  /** The first rows that need somebody's attention. */
  readonly shown: RowResult[] = [];

  private constructor(file: string, handle: FileHandle) {
    this.file = file;
    this.#handle = handle;
  }

  /**
   * Opens `FILE.result.csv`, or `FILE.result-2.csv` and so on: no earlier result is overwritten. A
   * dry run has a file of its own, so that it does not pass for a result.
   */
  static async beside(file: string, dryRun: boolean): Promise<Results> {
    const base = `${file}.${dryRun ? 'dry-run' : 'result'}`;
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? `${base}.csv` : `${base}-${number}.csv`;
      try {
        const handle = await open(name, 'wx', 0o600);
        await handle.write('line,name,result,detail\n');
        return new Results(name, handle);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  get read(): number {
    return Object.values(this.totals).reduce((sum, count) => sum + count, 0);
  }

  async add(results: readonly RowResult[]): Promise<void> {
    for (const result of results) {
      this.totals[result.outcome] += 1;
      const isOfNote = result.outcome === 'refused' || result.outcome === 'different';
      if (isOfNote && this.shown.length < MOST_SHOWN) this.shown.push(result);
    }
    await this.#handle.write(results.map(csvLine).join(''));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function csvLine({ line, name = '', outcome, detail = '' }: RowResult): string {
  return `${[String(line), name, outcome, detail].map(csvCell).join(',')}\n`;
}

/** Quoted where needed; a cell that a spreadsheet would run as a formula begins with a quote. */
function csvCell(value: string): string {
  const inert = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const LINE_EVERY_MS = 10_000;

/** Shows rate and time left: a bar on a terminal, elsewhere a line every 10 s; all on stderr. */
export class Progress {
  readonly #size: number;
  readonly #started = Date.now();
  readonly #bar: SingleBar | undefined;
  #bytes = 0;
  #rows = 0;
  #lastLine = Date.now();

  constructor(size: number, onTerminal: boolean) {
    this.#size = size;
    if (!onTerminal) return;
    const format = '{bar} {percentage}% | {rows} rows | {rate} rows/s | {left} left';
    this.#bar = new SingleBar({ format, stream: process.stderr }, Presets.shades_classic);
    this.#bar.start(size, 0, { rows: 0, rate: 0, left: '?' });
  }

  advance(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
    const now = Date.now();
    const seconds = Math.max(1, now - this.#started) / 1000;
    const rate = Math.round(this.#rows / seconds);
    const left = duration(((this.#size - this.#bytes) / Math.max(1, this.#bytes)) * seconds);
    this.#bar?.update(Math.min(this.#bytes, this.#size), { rows: this.#rows, rate, left });
    if (this.#bar !== undefined || now - this.#lastLine < LINE_EVERY_MS) return;
    this.#lastLine = now;
    console.error(`${this.#rows} rows, ${rate} rows/s, about ${left} left`);
  }

  stop(): void {
    this.#bar?.stop();
  }
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}
