/** The routes of the signed-in user: parse, use case, response. */
import { DeviceId } from '../../../contract/challenges.ts';
import { listEvents } from '../../capabilities/support/trail.ts';
import { isEventId } from '../../ground/audit/audit.rules.ts';
import { pageAfter } from '../../ground/platform/http-page.ts';
import { answered, httpHandler, refuse, type RouteHandlers } from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import {
  chooseLanguage,
  forgetDevice,
  hasSignedOut,
  listDevices,
  meOf,
  signOutEverywhere,
} from './me.ts';
import { wireMe, type WiredMe } from './me.wiring.ts';
import * as passkeys from './my-passkeys.ts';
import { countRecoveryCodes, issueRecoveryCodes } from './my-recovery-codes.ts';
import { freshlySignedIn, signedIn } from './signed-in.ts';

export const routes: RouteHandlers<'me', WiredMe> = {
  getMe: (request, deps) => signedIn(deps, request, (account) => ({ body: meOf(account) })),
  chooseLanguage: (request, deps) =>
    signedIn(deps, request, async (account) =>
      answered(await chooseLanguage(deps, account, request.body.language)),
    ),
  listRememberedDevices: (request, deps) =>
    signedIn(deps, request, async (account) => ({ body: await listDevices(deps, account) })),
  forgetRememberedDevice: (request, deps) =>
    signedIn(deps, request, async (account) => {
      const { deviceId = '' } = request.path;
      if (!DeviceId.safeParse(deviceId).success) return refuse('NOT_FOUND');
      await forgetDevice(deps, account, deviceId);
      return {};
    }),
  signOutEverywhere: async (request, deps) => {
    const outcome = await signedIn(deps, request, async (account) => {
      await signOutEverywhere(deps, account, request.claims.jti);
      return {};
    });
    return 'refused' in outcome && (await hasSignedOut(deps, request.claims)) ? {} : outcome;
  },
  listMyEvents: (request, deps) =>
    signedIn(deps, request, (account) =>
      pageAfter(request.query.cursor, isEventId, (after) => listEvents(deps, account, after)),
    ),
  startPasskeySignIn: async ({ source }, deps) =>
    answered(await passkeys.startSignIn(deps, source)),
  listPasskeys: (request, deps) =>
    signedIn(deps, request, async (account) => ({
      body: await passkeys.listPasskeys(deps, account),
    })),
  startPasskey: (request, deps) =>
    freshlySignedIn(deps, request, async (account) =>
      answered(await passkeys.startPasskey(deps, account)),
    ),
  addPasskey: (request, deps) =>
    freshlySignedIn(deps, request, async (account) =>
      answered(
        await passkeys.registerPasskey(deps, account, {
          ...request.body,
          idempotencyKey: request.idempotencyKey,
        }),
      ),
    ),
  renamePasskey: (request, deps) =>
    freshlySignedIn(deps, request, async (account) => {
      const { passkeyId = '' } = request.path;
      return answered(await passkeys.renamePasskey(deps, account, passkeyId, request.body.name));
    }),
  removePasskey: (request, deps) =>
    freshlySignedIn(deps, request, async (account) => {
      const removed = await passkeys.forgetPasskey(deps, account, request.path.passkeyId ?? '');
      return 'refused' in removed ? removed : {};
    }),
  issueRecoveryCodes: (request, deps) =>
    freshlySignedIn(deps, request, async (account) =>
      answered(await issueRecoveryCodes(deps, account)),
    ),
  countRecoveryCodes: (request, deps) =>
    signedIn(deps, request, (account) => ({ body: countRecoveryCodes(account) })),
};

export const handler = httpHandler('me', once(wireMe), routes);
