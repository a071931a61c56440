/** A call passes when its # was pressed, for this flow, before its end; asking too early counts as no wrong answer. */
import type { DeviceWishes } from '../../../contract/challenges.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import { is } from '../../ground/platform/expressions.rules.ts';
import { type Answering, refuse, storedOutcome } from './answering.ts';
import { proofWrites } from './proof.ts';

export async function answerCall(
  at: Answering,
  { call }: Extract<Verification, { kind: 'CALL' }>,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { on, state, hash, now } = at;
  const use = await on.calls.use(call.callId, state, now);
  if (use === undefined) {
    if (storedOutcome(await on.flows.get(state.flowId), at) === 'PROVED') return true;
    return refuse(at, 'CALL_NOT_CONFIRMED');
  }
  const proved = { set: { proved: { loginMethod: 'PHONE' as const, at: now } }, remove: ['open'] };
  const result = await on.commit([
    on.flows.answer(
      state,
      { round: state.round, hash, outcome: 'PROVED' },
      now,
      proved,
      is('open.call.callId', call.callId),
    ),
    use,
    ...(await proofWrites(at, {
      event: 'FACTOR_PASSED',
      loginMethod: 'PHONE',
      factorAt: now,
      account: { set: { failuresInARow: 0 } },
      wishes,
    })),
  ]);
  if (result.done) return true;
  if (storedOutcome(await on.flows.get(state.flowId), at) === 'PROVED') return true;
  return refuse(at, 'CALL_NOT_CONFIRMED');
}
