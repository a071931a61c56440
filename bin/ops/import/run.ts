/**
 * Runs an import: plans each row against what is there, commits what is new in transactions, and
 * gives every row one outcome.
 */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Commit,
  StoreUnavailable,
  type Write,
} from '../../../lambdas/ground/platform/database.ts';
import { type FileToRead, readRows, type Row } from './rows.ts';

/** What becomes of a row. */
export type Plan =
  | { outcome: 'written'; writes: Write[]; detail?: string }
  | { outcome: 'same'; detail?: string }
  | { outcome: 'different'; detail: string }
  | { outcome: 'refused'; detail: string };

export type Outcome = Plan['outcome'];

export interface RowResult {
  line: number;
  /** The username or the like; absent where the row cannot be read. */
  name?: string;
  outcome: Outcome;
  detail?: string;
}

/** What is imported: how a row is read, and what is done with it. */
export interface ImportKind<T> {
  /** Names its metric. */
  name: 'ACCOUNTS' | 'CODES';
  columns: FileToRead['columns'];
  /** Reads a row, in the order of the file. */
  read: (values: Record<string, unknown>, line: number) => T | { decided: Plan; name?: string };
  nameOf: (row: T) => string;
  /** Reads what is there, and plans at most `ROWS_AT_ONCE` rows, in their order. */
  plan: (rows: readonly T[]) => Promise<Plan[]>;
}

export interface ImportRun extends Omit<FileToRead, 'columns'> {
  dryRun: boolean;
  /** How many transactions may be under way at the same time. */
  parallel: number;
  commit: (writes: readonly Write[]) => Promise<Commit>;
  /** Receives the results in the order of the file. */
  report: (results: readonly RowResult[], bytes: number) => Promise<void>;
  /** Ends the import after what is under way. */
  signal: AbortSignal;
}

/** DynamoDB takes 100 writes in a transaction, and reads 100 keys at a time. */
const ROWS_AT_ONCE = 25;
const MOST_WRITES = 100;
const TRIES = 6;

type Entry<T> = { line: number; name?: string } & ({ row: T } | { decided: Plan });

interface Chunk<T> {
  entries: Entry<T>[];
  bytes: number;
}

/**
 * Imports a file. It may be stopped and run again: rows that are there already stay as they are.
 * @throws HeaderFault, StoreUnavailable
 */
export async function importRows<T>(kind: ImportKind<T>, run: ImportRun): Promise<void> {
  const underWay: Promise<() => Promise<void>>[] = [];
  const finishOldest = async () => (await underWay.shift())?.();
  for await (const chunk of chunksOf(kind, run)) {
    const settled = settle(kind, run, chunk).then(
      (results) => () => run.report(results, chunk.bytes),
    );
    // Its error is thrown where it is awaited, in the order of the file.
    settled.catch(() => undefined);
    underWay.push(settled);
    if (underWay.length >= run.parallel) await finishOldest();
    if (run.signal.aborted) break;
  }
  while (underWay.length > 0) await finishOldest();
}

async function* chunksOf<T>(kind: ImportKind<T>, run: ImportRun): AsyncGenerator<Chunk<T>> {
  let chunk: Chunk<T> = { entries: [], bytes: 0 };
  for await (const row of readRows({ ...run, columns: kind.columns })) {
    chunk.entries.push(entryOf(kind, row));
    chunk.bytes += row.bytes;
    if (chunk.entries.length < ROWS_AT_ONCE) continue;
    yield chunk;
    chunk = { entries: [], bytes: 0 };
  }
  if (chunk.entries.length > 0) yield chunk;
}

function entryOf<T>(kind: ImportKind<T>, row: Row): Entry<T> {
  const { line } = row;
  if ('fault' in row) return { line, decided: { outcome: 'refused', detail: row.fault } };
  const read = kind.read(row.values, line);
  if (typeof read === 'object' && read !== null && 'decided' in read) return { line, ...read };
  return { line, name: kind.nameOf(read), row: read };
}

async function settle<T>(
  kind: ImportKind<T>,
  run: ImportRun,
  { entries }: Chunk<T>,
): Promise<RowResult[]> {
  const open = entries.filter((entry) => 'row' in entry);
  const plans = await patiently(() => kind.plan(open.map(({ row }) => row)));
  const planned = open.map(({ row }, index) => ({ row, plan: plans[index] as Plan }));
  const done = run.dryRun ? planned.map(({ plan }) => plan) : await commitAll(kind, run, planned);
  return entries.map((entry) => {
    const plan = 'decided' in entry ? entry.decided : (done[open.indexOf(entry)] as Plan);
    const { line, name } = entry;
    return {
      line,
      outcome: plan.outcome,
      ...(name === undefined ? {} : { name }),
      ...(plan.detail === undefined ? {} : { detail: plan.detail }),
    };
  });
}

interface Planned<T> {
  row: T;
  plan: Plan;
}

const writesOf = ({ plan }: { plan: Plan }) => (plan.outcome === 'written' ? plan.writes : []);

/** Commits rows together, and one by one where another writer came in between. */
async function commitAll<T>(
  kind: ImportKind<T>,
  run: ImportRun,
  planned: readonly Planned<T>[],
): Promise<Plan[]> {
  const done: Plan[] = [];
  for (const group of groupsOf(planned)) {
    const writes = group.flatMap(writesOf);
    if (writes.length === 0 || (await patiently(() => run.commit(writes))).done)
      done.push(...group.map(({ plan }) => plan));
    else for (const one of group) done.push(await commitAlone(kind, run, one));
  }
  return done;
}

function groupsOf<T>(planned: readonly Planned<T>[]): Planned<T>[][] {
  const groups: Planned<T>[][] = [[]];
  let size = 0;
  for (const one of planned) {
    const more = writesOf(one).length;
    if (size + more > MOST_WRITES) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(one);
    size += more;
  }
  return groups;
}

const MEANWHILE: Plan = {
  outcome: 'refused',
  detail: 'was changed by somebody else meanwhile. Import it again',
};

async function commitAlone<T>(kind: ImportKind<T>, run: ImportRun, one: Planned<T>): Promise<Plan> {
  const writes = writesOf(one);
  if (writes.length === 0 || (await patiently(() => run.commit(writes))).done) return one.plan;
  const [again = MEANWHILE] = await patiently(() => kind.plan([one.row]));
  if (again.outcome !== 'written') return again;
  return (await patiently(() => run.commit(again.writes))).done ? again : MEANWHILE;
}

/** Repeats what an outage refuses, with growing pauses of up to 6 s in all. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || tries === TRIES) throw error;
      await pause(100 * 2 ** tries);
    }
  }
}
