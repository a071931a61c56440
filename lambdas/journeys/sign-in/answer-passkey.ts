/**
 * A passkey signed a challenge: the nonce of a sign-in without a password, a challenge that was
 * asked for before it, or that of a factor after a password. Nothing is counted that could stop it.
 */
import type { PasskeyAssertion } from '../../../contract/challenges.ts';
import { NOBODY } from '../../capabilities/accounts/account.rules.ts';
import {
  challengeIn,
  judgePasskey,
  type UsedPasskey,
} from '../../capabilities/passkeys/passkey-proof.ts';
import {
  bytesOf,
  isLive,
  type Passkey,
  relyingPartyOf,
} from '../../capabilities/passkeys/passkeys.rules.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import { type Attempt, refuse, wasProved } from './answering.ts';
import { proveRound } from './flow.transitions.ts';
import { commitProof, eventWrite } from './proof.ts';

/** After a password. A refusal shows the challenge again. */
export async function answerPasskey(
  attempt: Attempt,
  assertion: PasskeyAssertion,
  challenge: string,
): Promise<boolean> {
  const isProof = await judge(attempt, { assertion, challenge, spent: [] });
  return isProof || refuse(attempt, 'PASSKEY_INVALID');
}

/** Without a password. Known and unknown users cost the same, and a refusal ends the flow. */
export async function answerPasskeyAlone(
  attempt: Attempt,
  assertion: PasskeyAssertion,
): Promise<boolean> {
  const { deps, state, now } = attempt;
  const challenge = challengeIn(assertion) ?? '';
  const isNonce = challenge === bytesOf(state.nonce ?? '');
  const spent = isNonce ? [] : [deps.passkeyChallenges.use(challenge, 'SIGN_IN', now)];
  return judge(attempt, { assertion, challenge, spent });
}

interface Signed {
  assertion: PasskeyAssertion;
  challenge: string;
  /** The write that takes the challenge away, where it is kept. */
  spent: Write[];
}

async function judge(attempt: Attempt, { assertion, challenge, spent }: Signed): Promise<boolean> {
  const { deps, state } = attempt;
  const found = await deps.passkeys.get(state.accountId, assertion.id);
  const passkey = found !== undefined && isLive(found, state) ? found : undefined;
  const verdict = await judgePasskey(relyingPartyOf(deps.settings), passkey, {
    assertion,
    challenge,
  });
  if (passkey === undefined || typeof verdict === 'string') {
    // After its own proof an answer looks like that of a copy: the counter is where it left it.
    if (await wasProved(attempt)) return true;
    await recordRefusal(attempt, verdict === 'CLONED');
    return false;
  }
  return accept(attempt, passkey, verdict, spent);
}

async function accept(
  attempt: Attempt,
  passkey: Passkey,
  used: UsedPasskey,
  spent: Write[],
): Promise<boolean> {
  const { deps, state, hash, now } = attempt;
  const loginMethod = 'PASSKEY' as const;
  const proof = {
    event: 'PASSKEY_PROVEN',
    loginMethod,
    factorAt: now,
  } as const;
  const step = proveRound(state, hash, { loginMethod, now });
  return commitProof(attempt, step, proof, [deps.passkeys.use(passkey, used, now), ...spent]);
}

/** A copied passkey is always recorded: whoever has it has the key. Other refusals are counted. */
async function recordRefusal(attempt: Attempt, isCloned: boolean): Promise<void> {
  const { deps, state, now } = attempt;
  const { accountId, flowId } = state;
  if (isCloned) {
    await deps.commit([eventWrite(attempt, 'PASSKEY_CLONED')]);
    return;
  }
  const account = accountId === NOBODY ? flowId : accountId;
  const limits = limitsOf('PASSKEY_REFUSED', { account }, deps.settings);
  const writes = accountId === NOBODY ? [] : [eventWrite(attempt, 'PASSKEY_REFUSED')];
  await deps.limits.count(limits, now, writes);
}
