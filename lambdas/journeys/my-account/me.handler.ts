/** The routes of the signed-in user: parse, use case, response. */
import { DeviceId } from '../../../contract/challenges.ts';
import {
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
  refuse,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { forgetDevice, listDevices, meOf, signOutEverywhere } from './me.ts';
import { wireMe } from './me.wiring.ts';
import { sessionOf } from '../../capabilities/accounts/session.ts';

const wired = once(wireMe);

async function signedIn(
  { claims }: HttpRequest,
  answer: (account: Account) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  const session = await sessionOf(wired(), claims);
  return 'refused' in session ? session : answer(session.account);
}

export const handler = httpHandler('me', () => wired().settings, {
  getMe: (request) => signedIn(request, (account) => ({ body: meOf(account) })),
  listRememberedDevices: (request) =>
    signedIn(request, async (account) => ({ body: await listDevices(wired(), account) })),
  forgetRememberedDevice: (request) =>
    signedIn(request, async (account) => {
      const { deviceId = '' } = request.path;
      if (!DeviceId.safeParse(deviceId).success) return refuse('NOT_FOUND');
      await forgetDevice(wired(), account, deviceId);
      return {};
    }),
  signOutEverywhere: (request) =>
    signedIn(request, async (account) => {
      await signOutEverywhere(wired(), account);
      return {};
    }),
});
