/**
 * Compares known and unknown users at the public entries, in pairs. The answers must be the same,
 * and their times must be alike.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  type LocalRun,
  median,
  quantile,
  ratio,
  type Result,
  type Scenario,
  startLocally,
} from './measure.ts';
import { startSignIn } from './sign-in-client.ts';

/** The shape of an answer: its status and the names in its body. */
type Shape = unknown;

interface Entry {
  what: string;
  pairs: number;
  known: string;
  ask: (run: LocalRun, who: string) => Promise<Shape>;
}

/**
 * Pairs at the entries that answer no sooner than a fixed time. With the default each entry takes a
 * minute; `PAIRS=300 npm run bench alike` takes half an hour.
 */
const PAIRS = Number(process.env.PAIRS ?? 40);
/** Pairs that are not counted, because they warm up modules, connections and caches. */
const WARM_UP = 8;
/** Pairs after which the clock moves on, so that every limit starts afresh. */
const BATCH = 16;
const WRONG = 'wrong-password';

const ENTRIES: Entry[] = [
  {
    what: 'POST /password-resets',
    pairs: PAIRS,
    known: 'erin.email@cedargrove.example',
    ask: (run, email) => post(run, '/password-resets', { email }),
  },
  {
    what: 'POST /registration-links by username',
    pairs: PAIRS,
    known: 'jrivera',
    ask: (run, username) => post(run, '/registration-links', { username }),
  },
  {
    what: 'POST /mfa-registrations, imported against unknown',
    pairs: PAIRS,
    known: 'jrivera',
    ask: (run, username) => post(run, '/mfa-registrations', { username, password: WRONG }),
  },
  {
    what: 'POST /mfa-registrations, active against unknown',
    pairs: PAIRS,
    known: 'ladmin',
    ask: (run, username) => post(run, '/mfa-registrations', { username, password: WRONG }),
  },
  {
    what: 'Sign-in with a wrong password',
    pairs: Math.max(PAIRS, 300),
    known: 'lee.admin@lakeside.example',
    ask: signIn,
  },
];

export const alike: Scenario = {
  title: 'Known and unknown users, alike in time',
  async run() {
    const results: Result[] = [];
    for (const entry of ENTRIES) {
      const local = await startLocally();
      try {
        results.push(...(await compare(local, entry)));
      } finally {
        await local.stop();
      }
    }
    return results;
  },
};

async function post({ outputs }: LocalRun, path: string, body: object): Promise<Shape> {
  const response = await fetch(`${outputs.apiUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return [response.status, text === '' ? undefined : shapeOf(JSON.parse(text))];
}

async function signIn(run: LocalRun, email: string): Promise<Shape> {
  const { begun, proven } = await startSignIn(run, { email, password: WRONG });
  return [shapeOf(begun), proven];
}

function shapeOf(value: unknown): Shape {
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, shapeOf(inner)])
      .sort(),
  );
}

async function compare(run: LocalRun, entry: Entry): Promise<Result[]> {
  const times: [number[], number[]] = [[], []];
  let shape: Shape;
  const one = async (pair: number, side: 0 | 1): Promise<void> => {
    const started = performance.now();
    const answered = await entry.ask(
      run,
      side === 0 ? entry.known : entry.known.replace(/^\w+/, `nobody${pair}`),
    );
    const ms = performance.now() - started;
    shape ??= answered;
    if (!isDeepStrictEqual(answered, shape))
      throw new Error(`${entry.what} reveals who is known: ${JSON.stringify([shape, answered])}`);
    if (pair >= WARM_UP) times[side].push(ms);
  };
  await inBatches(run, entry, async (pair) => {
    // The second request of a pair finds warm caches, so known and unknown users take turns.
    const first = (pair % 2) as 0 | 1;
    await one(pair, first);
    await one(pair, (1 - first) as 0 | 1);
  });
  return [
    line(entry, 'medians', 0.05, times.map(median)),
    line(
      entry,
      '90th percentiles',
      0.1,
      times.map((side) => quantile(side, 0.9)),
    ),
  ];
}

/** Runs the pairs one after the other, and moves the clock on between batches. */
async function inBatches(
  run: LocalRun,
  { pairs, known }: Entry,
  pairOf: (pair: number) => Promise<void>,
): Promise<void> {
  // Cognito locks an account after five wrong passwords.
  const batch = known.includes('@') ? 4 : BATCH;
  for (let pair = 0; pair < WARM_UP + pairs; pair += 1) {
    if (pair % batch === 0)
      await fetch(`${run.endpoint}/_local/clock`, {
        method: 'POST',
        body: JSON.stringify({ advanceSeconds: 86_400 }),
      });
    await pairOf(pair);
  }
}

function line(
  { what, pairs }: Entry,
  statistic: string,
  tolerance: number,
  [known = Number.NaN, unknown = Number.NaN]: readonly number[],
): Result {
  const quotient = known / unknown;
  return {
    what:
      `${what}: ${statistic} of ${pairs} pairs, ` +
      `${known.toFixed(1)} and ${unknown.toFixed(1)} ms, the same answer`,
    aim: `${(1 - tolerance).toFixed(2)} to ${(1 + tolerance).toFixed(2)} ×`,
    ...ratio(quotient, 1 + tolerance),
    met: Math.abs(quotient - 1) <= tolerance,
  };
}
