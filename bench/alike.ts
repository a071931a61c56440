/** Known and unknown users at the public entries, in pairs: their medians must be alike. */
import { median, ratio, type Result, type Scenario, startLocally } from './measure.ts';

const PAIRS = 40;

interface Entry {
  what: string;
  path: string;
  known(pair: number): object;
  unknown(pair: number): object;
}

const ENTRIES: Entry[] = [
  { what: 'POST /password-resets', path: '/password-resets', known: () => ({ email: 'erin.email@cedargrove.example' }), unknown: (pair) => ({ email: `nobody${pair}@cedargrove.example` }) },
  { what: 'POST /registration-links by username', path: '/registration-links', known: () => ({ username: 'jrivera' }), unknown: (pair) => ({ username: `nobody${pair}` }) },
  { what: 'POST /mfa-registrations, imported against unknown', path: '/mfa-registrations', known: () => ({ username: 'jrivera', password: 'wrong-password' }), unknown: (pair) => ({ username: `nobody${pair}`, password: 'wrong-password' }) },
  { what: 'POST /mfa-registrations, active against unknown', path: '/mfa-registrations', known: () => ({ username: 'ladmin', password: 'wrong-password' }), unknown: (pair) => ({ username: `nobody${pair}`, password: 'wrong-password' }) },
];

export const alike: Scenario = {
  title: 'Known and unknown users, alike in time',
  async run() {
    const local = await startLocally();
    try {
      const results: Result[] = [];
      for (const entry of ENTRIES) results.push(await compare(local.endpoint, local.outputs.apiUrl, entry));
      return results;
    } finally {
      await local.stop();
    }
  },
};

async function compare(endpoint: string, apiUrl: string, { what, path, known, unknown }: Entry): Promise<Result> {
  const times: [number[], number[]] = [[], []];
  const statuses = new Set<number>();
  for (let pair = 0; pair < PAIRS; pair += 1) {
    if (pair % 20 === 0) await fetch(`${endpoint}/_local/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds: 86_400 }) });
    for (const [side, body] of [known(pair), unknown(pair)].entries()) {
      const started = performance.now();
      const response = await fetch(`${apiUrl}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      await response.arrayBuffer();
      times[side as 0 | 1].push(performance.now() - started);
      statuses.add(response.status);
    }
  }
  const [ofKnown, ofUnknown] = [median(times[0]), median(times[1])];
  return { what: `${what}: ${PAIRS} pairs, ${ofKnown.toFixed(0)} and ${ofUnknown.toFixed(0)} ms, statuses ${[...statuses].join(', ')}`, aim: '0.95 to 1.05 ×', ...ratio(ofKnown / ofUnknown, 1.05), met: Math.abs(ofKnown / ofUnknown - 1) <= 0.05 };
}
