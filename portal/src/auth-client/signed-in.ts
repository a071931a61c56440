/** The routes for signed-in users, with the session's access token. */
import type { AnswerOf, CallRoute, RouteCall } from './http-api.ts';
import type { RouteName } from '../../../contract/routes.ts';
import type { Result } from './refusals.ts';
import type { Session } from './session.ts';

export function createSignedIn(call: CallRoute, session: Session) {
  const asUser = async <N extends RouteName>(
    name: N,
    given: RouteCall<N> = {},
  ): Promise<Result<AnswerOf<N>>> => {
    const token = await session.accessToken();
    if (!token.ok) return token;
    const answer = await call(name, { ...given, token: token.value });
    if (answer.ok || answer.refusal.code !== 'TOKEN_INVALID') return answer;
    // The token may be older than this browser's clock says: once more with a new one.
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
    users: (search: string, cursor?: string) =>
      asUser('listUsers', { query: { search, ...(cursor === undefined ? {} : { cursor }) } }),
    user: (username: string) => asUser('getUser', { parameters: { username } }),
    userEvents: (username: string, cursor?: string) =>
      asUser('listUserEvents', {
        parameters: { username },
        query: cursor === undefined ? {} : { cursor },
      }),
    /** @param attempt the same for repeats of one wish */
    resetRegistration: (username: string, attempt: string, reason?: string) =>
      asUser('resetRegistration', {
        parameters: { username },
        idempotencyKey: attempt,
        body: reason === undefined || reason === '' ? {} : { reason },
      }),
    setUserStatus: (username: string, status: 'DISABLED' | 'ENABLED') =>
      asUser('setUserStatus', { parameters: { username }, body: { status } }),
  };
}
export type SignedInRoutes = ReturnType<typeof createSignedIn>;
