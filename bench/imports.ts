/**
 * Imports 100,000 accounts and 20,000 registration codes into the stack on one machine, watches the
 * memory of the import, and compares a sign-in among few accounts with one among many.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { type LocalRun, median, ratio, ROOT, type Scenario, startLocally } from './measure.ts';
import { LEE, nextQuarter, signInByEmail } from './sign-in-client.ts';

const ACCOUNTS = 100_000;
const CODES = 20_000;

interface Run {
  seconds: number;
  peakMb: number;
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
async function ops({ operator, endpoint }: LocalRun, args: string[]): Promise<Run> {
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
    stdio: ['ignore', 'ignore', 'inherit'],
  });
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
  if (code !== 0) throw new Error(`ops ${args.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1_000, peakMb };
}

function shown({ seconds, peakMb }: Run): string {
  return `${seconds.toFixed(0)} s, at most ${peakMb.toFixed(0)} MB`;
}

/** Rows a second that an import must reach against the local port. */
const LEAST_RATE = 500;

function atRate(run: Run) {
  const rate = Math.round(ACCOUNTS / run.seconds);
  return {
    value: `${rate} rows/s, ${shown(run)}`,
    aim: `≥ ${LEAST_RATE} rows/s`,
    met: rate >= LEAST_RATE,
  };
}

function accountRow(number: number): string {
  return JSON.stringify({
    username: `user${number}`,
    firstName: 'Bench',
    lastName: 'User',
    npi: '1234567893',
    passwordHash: '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
  });
}

function codeRow(number: number): string {
  return number === 0 ? 'npi,code' : `1234567893,BENCH-${String(number).padStart(8, '0')}`;
}

async function signInMs(local: LocalRun): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 24; round += 1) {
    if (round % 8 === 0) await nextQuarter(local);
    const started = performance.now();
    await signInByEmail(local, LEE);
    times.push(performance.now() - started);
  }
  return median(times.slice(8));
}

export const imports: Scenario = {
  title: 'Imports, and a sign-in among many accounts',
  async run() {
    await mkdir(join(ROOT, '.portal-auth'), { recursive: true });
    const folder = await mkdtemp(join(ROOT, '.portal-auth', 'bench-'));
    const local = await startLocally();
    try {
      const [accounts, codes] = [join(folder, 'accounts.jsonl'), join(folder, 'codes.csv')];
      await writeRows(accounts, ACCOUNTS, accountRow);
      await writeRows(codes, CODES, codeRow);
      const few = await signInMs(local);
      const accountsRun = await ops(local, ['accounts', 'import', accounts]);
      const knownRun = await ops(local, ['accounts', 'import', accounts]);
      const codesRun = await ops(local, ['codes', 'import', codes]);
      const many = await signInMs(local);
      return [
        {
          what: `${ACCOUNTS} accounts`,
          ...atRate(accountsRun),
        },
        { what: `${ACCOUNTS} accounts that are there already`, ...atRate(knownRun) },
        { what: `${CODES} codes`, value: shown(codesRun) },
        {
          what: `sign-in p50 with ${ACCOUNTS} accounts against 6`,
          aim: '≤ 1.1 ×',
          ...ratio(many / few, 1.1),
        },
      ];
    } finally {
      await local.stop();
      await rm(folder, { recursive: true });
    }
  },
};
