/** The last step of every road where the terms in force are not accepted yet. */
import { is, exists } from '../../ground/platform/expressions.rules.ts';
import { type Answering, refuse, storedOutcome } from './answering.ts';
import { grantFor } from './proof.ts';

export async function answerTerms(at: Answering, version: string): Promise<boolean> {
  const { on, state, hash, now } = at;
  const { terms } = on.settings;
  if (version !== terms.version) return refuse(at, 'TERMS_OUTDATED');
  const flow = await on.flows.get(state.flowId);
  const before = storedOutcome(flow, at);
  if (before !== undefined) return before === 'PROVED';
  if (flow?.proved === undefined) return false;
  const { loginMethod } = flow.proved;
  const acceptance = {
    accountId: state.accountId,
    version,
    sha256: terms.sha256,
    acceptedAt: now,
    loginMethod,
    flowId: state.flowId,
  };
  const result = await on.commit([
    on.flows.answer(
      state,
      { round: state.round, hash, outcome: 'PROVED' },
      now,
      {},
      exists('proved'),
    ),
    on.accounts.change(
      state,
      {
        set: { acceptedTermsVersion: version, acceptedTermsAt: now },
        append: { grants: grantFor(at, loginMethod) },
      },
      is('status', 'ACTIVE'),
    ),
    ...(await on.acceptances.writesOnce(acceptance)),
    on.audit.write(
      {
        accountId: state.accountId,
        event: 'TERMS_ACCEPTED',
        outcome: version,
        loginMethod,
        flowId: state.flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
  if (result.done) return true;
  return storedOutcome(await on.flows.get(state.flowId), at) === 'PROVED';
}
