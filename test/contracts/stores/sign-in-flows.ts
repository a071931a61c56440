import { describe, expect, test } from '@jest/globals';
import { AccountsStore } from '../../../lambdas/capabilities/accounts/accounts.store.ts';
import { put } from '../../../lambdas/ground/platform/database.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import type {
  Presentation,
  RoundState,
  SignInFlow,
} from '../../../lambdas/journeys/sign-in/flow.rules.ts';
import * as transitions from '../../../lambdas/journeys/sign-in/flow.transitions.ts';
import { SignInFlowsStore } from '../../../lambdas/journeys/sign-in/flows.store.ts';
import { aCode, anAccount } from '../../fakes/builders.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

const code = aCode();
const open = { kind: 'CODE', factor: 'EMAIL', code } as const;

function stateOf(flowId: string, round: number): RoundState {
  const rest = { accountId: 'account-1', epoch: 1, right: 'TOKENS' } as const;
  return { flowId, round, challenge: 'ENTER_CODE', ...rest };
}

function shownIn(flowId: string): Presentation {
  return {
    parameters: { challenge: 'CHOOSE_FACTOR', factors: 'EMAIL', maskedEmail: 'p***@a.example' },
    state: stateOf(flowId, 3),
    stamp: { flowId, challenge: 'CHOOSE_FACTOR', right: 'TOKENS', wrong: 'AGAIN' },
  };
}

export const signInFlowsContract: Contract = (stage) => {
  const flows = () =>
    new SignInFlowsStore(stage(), { challenges: 'challenges', accounts: 'accounts' });
  const commit = async (flowId: string, transition: transitions.SignInFlowTransition) =>
    stage().commit([flows().apply(flowId, transition)]);
  /** A flow whose second round was answered and whose third one sent a code. */
  const withOpenCode = async () => {
    const flowId = randomId();
    const answered = { hash: 'chosen', outcome: 'REFUSED' } as const;
    await commit(flowId, transitions.storeAnswer(stateOf(flowId, 2), answered, 0));
    const flow = (await flows().get(flowId)) as SignInFlow;
    const sent = { round: 3, at: 0, presentation: shownIn(flowId) };
    await commit(flowId, transitions.claimSend(flow, open, sent));
    return { flowId, before: flow, state: stateOf(flowId, 3) };
  };
  const counted = { hash: 'h', outcome: 'COUNTED' } as const;

  describe('sign-in flows', () => {
    test('begin with their first answer and come back with their account', async () => {
      const flowId = randomId();
      const account = anAccount({ accountId: randomId() });
      await write(stage(), new AccountsStore(stage(), 'accounts').create(account));
      const state = { ...stateOf(flowId, 2), accountId: account.accountId };
      const answer = { hash: 'h', outcome: 'REFUSED' } as const;
      await commit(flowId, transitions.storeAnswer(state, answer, 0));
      const loaded = await flows().load(flowId, account.accountId);
      expect(loaded.account).toEqual(account);
      expect(loaded.flow).toMatchObject({ flowId, epoch: 1, answer: { ...answer, round: 2 } });
    });

    test('that are not there are undefined, and so are those of another version', async () => {
      const flowId = randomId();
      expect(await flows().get(flowId)).toBeUndefined();
      await write(stage(), put('challenges', { pk: `FLOW#${flowId}`, v: 99, flowId }));
      expect(await flows().get(flowId)).toBeUndefined();
      expect(await flows().load(flowId, randomId())).toEqual({});
    });

    test('take one answer of a round, of fifty different ones at once', async () => {
      const flowId = randomId();
      const commits = await atOnce((index) =>
        commit(
          flowId,
          transitions.storeAnswer(
            stateOf(flowId, 2),
            { hash: `hash-${index}`, outcome: 'REFUSED' },
            0,
          ),
        ),
      );
      expect(won(commits)).toBe(1);
    });

    test('claim a round for one of fifty sends at once', async () => {
      const flowId = randomId();
      const answered = { hash: 'chosen', outcome: 'REFUSED' } as const;
      await commit(flowId, transitions.storeAnswer(stateOf(flowId, 2), answered, 0));
      const flow = (await flows().get(flowId)) as SignInFlow;
      const sent = { round: 3, at: 0, presentation: shownIn(flowId) };
      const commits = await atOnce(() => commit(flowId, transitions.claimSend(flow, open, sent)));
      expect(won(commits)).toBe(1);
    });

    test('put a send that failed back to what was open before', async () => {
      const { flowId, before } = await withOpenCode();
      await commit(flowId, transitions.undoSend(before, 3, shownIn(flowId)));
      const flow = await flows().get(flowId);
      expect(flow).not.toHaveProperty('open');
      expect(flow).not.toHaveProperty('sentAt');
      expect(flow?.sent?.failed).toEqual(shownIn(flowId));
    });

    test('count one answer to a code, of fifty at once in one round', async () => {
      const { flowId, state } = await withOpenCode();
      const commits = await atOnce(() =>
        commit(flowId, transitions.countCode(state, counted, code, 0)),
      );
      expect(won(commits)).toBe(1);
      expect(await flows().get(flowId)).toMatchObject({ open: { code: { attemptsLeft: 4 } } });
    });

    test('count no answer to a code that another one replaced', async () => {
      const { flowId, state } = await withOpenCode();
      const older = aCode({ codeId: 'older' });
      const result = await commit(flowId, transitions.countCode(state, counted, older, 0));
      expect(result.done).toBe(false);
    });

    test('consume a counted code once, before its end', async () => {
      const { flowId, state } = await withOpenCode();
      const consume = (now: number) =>
        commit(flowId, transitions.consumeCode(state, 'h', { loginMethod: 'EMAIL', now, code }));
      expect((await consume(1)).done).toBe(false);
      await commit(flowId, transitions.countCode(state, counted, code, 0));
      expect((await consume(code.expiresAt)).done).toBe(false);
      const commits = await atOnce(() => consume(1));
      expect(won(commits)).toBe(1);
      const flow = await flows().get(flowId);
      expect(flow).toMatchObject({
        proved: { loginMethod: 'EMAIL' },
        answer: { outcome: 'PROVED' },
      });
      expect(flow).not.toHaveProperty('open');
    });

    test('do not consume a code whose answer was refused', async () => {
      const { flowId, state } = await withOpenCode();
      await commit(flowId, transitions.countCode(state, counted, code, 0));
      await commit(flowId, transitions.refuseCode(state, 'h'));
      const proved = { loginMethod: 'EMAIL', now: 1, code } as const;
      expect((await commit(flowId, transitions.consumeCode(state, 'h', proved))).done).toBe(false);
    });

    test('take terms only after a proof', async () => {
      const { flowId, state } = await withOpenCode();
      expect((await commit(flowId, transitions.acceptTerms(state, 'h', 1))).done).toBe(false);
      await commit(flowId, transitions.proveRound(state, 'p', { loginMethod: 'EMAIL', now: 1 }));
      const next = stateOf(flowId, 4);
      expect((await commit(flowId, transitions.acceptTerms(next, 'h', 1))).done).toBe(true);
    });

    test('are proven by a call only while it is the open one', async () => {
      const { flowId, state } = await withOpenCode();
      const proved = { loginMethod: 'PHONE', now: 1, callId: 'call-1' } as const;
      expect((await commit(flowId, transitions.proveByCall(state, 'h', proved))).done).toBe(false);
    });
  });
};
