/**
 * What a person waits for at each step of an e-mail sign-in because AWS answers as late as it does:
 * every call of a function is given its usual latency, and the same steps without it are taken
 * away.
 */
import { median, type Result, type Scenario, startLocally, type LocalRun } from './measure.ts';
import { LEE, nextQuarter, stepsOfSignIn } from './sign-in-client.ts';

/** Milliseconds, of reads and writes within a Region; `WAIT_MS='{"kms":20}'` sets others. */
const LATENCIES: Record<string, number> = {
  'dynamodb:GetItem': 4,
  'dynamodb:BatchGetItem': 4,
  'dynamodb:UpdateItem': 10,
  'dynamodb:TransactWriteItems': 10,
  kms: 8,
  ses: 60,
  sns: 80,
  connect: 150,
  ...(JSON.parse(process.env.WAIT_MS ?? '{}') as Record<string, number>),
};
const RUNS = 9;
const WITHOUT_SES = 120;

export const wait: Scenario = {
  title: 'What a person waits for AWS, at each step of an e-mail sign-in',
  async run() {
    const local = await startLocally();
    try {
      await timesOf(local, 3);
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
      /^(define|create|verify|token-gate) /.test(call),
    );
    calls.set(
      name,
      ofTriggers.map(([call, count]) => `${count} × ${call.replace(/\w+:/, '')}`).join(', '),
    );
  }
  return calls;
}

async function slowDown({ endpoint }: LocalRun): Promise<void> {
  for (const [call, delayMs] of Object.entries(LATENCIES)) {
    const [service, operation] = call.split(':');
    const fault = { service, times: 1_000_000, delayMs };
    await fetch(`${endpoint}/_local/faults`, {
      method: 'POST',
      body: JSON.stringify(operation === undefined ? fault : { ...fault, operation }),
    });
  }
}
