/** Time from `npm start` to "ready", including bundling, synthesis and start-up. */
import { median, type Scenario, startLocally } from './measure.ts';

export const startUp: Scenario = {
  title: 'Start-up of the whole stack on one machine',
  async run() {
    const times: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const local = await startLocally();
      times.push(local.readyMs);
      await local.stop();
    }
    const seconds = median(times) / 1_000;
    return [
      {
        what: 'from the command to ready, median of 3',
        value: `${seconds.toFixed(1)} s`,
        aim: '≤ 6 s',
        met: seconds <= 6,
      },
    ];
  },
};
