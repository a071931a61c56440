/**
 * A call passes when its # was pressed, for this flow, before its end. An answer that comes too
 * early does not count as a wrong one.
 */
import type { DeviceWishes } from '../../../contract/challenges.ts';
import { useConfirmedCall } from '../../capabilities/verification/confirmations.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import { type Attempt, refuse } from './answering.ts';
import { proveByCall } from './flow.transitions.ts';
import { commitProof } from './proof.ts';

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
      wrongAnswers: 'STREAK_RESET',
    } as const;
    const step = proveByCall(state, hash, { loginMethod, now, callId });
    if (await commitProof(attempt, step, proof, [used])) return true;
  }
  return refuse(attempt, 'CALL_NOT_CONFIRMED');
}
