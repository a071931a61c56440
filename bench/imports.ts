/**
 * Imports 10,000 and 100,000 accounts and 20,000 registration codes into the stack on one machine,
 * watches the memory of the imports, and exports and verifies the audit trail of it all. What a
 * sign-in takes among many accounts is measured by `scale`.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { type LocalRun, ratio, type Result, ROOT, type Scenario, startLocally } from './measure.ts';

const FEW = 10_000;
const MANY = 100_000;
const CODES = 20_000;

interface Run {
  seconds: number;
  peakMb: number;
  out: string;
}

async function writeRows(
  file: string,
  count: number,
  row: (number: number) => string,
): Promise<void> {
  const out = createWriteStream(file);
  for (let number = 0; number < count; number += 1)
    if (!out.write(`${row(number)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}

/** Runs `ops` and reads its peak resident memory from Linux. */
async function ops(
  { operator, endpoint }: LocalRun,
  args: string[],
  codes: readonly number[] = [0],
): Promise<Run> {
  const started = performance.now();
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: operator.id,
    AWS_SECRET_ACCESS_KEY: operator.secret,
  };
  const child = spawn(process.execPath, ['bin/ops.ts', ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const written = text(child.stdout);
  let peakMb = 0;
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => {
        peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      },
      () => undefined,
    );
  }, 200);
  const [code] = (await once(child, 'exit')) as [number];
  clearInterval(watch);
  if (!codes.includes(code)) throw new Error(`ops ${args.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1_000, peakMb, out: await written };
}

function shown({ seconds, peakMb }: Run): string {
  return `${seconds.toFixed(0)} s, at most ${peakMb.toFixed(0)} MB`;
}

/** Rows and events a second that are aimed for against the local port. */
const LEAST_ROWS = 500;
const LEAST_EVENTS = 5_000;
/** The tolerance for memory that does not grow with the rows. */
const FLAT = 1.15;

function atRate(what: string, count: number, run: Run, least: number): Result {
  const rate = Math.round(count / run.seconds);
  const unit = least === LEAST_ROWS ? 'rows' : 'events';
  return {
    what,
    value: `${rate} ${unit}/s, ${shown(run)}`,
    aim: `≥ ${least} ${unit}/s`,
    met: rate >= least,
  };
}

function accountRow(prefix: string): (number: number) => string {
  return (number) =>
    JSON.stringify({
      username: `${prefix}${number}`,
      firstName: 'Bench',
      lastName: 'User',
      npi: '1234567893',
      passwordHash: '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
    });
}

function codeRow(number: number): string {
  return number === 0 ? 'npi,code' : `1234567893,BENCH-${String(number).padStart(8, '0')}`;
}

/** New rows, then the same rows again: what is measured of each, and the peaks. */
async function importTwice(local: LocalRun, folder: string, count: number) {
  const file = join(folder, `${count}.jsonl`);
  await writeRows(file, count, accountRow(`bench${count}x`));
  const fresh = await ops(local, ['accounts', 'import', file]);
  const known = await ops(local, ['accounts', 'import', file]);
  const results = [
    atRate(`${count} new accounts`, count, fresh, LEAST_ROWS),
    atRate(`${count} accounts that are there already`, count, known, LEAST_ROWS),
  ];
  return { results, peaks: [fresh.peakMb, known.peakMb] as const };
}

/** The archive follows the trail: it is verified once it has caught up. */
async function measureAudit(local: LocalRun): Promise<Result[]> {
  const day = (later: number) =>
    new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
  const range = ['--from', day(-1), '--to', day(2)];
  for (;;) {
    const verified = await ops(local, ['audit', 'verify', ...range, '--json'], [0, 3]);
    const { compared, faults } = JSON.parse(verified.out) as { compared: number; faults: object[] };
    if (faults.length > 0) continue;
    const exported = await ops(local, ['audit', 'export', ...range]);
    return [
      atRate(`audit verify of ${compared} events`, compared, verified, LEAST_EVENTS),
      atRate(`audit export of ${compared} events`, compared, exported, LEAST_EVENTS),
    ];
  }
}

async function measureCodes(local: LocalRun, folder: string): Promise<Result> {
  const codes = join(folder, 'codes.csv');
  await writeRows(codes, CODES, codeRow);
  return { what: `${CODES} codes`, value: shown(await ops(local, ['codes', 'import', codes])) };
}

async function measureAll(local: LocalRun, folder: string): Promise<Result[]> {
  const few = await importTwice(local, folder, FEW);
  const many = await importTwice(local, folder, MANY);
  const codes = await measureCodes(local, folder);
  const grows = (what: string, index: 0 | 1): Result => ({
    what: `peak memory of ${MANY} ${what} accounts against ${FEW}`,
    aim: `≤ ${FLAT} × (flat)`,
    ...ratio(many.peaks[index] / few.peaks[index], FLAT),
  });
  return [
    ...few.results,
    ...many.results,
    grows('new', 0),
    grows('known', 1),
    codes,
    ...(await measureAudit(local)),
  ];
}

export const imports: Scenario = {
  title: 'Imports and the audit trail, against the local port',
  async run() {
    await mkdir(join(ROOT, '.portal-auth'), { recursive: true });
    const folder = await mkdtemp(join(ROOT, '.portal-auth', 'bench-'));
    const local = await startLocally();
    try {
      return await measureAll(local, folder);
    } finally {
      await local.stop();
      await rm(folder, { recursive: true });
    }
  },
};
