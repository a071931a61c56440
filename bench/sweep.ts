/**
 * One look of the nightly sweep, which reads every account and every user: its own work and memory,
 * without the time of AWS. The function has 1,769 MB and 900 seconds.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, type Scenario } from './measure.ts';
import type { Look } from '../test/journeys/clients/sweep-look.ts';

const ACCOUNTS = [20_000, 200_000];
/** As Lambda sets it for a function of 1,769 MB. */
const HEAP = '--max-old-space-size=1592';
const MOST_MB = 885;
const MOST_SECONDS = 60;

export const sweep: Scenario = {
  title: 'One look of the nightly sweep, without the time of AWS',
  run() {
    return Promise.resolve(
      ACCOUNTS.map((count) => {
        const { seconds, requests, peakMb, faults } = lookAt(count);
        if (faults > 0) throw new Error(`${faults} faults in a stage that has none.`);
        return {
          what: `${count} accounts and as many users, in ${requests} requests`,
          value: `${seconds.toFixed(1)} s, at most ${peakMb.toFixed(0)} MB`,
          aim: `≤ ${MOST_SECONDS} s and ${MOST_MB} MB`,
          met: seconds <= MOST_SECONDS && peakMb <= MOST_MB,
        };
      }),
    );
  },
};

function lookAt(count: number): Look {
  const program = join(ROOT, 'test/journeys/clients/sweep-look.ts');
  const printed = execFileSync(process.execPath, [HEAP, program, String(count)], {
    encoding: 'utf8',
  });
  return JSON.parse(printed) as Look;
}
