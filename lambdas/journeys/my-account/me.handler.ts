/** The routes of the signed-in user: parse, use case, response. */
import { DeviceId } from '../../../contract/challenges.ts';
import { listEvents } from '../../capabilities/support/trail.ts';
import { isEventId } from '../../ground/audit/audit.rules.ts';
import { pageAfter } from '../../ground/platform/http-page.ts';
import { answered, httpHandler, type HttpRequest, refuse } from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import {
  chooseLanguage,
  forgetDevice,
  hasSignedOut,
  listDevices,
  meOf,
  signOutEverywhere,
} from './me.ts';
import { wireMe } from './me.wiring.ts';
import * as passkeys from './my-passkeys.ts';
import { countRecoveryCodes, issueRecoveryCodes } from './my-recovery-codes.ts';
import { freshlySignedIn as freshlySignedInTo, signedIn as signedInTo } from './signed-in.ts';

const wired = once(wireMe);

const signedIn = (request: HttpRequest, answer: Parameters<typeof signedInTo>[2]) =>
  signedInTo(wired(), request, answer);
const freshlySignedIn = (request: HttpRequest, answer: Parameters<typeof signedInTo>[2]) =>
  freshlySignedInTo(wired(), request, answer);

export const handler = httpHandler('me', () => wired().settings, {
  getMe: (request) => signedIn(request, (account) => ({ body: meOf(account) })),
  chooseLanguage: (request) =>
    signedIn(request, async (account) =>
      answered(await chooseLanguage(wired(), account, request.body.language)),
    ),
  listRememberedDevices: (request) =>
    signedIn(request, async (account) => ({ body: await listDevices(wired(), account) })),
  forgetRememberedDevice: (request) =>
    signedIn(request, async (account) => {
      const { deviceId = '' } = request.path;
      if (!DeviceId.safeParse(deviceId).success) return refuse('NOT_FOUND');
      await forgetDevice(wired(), account, deviceId);
      return {};
    }),
  signOutEverywhere: async (request) => {
    const outcome = await signedIn(request, async (account) => {
      await signOutEverywhere(wired(), account, request.claims.jti);
      return {};
    });
    return 'refused' in outcome && (await hasSignedOut(wired(), request.claims)) ? {} : outcome;
  },
  listMyEvents: (request) =>
    signedIn(request, (account) =>
      pageAfter(request.query.cursor, isEventId, (after) => listEvents(wired(), account, after)),
    ),
  startPasskeySignIn: async ({ source }) => answered(await passkeys.startSignIn(wired(), source)),
  listPasskeys: (request) =>
    signedIn(request, async (account) => ({ body: await passkeys.listPasskeys(wired(), account) })),
  startPasskey: (request) =>
    freshlySignedIn(request, async (account) =>
      answered(await passkeys.startPasskey(wired(), account)),
    ),
  addPasskey: (request) =>
    freshlySignedIn(request, async (account) =>
      answered(
        await passkeys.registerPasskey(wired(), account, {
          ...request.body,
          idempotencyKey: request.idempotencyKey,
        }),
      ),
    ),
  renamePasskey: (request) =>
    freshlySignedIn(request, async (account) => {
      const { passkeyId = '' } = request.path;
      return answered(await passkeys.renamePasskey(wired(), account, passkeyId, request.body.name));
    }),
  removePasskey: (request) =>
    freshlySignedIn(request, async (account) => {
      const removed = await passkeys.forgetPasskey(wired(), account, request.path.passkeyId ?? '');
      return 'refused' in removed ? removed : {};
    }),
  issueRecoveryCodes: (request) =>
    freshlySignedIn(request, async (account) =>
      answered(await issueRecoveryCodes(wired(), account)),
    ),
  countRecoveryCodes: (request) =>
    signedIn(request, (account) => ({ body: countRecoveryCodes(account) })),
});
