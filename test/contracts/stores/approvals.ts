import { describe, expect, test } from '@jest/globals';
import type { Approval } from '../../../lambdas/journeys/help-desk/approval.rules.ts';
import { ApprovalsStore } from '../../../lambdas/journeys/help-desk/approvals.store.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const approvalsContract: Contract = (stage) => {
  const approvals = () => new ApprovalsStore(stage(), 'approvals');
  const anApproval = (expiresAt = 100): Approval => ({
    approvalId: randomId(),
    act: 'RESET',
    accountId: 'account-1',
    username: 'aadmin',
    npi: '1234567893',
    reason: 'lost phone',
    requestedBy: 'e-1',
    requestedByName: 'Hana',
    requestedAt: 0,
    expiresAt,
  });

  describe('approvals', () => {
    test('are found until they expire', async () => {
      const approval = anApproval();
      await write(stage(), approvals().request(approval));
      expect(await approvals().get(approval.approvalId, 99)).toEqual(approval);
      expect(await approvals().get(approval.approvalId, 100)).toBeUndefined();
      expect(await approvals().waiting(99)).toContainEqual(approval);
      expect(await approvals().waiting(100)).not.toContainEqual(approval);
    });

    test('are closed once, by one of fifty who decide at once', async () => {
      const approval = anApproval();
      await write(stage(), approvals().request(approval));
      const commits = await atOnce(() =>
        stage().commit([approvals().close(approval.approvalId, 50)]),
      );
      expect(won(commits)).toBe(1);
      expect(await approvals().get(approval.approvalId, 50)).toBeUndefined();
    });

    test('that have expired, or never were, are not closed', async () => {
      const approval = anApproval();
      await write(stage(), approvals().request(approval));
      for (const [id, now] of [[approval.approvalId, 100] as const, ['another', 1] as const])
        expect((await stage().commit([approvals().close(id, now)])).done).toBe(false);
    });
  });
};
