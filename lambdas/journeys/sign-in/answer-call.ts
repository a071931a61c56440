/**
 * A call passes when its # was pressed, for this flow, before its end; asking too early counts as
 * no wrong answer.
 */
import type { DeviceWishes } from '../../../contract/challenges.ts';
import { useConfirmedCall } from '../../capabilities/verification/confirmations.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import { type Attempt, refuse } from './answering.ts';
import { proveByCall } from './flow.transitions.ts';
import { proofWrites } from './proof.ts';

export async function answerCall(
  attempt: Attempt,
  { call: { callId } }: Extract<Verification, { kind: 'CALL' }>,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { deps, state, hash, now } = attempt;
  const loginMethod = 'PHONE' as const;
  const used = await useConfirmedCall(deps.calls, callId, state, now);
  if (used !== undefined) {
    const proof = {
      event: 'FACTOR_PASSED',
      loginMethod,
      factorAt: now,
      wishes,
    } as const;
    const result = await deps.commit([
      deps.flows.apply(state.flowId, proveByCall(state, hash, { loginMethod, now, callId })),
      used,
      ...(await proofWrites(attempt, { ...proof, wrongAnswers: 'STREAK_RESET' })),
    ]);
    if (result.done) return true;
  }
  return refuse(attempt, 'CALL_NOT_CONFIRMED');
}
