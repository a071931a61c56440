/** The routes for signed-in users, with the session's access token. */
import { definite } from './definite.ts';
import type { CallAsUser } from './call-with-token.ts';
import { createOwnAccount } from './own-account.ts';
import type { Session } from './session.ts';

export function createSignedIn(asUser: CallAsUser, session: Pick<Session, 'clear'>) {
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
    ...createOwnAccount(asUser),
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
