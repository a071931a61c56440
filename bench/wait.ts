/**
 * What a person waits for at each step of an e-mail sign-in because AWS answers as late as it does:
 * every call of a function is given its usual latency, and the same steps without it are taken
 * away. Beside it the sample library's sign-in by a mailed link under the same latencies, which has
 * one factor. What Cognito itself takes comes with each step of either.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import {
  median,
  type Result,
  ROOT,
  type Scenario,
  startLocally,
  type LocalRun,
} from './measure.ts';
import { LEE, nextQuarter, stepsOfSignIn } from './sign-in-client.ts';

/** Milliseconds, of reads and writes within a Region; `WAIT_MS='{"kms":20}'` sets others. */
const LATENCIES: Record<string, number> = {
  'dynamodb:GetItem': 4,
  'dynamodb:BatchGetItem': 4,
  'dynamodb:UpdateItem': 10,
  'dynamodb:PutItem': 10,
  'dynamodb:TransactWriteItems': 10,
  kms: 8,
  ses: 60,
  sns: 80,
  connect: 150,
  cognito: 30,
  ...(JSON.parse(process.env.WAIT_MS ?? '{}') as Record<string, number>),
};
const RUNS = 9;
/** Sign-ins before it counts. */
const WARM_UP = 3;
const TRIGGERS = ['define', 'create', 'verify', 'token-gate'];
const WITHOUT_SES = 120;

export const wait: Scenario = {
  title: 'What a person waits for AWS, at each step of an e-mail sign-in',
  async run() {
    const local = await startLocally();
    try {
      await timesOf(local, WARM_UP);
      const bare = await timesOf(local, RUNS);
      const calls = await callsOf(local);
      await slowDown(local);
      const slowed = await timesOf(local, RUNS);
      const waited = [...bare.keys()]
        .filter((name) => calls.get(name) !== '')
        .map((name) => ({ name, ms: (slowed.get(name) ?? 0) - (bare.get(name) ?? 0) }));
      const total = waited.reduce((sum, { ms }) => sum + ms, 0) - (LATENCIES.ses ?? 0);
      return [
        {
          what: 'the whole sign-in, without SES',
          value: `${Math.round(total)} ms`,
          aim: `≤ ${WITHOUT_SES} ms`,
          met: total <= WITHOUT_SES,
        },
        ...waited.map(({ name, ms }): Result => ({
          what: `${name}: ${calls.get(name) ?? ''}`,
          value: `${Math.round(ms)} ms`,
        })),
        await peerWaits(),
      ];
    } finally {
      await local.stop();
    }
  },
};

/** The median of each step, in milliseconds. */
async function timesOf(local: LocalRun, runs: number): Promise<Map<string, number>> {
  const times = new Map<string, number[]>();
  for (let run = 0; run < runs; run += 1) {
    await nextQuarter(local, 1_000);
    for (const { name, take } of stepsOfSignIn(local, LEE)) {
      const started = performance.now();
      await take();
      times.set(name, [...(times.get(name) ?? []), performance.now() - started]);
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

/** The AWS calls of each step, such as `create GetItem, verify TransactWriteItems`. */
async function callsOf(local: LocalRun): Promise<Map<string, string>> {
  await nextQuarter(local, 1_000);
  const calls = new Map<string, string>();
  for (const { name, take } of stepsOfSignIn(local, LEE)) {
    await fetch(`${local.endpoint}/_local/aws-calls`, { method: 'DELETE' });
    await take();
    const counted = (await (await fetch(`${local.endpoint}/_local/aws-calls`)).json()) as object;
    const ofTriggers = Object.entries(counted).filter(([call]) =>
      TRIGGERS.includes(call.split(' ')[0] ?? ''),
    );
    calls.set(
      name,
      ofTriggers.map(([call, count]) => `${count} × ${call.replace(/\w+:/, '')}`).join(', '),
    );
  }
  return calls;
}

/** Of the triggers only: what the bench's client asks of Cognito is as fast as it is. */
async function slowDown({ endpoint }: LocalRun): Promise<void> {
  for (const [call, delayMs] of Object.entries(LATENCIES))
    for (const trigger of TRIGGERS) {
      const [service, operation] = call.split(':');
      const fault = { service, function: trigger, times: 1_000_000, delayMs };
      await fetch(`${endpoint}/_local/faults`, {
        method: 'POST',
        body: JSON.stringify(operation === undefined ? fault : { ...fault, operation }),
      });
    }
}

interface PeerSignIn {
  ms: number;
  calls: string[];
}

async function peerWaits(): Promise<Result> {
  const [bare, slowed] = [await peerSignIns({}), await peerSignIns(LATENCIES)];
  const waited = median(slowed.map(({ ms }) => ms)) - median(bare.map(({ ms }) => ms));
  return {
    what: `the sample library’s mailed link, without SES: ${slowed[0]?.calls.join(', ')}`,
    value: `${Math.round(waited - (LATENCIES.ses ?? 0))} ms`,
  };
}

/** @returns sign-ins of a warm process, one after the other */
async function peerSignIns(latencies: Record<string, number>): Promise<PeerSignIn[]> {
  const child = spawn(process.execPath, [join(ROOT, 'bench/peers/magic-link.mjs')], {
    env: { ...process.env, LATENCIES: JSON.stringify(latencies) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end('\n'.repeat(WARM_UP + RUNS));
  const signIns: PeerSignIn[] = [];
  for await (const line of createInterface(child.stdout))
    signIns.push(JSON.parse(line) as PeerSignIn);
  if (signIns.length !== WARM_UP + RUNS) throw new Error('The sample library did not sign in.');
  return signIns.slice(WARM_UP);
}
