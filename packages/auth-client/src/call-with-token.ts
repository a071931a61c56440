/** Calls routes with the access token of a session, a user's or an employee's. */
import type { AnswerOf, CallRoute, RouteCall } from './http-api.ts';
import type { Result } from './refusals.ts';
import type { Session } from './session.ts';
import type { RouteName } from './wire.ts';

/** Routes that take tokens of the employees' user pool. No other token opens them. */
export type HelpDeskRoute =
  | 'findPeople'
  | 'getPerson'
  | 'explainPerson'
  | 'listPersonEvents'
  | 'resetPerson'
  | 'setPersonStatus'
  | 'correctPersonEmail'
  | 'resendPersonLink'
  | 'unlockPerson'
  | 'listApprovals'
  | 'decideApproval'
  | 'getProvider'
  | 'issueRegistrationCodes'
  | 'revokeRegistrationCode';

export type CallWithToken<Route extends RouteName> = <N extends Route>(
  name: N,
  given?: RouteCall<N>,
) => Promise<Result<AnswerOf<N>>>;

/** An employee's routes take no token of a user. */
export type CallAsUser = CallWithToken<Exclude<RouteName, HelpDeskRoute>>;

/** Calls a route with the session's access token, and ends a session that the backend refuses. */
export function callWithToken<Route extends RouteName>(
  call: CallRoute,
  session: Pick<Session, 'accessToken' | 'renew' | 'clear'>,
): CallWithToken<Route> {
  return async (name, given = {}) => {
    const token = await session.accessToken();
    if (!token.ok) return token;
    const answer = await call(name, { ...given, token: token.value });
    if (answer.ok || answer.refusal.code !== 'TOKEN_INVALID') return answer;
    // By a wrong clock the token may only seem valid, so a new one gets a second attempt.
    const renewed = await session.renew();
    const again = renewed.ok ? await call(name, { ...given, token: renewed.value }) : renewed;
    if (!again.ok && again.refusal.code === 'TOKEN_INVALID') session.clear();
    return again;
  };
}
