/** A recovery code: counted before it is compared, compared in constant time, and used once. */
import type { DeviceWishes } from '../../../contract/challenges.ts';
import { recoveryCodeMessage } from '../../capabilities/passkeys/recovery-codes.rules.ts';
import { equalInConstantTime } from '../../ground/platform/secrets.rules.ts';
import { countAnswerTo, settleMismatch } from './answer-code.ts';
import type { Attempt } from './answering.ts';
import type { OpenRecovery } from './flow.rules.ts';
import { consumeCode } from './flow.transitions.ts';
import { commitProof } from './proof.ts';

/** @param typed a code in its canonical form, `XXXX-XXXX-XXXX` */
export async function answerRecoveryCode(
  attempt: Attempt,
  open: OpenRecovery,
  typed: string,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { deps, state } = attempt;
  const counted = await countAnswerTo(attempt, open.code);
  if (typeof counted === 'string') return counted === 'PROVED';
  const mac = await deps.mac.mac(recoveryCodeMessage(state.accountId, typed));
  const { recoveryCodes = [], method: loginMethod = 'EMAIL' } = state;
  const index = recoveryCodes.map((one) => equalInConstantTime(one, mac)).indexOf(true);
  if (index < 0)
    return settleMismatch(attempt, {
      loginMethod,
      code: open.code,
      locks: counted.locks,
    });
  return use(attempt, open, { index, mac }, wishes);
}

async function use(
  attempt: Attempt,
  { code }: OpenRecovery,
  recoveryCode: { index: number; mac: string },
  wishes: DeviceWishes,
): Promise<boolean> {
  const { state, hash, now } = attempt;
  const { method: loginMethod = 'EMAIL' } = state;
  const proof = {
    event: 'RECOVERY_CODE_USED',
    loginMethod,
    factorAt: now,
    wishes,
    wrongAnswers: 'FORGIVEN',
    recoveryCode,
  } as const;
  const step = consumeCode(state, hash, { loginMethod, now, code });
  return commitProof(attempt, step, proof);
}
