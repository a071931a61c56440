/**
 * An attempt is counted before the comparison, in constant time, has any effect; a right code is
 * consumed by one conditional write.
 */
import type { LoginMethod } from '../../../contract/accounts.ts';
import { type DeviceWishes, loginMethodOf } from '../../../contract/challenges.ts';
import { accountOf } from '../../capabilities/accounts/account.rules.ts';
import { countAnswer } from '../../capabilities/accounts/sign-in.transitions.ts';
import {
  deadBecause,
  type IssuedCode,
  mismatchReason,
} from '../../capabilities/verification/codes.rules.ts';
import { isRightCode } from '../../capabilities/verification/codes.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import {
  countWrongAnswer,
  locksNow,
  type WrongAnswers,
} from '../../ground/limits/lockout.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Attempt, refuse, storedOutcome, wasProved } from './answering.ts';
import { flowOf } from './flow.rules.ts';
import { consumeCode, countCode, refuseCode } from './flow.transitions.ts';
import { eventWrite, proofWrites } from './proof.ts';

type OpenCode = Extract<Verification, { kind: 'CODE' }>;

type CountedCode = Pick<IssuedCode, 'codeId' | 'attemptsLeft'>;

export interface Mismatch {
  loginMethod: LoginMethod;
  code: CountedCode;
  /** The account's wrong answers before this one. */
  seen: WrongAnswers;
}

/**
 * Parallel answers of one account change its window meanwhile; each pass sees what the one before
 * it found.
 */
const PASSES = 10;

export async function answerCode(
  attempt: Attempt,
  open: OpenCode,
  digits: string,
  wishes: DeviceWishes,
): Promise<boolean> {
  const dead = deadBecause(open.code, attempt.now);
  if (dead !== undefined) return refuse(attempt, dead);
  const { accountId, flowId, destination = '' } = attempt.state;
  const binding = {
    purpose: 'SIGN_IN' as const,
    flowId,
    accountId,
    destination,
  };
  // The attempt is counted while KMS computes the MAC, also of an answer that is then refused
  // uncounted. The result, or KMS's failure, is used only once it is counted: a refused
  // answer needs neither.
  const isRight = isRightCode(attempt.deps.mac, binding, open.code, digits);
  isRight.catch(() => undefined);
  const counted = await countAnswerTo(attempt, open.code);
  if (typeof counted === 'string') return counted === 'PROVED';
  if (await isRight) return consume(attempt, open, wishes);
  const loginMethod = loginMethodOf(open.factor);
  return settleMismatch(attempt, {
    loginMethod,
    code: open.code,
    seen: counted.seen,
  });
}

/**
 * Counts the attempt on the code and on the account; or finds that this answer, or another one, was
 * counted before.
 */
export async function countAnswerTo(
  attempt: Attempt,
  code: CountedCode,
): Promise<{ seen: WrongAnswers } | 'PROVED' | 'REFUSED'> {
  const { deps, state, hash, now } = attempt;
  const { wrongAnswers, failuresInARow } = state;
  let seen: WrongAnswers = definite({ wrongAnswers, failuresInARow });
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const counting = countWrongAnswer(seen, deps.settings.limits, now);
    if (counting === 'LOCKED') return 'REFUSED';
    const wish = {
      kind: 'REPEAT' as const,
      reason: mismatchReason(code.attemptsLeft - 1),
    };
    const stored = {
      hash,
      outcome: 'COUNTED' as const,
      wish,
    };
    const result = await deps.commit([
      deps.flows.apply(state.flowId, countCode(state, stored, code, now)),
      deps.accounts.apply(state, countAnswer(counting)),
    ]);
    if (result.done) return { seen };
    const [flowNow, accountNow] = result.refused;
    if (flowNow !== true) {
      const before = storedOutcome(flowOf(flowNow), attempt);
      if (before === 'COUNTED') return { seen };
      return before === 'PROVED' ? before : 'REFUSED';
    }
    const account = accountNow === true ? undefined : accountOf(accountNow);
    if (account?.epoch !== state.epoch || account.status !== 'ACTIVE') return 'REFUSED';
    seen = account;
  }
  return 'REFUSED';
}

async function consume(
  attempt: Attempt,
  { factor, code }: OpenCode,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { deps, state, hash, now } = attempt;
  const loginMethod = loginMethodOf(factor);
  const proof = {
    event: 'FACTOR_PASSED',
    loginMethod,
    factorAt: now,
    wishes,
  } as const;
  const result = await deps.commit([
    deps.flows.apply(state.flowId, consumeCode(state, hash, { loginMethod, now, code })),
    ...(await proofWrites(attempt, { ...proof, wrongAnswers: 'FORGIVEN' })),
  ]);
  return result.done || wasProved(attempt);
}

/** The wrong answer that locks the account is recorded as that too: its owner is notified, once. */
export async function settleMismatch(
  attempt: Attempt,
  { loginMethod, code, seen }: Mismatch,
): Promise<false> {
  const { deps, state, hash, now } = attempt;
  const outcome = mismatchReason(code.attemptsLeft - 1);
  const locks = locksNow(seen, deps.settings.limits, now);
  await deps.commit([
    deps.flows.apply(state.flowId, refuseCode(state, hash)),
    eventWrite(attempt, 'CODE_REFUSED', { outcome, loginMethod }),
    ...(locks ? [eventWrite(attempt, 'ACCOUNT_LOCKED', { outcome: 'SIGN_IN' })] : []),
  ]);
  return false;
}
