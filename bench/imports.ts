/** Operators' imports: 100,000 accounts and 20,000 registration codes into the stack on one machine; memory as it goes; and a sign-in with few and with many accounts. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { type LocalRun, median, ratio, ROOT, type Scenario, startLocally } from './measure.ts';
import { LEE, nextQuarter, signInByEmail } from './sign-in-client.ts';

const ACCOUNTS = 100_000;
const CODES = 20_000;

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

/** Runs `ops`; its largest resident memory is what Linux says of it. */
async function ops(
  key: { id: string; secret: string },
  endpoint: string,
  args: string[],
): Promise<{ seconds: number; peakMb: number }> {
  const started = performance.now();
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: key.id,
    AWS_SECRET_ACCESS_KEY: key.secret,
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
      const passwordHash = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
      await writeRows(accounts, ACCOUNTS, (number) =>
        JSON.stringify({
          username: `user${number}`,
          firstName: 'Bench',
          lastName: 'User',
          npi: '1234567893',
          passwordHash,
        }),
      );
      await writeRows(codes, CODES, (number) =>
        number === 0 ? 'npi,code' : `1234567893,BENCH-${String(number).padStart(8, '0')}`,
      );
      const few = await signInMs(local);
      const accountsRun = await ops(local.operator, local.endpoint, [
        'accounts',
        'import',
        accounts,
      ]);
      const codesRun = await ops(local.operator, local.endpoint, ['codes', 'import', codes]);
      const many = await signInMs(local);
      return [
        {
          what: `${ACCOUNTS} accounts`,
          value: `${accountsRun.seconds.toFixed(0)} s, at most ${accountsRun.peakMb.toFixed(0)} MB`,
          aim: 'a few minutes',
          met: accountsRun.seconds < 300,
        },
        {
          what: `${CODES} codes`,
          value: `${codesRun.seconds.toFixed(0)} s, at most ${codesRun.peakMb.toFixed(0)} MB`,
        },
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
