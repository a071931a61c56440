/** The routes for signed-in users, with the session's access token. */
import { definite } from './definite.ts';
import type { AnswerOf, CallRoute, RouteCall } from './http-api.ts';
import type { HelpDeskRoute } from './help-desk.ts';
import type { RouteName } from './wire.ts';
import type { Result } from './refusals.ts';
import type { Session } from './session.ts';

/** An employee's routes take no token of a user. */
type CallAsUser = <N extends Exclude<RouteName, HelpDeskRoute>>(
  name: N,
  given?: RouteCall<N>,
) => Promise<Result<AnswerOf<N>>>;

export function createSignedIn(call: CallRoute, session: Session) {
  const asUser: CallAsUser = async (name, given = {}) => {
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
  return {
    me: () => asUser('getMe'),
    rememberedDevices: () => asUser('listRememberedDevices'),
    forgetDevice: (deviceId: string) =>
      asUser('forgetRememberedDevice', { parameters: { deviceId } }),
    async signOutEverywhere() {
      const answer = await asUser('signOutEverywhere');
      if (answer.ok) session.clear();
      return answer;
    },
    ...userAdministration(asUser),
  };
}

/** The routes for provider admins. */
function userAdministration(asUser: CallAsUser) {
  return {
    users: (search: string, cursor?: string) =>
      asUser('listUsers', { query: { search, ...definite({ cursor }) } }),
    user: (username: string) => asUser('getUser', { parameters: { username } }),
    userEvents: (username: string, cursor?: string) =>
      asUser('listUserEvents', { parameters: { username }, query: definite({ cursor }) }),
    /** @param attempt the same for repeats of one request */
    resetRegistration: (username: string, attempt: string, reason?: string) =>
      asUser('resetRegistration', {
        parameters: { username },
        idempotencyKey: attempt,
        body: reason === undefined || reason === '' ? {} : { reason },
      }),
    /** Corrects the address on record of a user who is not ACTIVE. */
    correctEmail: (username: string, email: string) =>
      asUser('correctUserEmail', { parameters: { username }, body: { email } }),
    setUserStatus: (username: string, status: 'DISABLED' | 'ENABLED') =>
      asUser('setUserStatus', { parameters: { username }, body: { status } }),
  };
}
