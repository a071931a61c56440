import { describe, expect, test } from '@jest/globals';
import { AuditEventsStore } from '../../../lambdas/ground/audit/audit-events.store.ts';
import { AuditTrail } from '../../../lambdas/ground/audit/audit-trail.store.ts';
import type { AuditEventName } from '../../../lambdas/ground/audit/audit.rules.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const auditContract: Contract = (stage) => {
  const trail = new AuditTrail('auditEvents');
  const events = () => new AuditEventsStore(stage(), 'auditEvents');
  const recorded = async (names: AuditEventName[]) => {
    const accountId = randomId();
    for (const [now, event] of names.entries())
      await write(stage(), trail.write({ accountId, event }, now));
    return accountId;
  };

  describe('the audit trail', () => {
    test('comes newest first, with the time of each event', async () => {
      const accountId = await recorded(['LINK_SENT', 'LINK_USED']);
      const page = await events().ofAccount(accountId, undefined, 10);
      expect(page.events).toMatchObject([
        { event: 'LINK_USED', at: '1970-01-01T00:00:00.001Z' },
        { event: 'LINK_SENT', at: '1970-01-01T00:00:00.000Z' },
      ]);
      expect(page.last).toBeUndefined();
    });

    test('goes on after a cursor, to its end', async () => {
      const accountId = await recorded(['LINK_SENT', 'LINK_USED', 'SIGNED_IN']);
      const first = await events().ofAccount(accountId, undefined, 2);
      expect(first.last).toBe(first.events[1]?.eventId);
      const second = await events().ofAccount(accountId, first.last, 2);
      expect(second.events).toMatchObject([{ event: 'LINK_SENT' }]);
      expect(second.last).toBeUndefined();
    });

    test('of one account leads into no other one', async () => {
      const [one, other] = [await recorded(['LINK_SENT']), await recorded(['SIGNED_IN'])];
      const { events: mine } = await events().ofAccount(one, undefined, 10);
      const { events: theirs } = await events().ofAccount(other, mine[0]?.eventId, 10);
      expect(theirs.map(({ accountId }) => accountId)).not.toContain(one);
    });

    test('keeps fifty events of one millisecond apart', async () => {
      const accountId = randomId();
      await atOnce(() => stage().commit([trail.write({ accountId, event: 'SIGNED_IN' }, 7)]));
      const page = await events().ofAccount(accountId, undefined, 100);
      expect(page.events).toHaveLength(50);
    });

    test('is written once: the same event again is refused', async () => {
      const event = trail.write({ accountId: randomId(), event: 'SIGNED_IN' }, 7);
      const commits = await atOnce(() => stage().commit([event]));
      expect(won(commits)).toBe(1);
    });
  });
};
