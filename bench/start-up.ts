/** Time from `npm start` to "ready" with its bundles built, and its memory then. */
import { execFileSync } from 'node:child_process';
import { median, type Scenario, startLocally } from './measure.ts';

export const startUp: Scenario = {
  title: 'Start-up of the whole stack on one machine',
  async run() {
    // What npm start builds once is built before it counts.
    await (await startLocally()).stop();
    const times: number[] = [];
    const sizes: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const local = await startLocally();
      times.push(local.readyMs);
      sizes.push(residentMb(local.pid));
      await local.stop();
    }
    const seconds = median(times) / 1_000;
    const megabytes = median(sizes);
    return [
      {
        what: 'from the command to ready, median of 3',
        value: `${seconds.toFixed(1)} s`,
        aim: '≤ 2.5 s',
        met: seconds <= 2.5,
      },
      {
        what: 'memory once it is ready',
        value: `${megabytes.toFixed(0)} MB`,
        aim: '≤ 400 MB',
        met: megabytes <= 400,
      },
    ];
  },
};

function residentMb(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
