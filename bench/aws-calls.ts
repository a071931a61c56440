/** Counts the AWS calls that the triggers make during one e-mail sign-in. */
import type { Scenario } from './measure.ts';
import { startLocally } from './measure.ts';
import { LEE, nextQuarter, signInByEmail } from './sign-in-client.ts';

export const awsCalls: Scenario = {
  title: 'AWS calls of an e-mail sign-in',
  async run() {
    const local = await startLocally();
    try {
      await signInByEmail(local, LEE);
      // The day's first sends also take a lease of the breaker.
      for (let warm = 1; warm <= 3; warm += 1) {
        await nextQuarter(local, 1_000);
        await signInByEmail(local, LEE);
      }
      await nextQuarter(local, 1_000);
      await fetch(`${local.endpoint}/_local/aws-calls`, { method: 'DELETE' });
      await signInByEmail(local, LEE);
      const response = await fetch(`${local.endpoint}/_local/aws-calls`);
      const counts = (await response.json()) as Record<string, number>;
      const ofTriggers = Object.entries(counts).filter(([name]) =>
        /^(define|create|verify|token-gate) /.test(name),
      );
      const total = ofTriggers.reduce((sum, [, count]) => sum + count, 0);
      return [
        { what: 'calls in all', value: String(total), aim: '≤ 11', met: total <= 11 },
        ...ofTriggers.map(([name, count]) => ({ what: name, value: String(count) })),
      ];
    } finally {
      await local.stop();
    }
  },
};
