/** Imports: rows of a CSV or JSON Lines file, read as a stream, committed in batches, with a report of what was refused. */
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Presets, SingleBar } from 'cli-progress';
import { parse } from 'csv-parse';
import type { Commit, Write } from '../../lambdas/ground/platform/database.ts';

export interface Row {
  line: number;
  values: Record<string, unknown>;
}

/** A row's writes, or why it is refused. `known` says whether a refused write means that the row was imported before. */
export type Prepared =
  | {
      writes: Write[];
      known(refused: readonly (true | Record<string, unknown> | undefined)[]): boolean;
      clash: string;
    }
  | { refused: string };

export interface ImportReport {
  read: number;
  written: number;
  /** There already, as the file has them. */
  unchanged: number;
  refused: { line: number; reason: string }[];
}

/** DynamoDB takes 100 writes in a transaction. */
const MOST_WRITES = 100;
/** Batches under way at once. */
const BATCHES = 8;
/** Refused rows that are kept to be reported; more are only counted, so that memory stays flat. */
const MOST_REFUSED = 10_000;

export async function* readRows(file: string): AsyncGenerator<Row> {
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
      : { '': 'no object' };
  } catch {
    return { '': 'no JSON' };
  }
}

export interface ImportOptions {
  file: string;
  dryRun: boolean;
  prepare(row: Row): Promise<Prepared>;
  commit(writes: readonly Write[]): Promise<Commit>;
  /** Shows a bar on a terminal. */
  progress: boolean;
}

/** Imports a file. Stopped half-way or run again it changes nothing twice: what is there already is left as it is. */
export async function importRows({
  file,
  dryRun,
  prepare,
  commit,
  progress,
}: ImportOptions): Promise<ImportReport> {
  const report: ImportReport = { read: 0, written: 0, unchanged: 0, refused: [] };
  const settling = new Settling(report, dryRun ? undefined : commit);
  const bar = progress
    ? new SingleBar(
        { format: '{bar} {percentage}% | {value} of {total} bytes | {rows} rows', etaBuffer: 100 },
        Presets.shades_classic,
      )
    : undefined;
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

/** Commits batches, several at a time, and counts what became of their rows. */
class Settling {
  readonly #report: ImportReport;
  /** Without it, nothing is written and every row counts as if it were. */
  readonly #commit: ImportOptions['commit'] | undefined;
  readonly #underWay = new Set<Promise<void>>();

  constructor(report: ImportReport, commit: ImportOptions['commit'] | undefined) {
    this.#report = report;
    this.#commit = commit;
  }

  refuse(line: number, reason: string): void {
    if (this.#report.refused.length < MOST_REFUSED) this.#report.refused.push({ line, reason });
  }

  /** Waits only while too many are under way. @throws what a commit throws */
  async begin(batch: Batch): Promise<void> {
    const done: Promise<void> = this.#settle(batch).then(() => void this.#underWay.delete(done));
    // One that failed stays, so that whoever waits next hears of it.
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

/** Rows that are committed together: no two of them write one item. */
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

/** Writes the refused rows beside the file and says how it went. @returns the exit code: 0, or 3 if rows were refused */
export async function tell(
  file: string,
  { read, written, unchanged, refused }: ImportReport,
  dryRun: boolean,
): Promise<number> {
  console.log(
    `${read} rows read, ${written} ${dryRun ? 'would be written' : 'written'}, ${unchanged} there already, ${refused.length} refused`,
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
  console.error(`All of them with their reasons: ${reportFile}`);
  return 3;
}
