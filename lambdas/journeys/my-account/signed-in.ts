/** Requires a session, and for changes a factor that was passed in the last ten minutes. */
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { type SessionDeps, sessionOf } from '../../capabilities/accounts/session.ts';
import { type HttpOutcome, type HttpRequest, refuse } from '../../ground/platform/http.ts';
import { isFresh } from './fresh-factor.rules.ts';

type Answer = (account: Account) => HttpOutcome | Promise<HttpOutcome>;

export async function signedIn(
  deps: SessionDeps,
  { claims }: HttpRequest,
  answer: Answer,
): Promise<HttpOutcome> {
  const session = await sessionOf(deps, claims);
  return 'refused' in session ? session : answer(session.account);
}

/** What changes the account needs a factor of the last ten minutes. */
export async function freshlySignedIn(
  deps: SessionDeps & { now: () => number },
  request: HttpRequest,
  answer: Answer,
): Promise<HttpOutcome> {
  return signedIn(deps, request, (account) =>
    isFresh(request.claims, deps.now()) ? answer(account) : refuse('FACTOR_TOO_OLD'),
  );
}
