/**
 * Imports rows of a CSV or JSON Lines file: reads them as a stream, commits them in batches, and
 * reports which were refused.
 */
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Presets, SingleBar } from 'cli-progress';
import { parse } from 'csv-parse';
import type { Commit, Write } from '../../lambdas/ground/platform/database.ts';

interface Row {
  line: number;
  values: Record<string, unknown>;
}

/**
 * A row's writes, or why it is refused. `known` decides whether a refused write means that the row
 * was imported before.
 */
type Prepared =
  | {
      writes: Write[];
      known: (refused: readonly (true | Record<string, unknown> | undefined)[]) => boolean;
      clash: string;
    }
  | { refused: string };

export interface ImportReport {
  read: number;
  written: number;
  /** Rows that exist already, as the file has them. */
  unchanged: number;
  refused: { line: number; reason: string }[];
}

/** DynamoDB takes 100 writes in a transaction. */
const MOST_WRITES = 100;
/** Batches that are committed at the same time. */
const BATCHES = 8;
/** Refused rows that are kept for the report. Beyond that they are dropped, to bound memory. */
const MOST_REFUSED = 10_000;

async function* readRows(file: string): AsyncGenerator<Row> {
  const input = createReadStream(file);
  if (/\.jsonl$/i.test(file)) {
    let line = 0;
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() !== '') yield { line, values: jsonRow(text) };
    }
    return;
  }
  const parser = input.pipe(
    parse({
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      relax_column_count: true,
    }),
  );
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    yield {
      line: info.lines,
      values: Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')),
    };
  }
}

function jsonRow(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : { '': 'not an object' };
  } catch {
    return { '': 'not JSON' };
  }
}

export interface ImportFile {
  file: string;
  dryRun: boolean;
  /** Shows a progress bar on a terminal. */
  progress: boolean;
}

export interface ImportOptions extends ImportFile {
  prepare: (row: Row) => Prepared | Promise<Prepared>;
  commit: (writes: readonly Write[]) => Promise<Commit>;
}

/** Imports a file. It may be stopped and run again: rows that exist already stay as they are. */
export async function importRows({
  file,
  dryRun,
  prepare,
  commit,
  progress,
}: ImportOptions): Promise<ImportReport> {
  const report: ImportReport = { read: 0, written: 0, unchanged: 0, refused: [] };
  const settling = new Settling(report, dryRun ? undefined : commit);
  const bar = progress ? progressBar() : undefined;
  const { size } = await stat(file);
  bar?.start(size, 0, { rows: 0 });
  try {
    let batch = new Batch();
    for await (const row of readRows(file)) {
      report.read += 1;
      const prepared = await prepare(row);
      if ('refused' in prepared) {
        settling.refuse(row.line, prepared.refused);
        continue;
      }
      if (!batch.takes(prepared.writes)) {
        await settling.begin(batch);
        batch = new Batch();
      }
      batch.add(row.line, prepared);
      if (report.read % 500 === 0) bar?.update({ rows: report.read });
    }
    await settling.begin(batch);
    await settling.end();
    bar?.update(size, { rows: report.read });
    return report;
  } finally {
    bar?.stop();
  }
}

function progressBar(): SingleBar {
  const format = '{bar} {percentage}% | {value} of {total} bytes | {rows} rows';
  return new SingleBar({ format, etaBuffer: 100 }, Presets.shades_classic);
}

/** Commits batches, several at a time, and counts the outcome of each row. */
class Settling {
  readonly #report: ImportReport;
  /** Undefined in a dry run: every row then counts as written. */
  readonly #commit: ImportOptions['commit'] | undefined;
  readonly #underWay = new Set<Promise<void>>();

  constructor(report: ImportReport, commit: ImportOptions['commit'] | undefined) {
    this.#report = report;
    this.#commit = commit;
  }

  refuse(line: number, reason: string): void {
    if (this.#report.refused.length < MOST_REFUSED) this.#report.refused.push({ line, reason });
  }

  /** Waits only while too many batches are being committed. @throws what a commit throws */
  async begin(batch: Batch): Promise<void> {
    const done: Promise<void> = this.#settle(batch).then(() => void this.#underWay.delete(done));
    // A failed batch stays in the set, so that the next wait throws its error.
    done.catch(() => undefined);
    this.#underWay.add(done);
    if (this.#underWay.size >= BATCHES) await Promise.race(this.#underWay);
  }

  async end(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #settle({ rows }: Batch): Promise<void> {
    if (
      this.#commit === undefined ||
      rows.length === 0 ||
      (await this.#commit(rows.flatMap(({ prepared }) => prepared.writes))).done
    ) {
      this.#report.written += rows.length;
      return;
    }
    for (const { line, prepared } of rows) {
      const alone = await this.#commit(prepared.writes);
      if (alone.done) this.#report.written += 1;
      else if (prepared.known(alone.refused)) this.#report.unchanged += 1;
      else this.refuse(line, prepared.clash);
    }
  }
}

/** Rows that are committed together. No two of them write the same item. */
class Batch {
  readonly rows: { line: number; prepared: Extract<Prepared, { writes: Write[] }> }[] = [];
  readonly #keys = new Set<string>();
  #writes = 0;

  takes(writes: readonly Write[]): boolean {
    return (
      this.#writes + writes.length <= MOST_WRITES &&
      !writes.some((write) => this.#keys.has(keyOf(write)))
    );
  }

  add(line: number, prepared: Extract<Prepared, { writes: Write[] }>): void {
    this.rows.push({ line, prepared });
    this.#writes += prepared.writes.length;
    for (const write of prepared.writes) this.#keys.add(keyOf(write));
  }
}

function keyOf(write: Write): string {
  const item = write.kind === 'put' ? write.item : write.key;
  const { pk, npi, code, accountId, eventId } = item as Record<string, string>;
  return [pk, npi, code, accountId, eventId].join('|');
}

/**
 * Prints the counts and writes the refused rows beside the file.
 * @returns the exit code: 0, or 3 if rows were refused
 */
export async function reportImport(
  { file, dryRun }: ImportFile,
  { read, written, unchanged, refused }: ImportReport,
): Promise<number> {
  console.log(
    [
      `${read} rows read`,
      `${written} ${dryRun ? 'would be written' : 'written'}`,
      `${unchanged} exist already`,
      `${refused.length} refused`,
    ].join(', '),
  );
  if (refused.length === 0) return 0;
  for (const { line, reason } of refused.slice(0, 10)) console.error(`  line ${line}: ${reason}`);
  const reportFile = `${file}.refused.csv`;
  await writeFile(
    reportFile,
    [
      'line,reason',
      ...refused.map(({ line, reason }) => `${line},"${reason.replaceAll('"', '""')}"`),
    ].join('\n'),
  );
  console.error(`All refused rows and their reasons are in ${reportFile}`);
  return 3;
}
