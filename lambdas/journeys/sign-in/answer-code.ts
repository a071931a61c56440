/** A code is counted before it is compared, compared in constant time, and consumed by one conditional write. */
import type { DeviceWishes } from '../../../contract/challenges.ts';
import { loginMethodOf } from '../../../contract/challenges.ts';
import { type Account, accountOf } from '../../capabilities/accounts/account.rules.ts';
import { countWrongAnswer, FORGIVE_ANSWER } from '../../ground/limits/wrong-answers.rules.ts';
import { isRightCode } from '../../capabilities/verification/codes.ts';
import { deadBecause, mismatchReason } from '../../capabilities/verification/codes.rules.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import { after, is } from '../../ground/platform/expressions.rules.ts';
import { type Answering, refuse, storedOutcome } from './answering.ts';
import { flowOf } from './flow.rules.ts';
import { proofWrites } from './proof.ts';

type OpenCode = Extract<Verification, { kind: 'CODE' }>;

/** Parallel answers of one account change its window under us; each pass sees what the last one found. */
const PASSES = 6;

export async function answerCode(
  at: Answering,
  open: OpenCode,
  digits: string,
  wishes: DeviceWishes,
): Promise<boolean> {
  const dead = deadBecause(open.code, at.now);
  if (dead !== undefined) return refuse(at, dead);
  const counted = await count(at, open);
  if (counted !== 'COUNTED') return counted === 'PROVED';
  const { accountId, flowId, destination = '' } = at.state;
  const binding = { purpose: 'SIGN_IN' as const, flowId, accountId, destination };
  if (await isRightCode(at.on.mac, binding, open.code, digits)) return consume(at, open, wishes);
  return settleMismatch(at, open);
}

/** Counts the attempt on the code and on the account; or finds that this answer, or another one, was counted before. */
async function count(at: Answering, { code }: OpenCode): Promise<'COUNTED' | 'PROVED' | 'REFUSED'> {
  const { on, state, hash, now } = at;
  let seen: Pick<Account, 'wrongAnswers'> =
    state.wrongAnswers === undefined ? {} : { wrongAnswers: state.wrongAnswers };
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const counting = countWrongAnswer(seen, on.settings.limits, now);
    if (counting === 'LOCKED') return 'REFUSED';
    const stored = {
      round: state.round,
      hash,
      outcome: 'COUNTED' as const,
      wish: { kind: 'REPEAT' as const, reason: mismatchReason(code.attemptsLeft - 1) },
    };
    const result = await on.commit([
      on.flows.answer(
        state,
        stored,
        now,
        { add: { 'open.code.attemptsLeft': -1 } },
        is('open.code.codeId', code.codeId),
        after('open.code.attemptsLeft', 0),
      ),
      on.accounts.change(state, counting.changes, is('status', 'ACTIVE'), ...counting.when),
    ]);
    if (result.done) return 'COUNTED';
    const [flowNow, accountNow] = result.refused;
    if (flowNow !== true) {
      const before = storedOutcome(flowOf(flowNow), at);
      return before === 'COUNTED' || before === 'PROVED' ? before : 'REFUSED';
    }
    const account = accountNow === true ? undefined : accountOf(accountNow);
    if (account === undefined || account.epoch !== state.epoch || account.status !== 'ACTIVE')
      return 'REFUSED';
    seen = account;
  }
  return 'REFUSED';
}

async function consume(
  at: Answering,
  { factor, code }: OpenCode,
  wishes: DeviceWishes,
): Promise<boolean> {
  const { on, state, hash, now } = at;
  const loginMethod = loginMethodOf(factor);
  const proved = {
    set: { 'answer.outcome': 'PROVED', proved: { loginMethod, at: now } },
    remove: ['open', 'answer.wish'],
  };
  const result = await on.commit([
    on.flows.settle(
      state,
      hash,
      proved,
      is('open.code.codeId', code.codeId),
      after('open.code.expiresAt', now),
    ),
    ...(await proofWrites(at, {
      event: 'FACTOR_PASSED',
      loginMethod,
      factorAt: now,
      account: FORGIVE_ANSWER,
      wishes,
    })),
  ]);
  if (result.done) return true;
  return storedOutcome(await on.flows.get(state.flowId), at) === 'PROVED';
}

async function settleMismatch(at: Answering, { factor, code }: OpenCode): Promise<false> {
  const { on, state, hash, now } = at;
  const { accountId, flowId } = state;
  await on.commit([
    on.flows.settle(state, hash, { set: { 'answer.outcome': 'REFUSED' } }),
    on.audit.write(
      {
        accountId,
        event: 'CODE_REFUSED',
        outcome: mismatchReason(code.attemptsLeft - 1),
        loginMethod: loginMethodOf(factor),
        flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
  return false;
}
