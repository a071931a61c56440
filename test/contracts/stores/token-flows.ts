import { describe, expect, test } from '@jest/globals';
import type { TokenFlow } from '../../../lambdas/capabilities/token-flows/token-flow.rules.ts';
import {
  countAttempt,
  tieToAccount,
} from '../../../lambdas/capabilities/token-flows/token-flow.transitions.ts';
import { TokenFlowsStore } from '../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { aCode, aTokenFlow, type Some } from '../../fakes/builders.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

const NOTHING = { change: { set: { accountId: 'account-1' } }, when: [] };

export const tokenFlowsContract: Contract = (stage) => {
  const flows = () => new TokenFlowsStore<TokenFlow>(stage(), 'flows');
  const opened = async (more: Some<TokenFlow> = {}) => {
    const flow = aTokenFlow({ tokenHash: randomId(), ...more });
    await write(stage(), flows().open(flow));
    return flow;
  };
  const open = { kind: 'CODE', factor: 'EMAIL', code: aCode() } as const;

  describe('token flows', () => {
    test('come back as they were opened, by the hash of their token', async () => {
      const flow = await opened({ open });
      expect(await flows().get(flow.tokenHash)).toEqual(flow);
      expect(await flows().get(randomId())).toBeUndefined();
    });

    test('are opened once', async () => {
      const flow = await opened();
      expect((await stage().commit([flows().open(flow)])).done).toBe(false);
    });

    test('go one turn on by one of fifty steps at once', async () => {
      const flow = await opened();
      const commits = await atOnce(() => stage().commit([flows().advance(flow, NOTHING)]));
      expect(won(commits)).toBe(1);
      expect(await flows().get(flow.tokenHash)).toMatchObject({ turn: 1 });
    });

    test('go no step on once their callee denied them', async () => {
      const flow = await opened({ deniedAt: 5 });
      expect((await stage().commit([flows().advance(flow, NOTHING)])).done).toBe(false);
      expect((await stage().commit([flows().holds(flow)])).done).toBe(false);
    });

    test('are held to their turn by a check that changes nothing', async () => {
      const flow = await opened({ turn: 3 });
      expect((await stage().commit([flows().holds(flow)])).done).toBe(true);
      expect((await stage().commit([flows().holds({ ...flow, turn: 2 })])).done).toBe(false);
    });

    test('count five attempts on their open code, of fifty at once', async () => {
      const { tokenHash } = await opened({ open });
      const commits = await atOnce(() =>
        stage().commit([flows().apply(tokenHash, countAttempt('code-1'))]),
      );
      expect(won(commits)).toBe(5);
      expect(await flows().get(tokenHash)).toMatchObject({ open: { code: { attemptsLeft: 0 } } });
    });

    test('count no attempt on another code, on none, and in no flow', async () => {
      const { tokenHash } = await opened({ open });
      const closed = await opened();
      for (const [hash, codeId] of [
        [tokenHash, 'another'],
        [closed.tokenHash, 'code-1'],
        [randomId(), 'code-1'],
      ] as const)
        expect((await stage().commit([flows().apply(hash, countAttempt(codeId))])).done).toBe(
          false,
        );
    });

    test('are tied to an account with the MAC of the code that is open', async () => {
      const { tokenHash } = await opened({ open });
      const tie = { accountId: 'account-1', mac: 'the mac' };
      expect(
        (await stage().commit([flows().apply(tokenHash, tieToAccount('old', tie))])).done,
      ).toBe(false);
      await write(stage(), flows().apply(tokenHash, tieToAccount('code-1', tie)));
      expect(await flows().get(tokenHash)).toMatchObject({
        accountId: 'account-1',
        open: { code: { mac: 'the mac' } },
      });
    });
  });
};
