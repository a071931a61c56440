/** Calls routes with the session's access token. */
import type { AnswerOf, CallRoute, RouteCall } from './http-api.ts';
import type { HelpDeskRoute } from './help-desk.ts';
import type { Result } from './refusals.ts';
import type { Session } from './session.ts';
import type { RouteName } from './wire.ts';

/** An employee's routes take no token of a user. */
export type CallAsUser = <N extends Exclude<RouteName, HelpDeskRoute>>(
  name: N,
  given?: RouteCall<N>,
) => Promise<Result<AnswerOf<N>>>;

/** Calls a route with the session's access token, and ends a session that the backend refuses. */
export function callAsUser(call: CallRoute, session: Session): CallAsUser {
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
