/** The last step of every sign-in where the terms in force are not accepted yet. */
import { recordAcceptance } from '../../capabilities/accounts/sign-in.transitions.ts';
import { type Attempt, refuse, storedOutcome, wasProved } from './answering.ts';
import { acceptTerms } from './flow.transitions.ts';
import { eventWrite, grantFor } from './proof.ts';

export async function answerTerms(attempt: Attempt, version: string): Promise<boolean> {
  const { deps, state, hash, now } = attempt;
  const { terms } = deps.settings;
  const { accountId, flowId } = state;
  if (version !== terms.version) return refuse(attempt, 'TERMS_OUTDATED');
  const flow = await deps.flows.get(flowId);
  const before = storedOutcome(flow, attempt);
  if (before !== undefined) return before === 'PROVED';
  if (flow?.proved === undefined) return false;
  const { loginMethod, factorAt } = flow.proved;
  const { sha256 } = terms;
  const acceptance = {
    accountId,
    version,
    sha256,
    acceptedAt: now,
    loginMethod,
    flowId,
  };
  const grant = grantFor(attempt, { loginMethod, factorAt });
  const result = await deps.commit([
    deps.flows.apply(flowId, acceptTerms(state, hash, now)),
    deps.accounts.apply(state, recordAcceptance(version, now, grant)),
    ...(await deps.acceptances.writesOnce(acceptance)),
    eventWrite(attempt, 'TERMS_ACCEPTED', { outcome: version, loginMethod }),
    eventWrite(attempt, 'SIGNED_IN', { loginMethod }),
  ]);
  return result.done || wasProved(attempt);
}
