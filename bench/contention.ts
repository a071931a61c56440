/**
 * A hundred people a second who are sent a text, while every transaction holds its items as long as
 * DynamoDB does: what one of them waits, and whether anybody is refused.
 */
import { countSends } from '../test/clients/sends.ts';
import { quantile, type Result, type Scenario, startLocally } from './measure.ts';

const HOLD_MS = 12;
const PER_SECOND = 100;
const SENDS = 1_000;

export const contention: Scenario = {
  title: `${PER_SECOND} sends a second, transactions of ${HOLD_MS} ms`,
  async run() {
    const stack = await startLocally('--contention', String(HOLD_MS));
    const table = stack.outputs.tables.Limits ?? '';
    try {
      // Connections and caches are warm before it counts.
      await countSends(stack.endpoint, table, { perSecond: PER_SECOND, count: 100 });
      const pace = { perSecond: PER_SECOND, count: SENDS };
      const { failed, took, transactions, updates } = await countSends(stack.endpoint, table, pace);
      const p95 = quantile(took, 0.95) / HOLD_MS;
      const perSend = transactions / SENDS;
      const results: Result[] = [
        { what: 'Refused', value: `${failed} of ${SENDS}`, aim: '0', met: failed === 0 },
        {
          what: 'p95 of a count, by the time of a transaction',
          aim: '≤ 3 ×',
          value: `${p95.toFixed(2)} ×`,
          met: p95 <= 3,
        },
        {
          what: 'Transactions a send',
          aim: '≤ 1.1',
          value: perSend.toFixed(2),
          met: perSend <= 1.1,
        },
        { what: 'Single updates a send, of the breaker', value: (updates / SENDS).toFixed(2) },
      ];
      return results;
    } finally {
      await stack.stop();
    }
  },
};
