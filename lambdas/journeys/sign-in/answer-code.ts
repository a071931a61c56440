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
import { lockOf, locksNow, type WrongAnswers } from '../../ground/limits/lockout.rules.ts';
import { countWrongAnswer } from '../../ground/limits/lockout.transitions.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Attempt, refusalFor, storedOutcome, storeFirst } from './answering.ts';
import { flowOf, type SignInFlow } from './flow.rules.ts';
import { consumeCode, countCode, refuseCode } from './flow.transitions.ts';
import { commitProof, eventWrite } from './proof.ts';

type OpenCode = Extract<Verification, { kind: 'CODE' }>;

type CountedCode = Pick<IssuedCode, 'codeId' | 'attemptsLeft' | 'expiresAt'>;

/** `locks`: the account, if the answer is wrong. */
type Counted = { locks: boolean } | 'PROVED' | 'REFUSED';

export interface Mismatch {
  loginMethod: LoginMethod;
  code: CountedCode;
  /** Whether this wrong answer locks the account. */
  locks: boolean;
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
    locks: counted.locks,
  });
}

/**
 * Counts the attempt on the code and on the account; or finds that this answer, or another one, was
 * counted before.
 */
export async function countAnswerTo(attempt: Attempt, code: CountedCode): Promise<Counted> {
  const { deps, state, hash, now } = attempt;
  const dead = deadBecause(code, now);
  if (dead !== undefined)
    return countedBefore(await storeFirst(attempt, refusalFor(dead)), attempt);
  const { wrongAnswers, failuresInARow } = state;
  let seen: WrongAnswers = definite({ wrongAnswers, failuresInARow });
  for (let pass = 1; pass <= PASSES; pass += 1) {
    if (lockOf(seen, deps.settings.limits, now) !== undefined) return 'REFUSED';
    const wish = { kind: 'REPEAT', reason: mismatchReason(code.attemptsLeft - 1) } as const;
    const locks = locksNow(seen, deps.settings.limits, now);
    const stored = { hash, outcome: 'COUNTED', wish, ...(locks && { locks }) } as const;
    const result = await deps.commit([
      deps.flows.apply(state.flowId, countCode(state, stored, code, now)),
      deps.accounts.apply(state, countAnswer(countWrongAnswer(seen, deps.settings.limits, now))),
    ]);
    if (result.done) return { locks };
    const [flowNow, accountNow] = result.refused;
    if (flowNow !== true) return countedBefore(flowOf(flowNow), attempt);
    const account = accountNow === true ? undefined : accountOf(accountNow);
    if (account?.epoch !== state.epoch || account.status !== 'ACTIVE') return 'REFUSED';
    seen = account;
  }
  return 'REFUSED';
}

function countedBefore(flow: SignInFlow | undefined, attempt: Attempt): Counted {
  const outcome = storedOutcome(flow, attempt);
  if (outcome === 'COUNTED') return { locks: flow?.answer.locks === true };
  return outcome === 'PROVED' ? outcome : 'REFUSED';
}

async function consume(
  attempt: Attempt,
  { factor, code }: OpenCode,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { state, hash, now } = attempt;
  const loginMethod = loginMethodOf(factor);
  const proof = {
    event: 'FACTOR_PASSED',
    loginMethod,
    factorAt: now,
    wishes,
    wrongAnswers: 'FORGIVEN',
  } as const;
  const step = consumeCode(state, hash, { loginMethod, now, code });
  return commitProof(attempt, step, proof);
}

/** The wrong answer that locks the account is recorded as that too: its owner is notified, once. */
export async function settleMismatch(
  attempt: Attempt,
  { loginMethod, code, locks }: Mismatch,
): Promise<false> {
  const { deps, state, hash } = attempt;
  const outcome = mismatchReason(code.attemptsLeft - 1);
  await deps.commit([
    deps.flows.apply(state.flowId, refuseCode(state, hash)),
    eventWrite(attempt, 'CODE_REFUSED', { outcome, loginMethod }),
    ...(locks ? [eventWrite(attempt, 'ACCOUNT_LOCKED', { outcome: 'SIGN_IN' })] : []),
  ]);
  return false;
}
