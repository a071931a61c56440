/**
 * The portal's only access to the network. It works without the portal; it needs a browser and the
 * stack's outputs.
 */
import type { LoginMethod, PasskeyAssertion } from './wire.ts';
import { type CallSeen, watchCall } from './call-watch.ts';
import { createUserPool } from './cognito.ts';
import type { AuthClientConfig } from './config.ts';
import { createMfaRegistration, createPasswordReset, createProviderRegistration } from './flows.ts';
import { type CallRoute, createHttpApi } from './http-api.ts';
import { createLinkShelf } from './link-shelf.ts';
import { passkeyRequest, usernameIn } from './passkeys.ts';
import { dropDevice, keepDevice, makeDevice, readDevice } from './remembered-device.ts';
import { createSendClock } from './send-clock.ts';
import { createEmailChange, createPhoneChange, type PendingChange } from './own-account.ts';
import { createSession, type Session } from './session.ts';
import { sturdyStorage } from './sturdy-storage.ts';
import { callWithToken } from './call-with-token.ts';
import { createSignedIn } from './signed-in.ts';
import {
  SignIn,
  type SavedSignIn,
  type SignInCollaborators,
  type SignInWishes,
} from './sign-in.ts';
import { type Kept, keptFor, keptIn } from './tab-storage.ts';

export { loadLibrary } from './cognito.ts';
export type { AuthClientConfig } from './config.ts';
export type { CallSeen } from './call-watch.ts';
export type {
  CreatedAccount,
  MfaRegistration,
  PasswordRecovery,
  Progress,
  ProviderRegistration,
  ProviderSignUp,
} from './flows.ts';
export type {
  AccountStatus,
  Language,
  ManagedUser,
  Me,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyView,
  PortalRole,
  RememberedDevice,
  SignInFactor,
  Terms,
  UserEventPage,
} from './wire.ts';
export type { OwnChange, PendingChange, PhoneChange } from './own-account.ts';
export type { PasskeyRequest } from './passkeys.ts';
export type { Refusal, RefusalCode, Result } from './refusals.ts';
export type { SignIn, SignInWishes } from './sign-in.ts';
export type { ShownChallenge, SignInState } from './sign-in-state.ts';

/**
 * Opens the client.
 * @param given holds tokens and flow tokens
 * @default - the tab's sessionStorage, so that a reload resumes and another tab signs in for
 * itself; where the browser blocks it or it is full, the page's memory
 */
export function createAuthClient(config: AuthClientConfig, given?: Storage) {
  const kept = sturdyStorage(() => given ?? sessionStorage);
  const { storage } = kept;
  const pool = createUserPool(config, storage);
  const clock = createSendClock(storage);
  const session = createSession(pool, clock, keptIn(storage, 'portal-auth.session'));
  const call = createHttpApi(config);
  const deps = {
    clientId: config.userPoolClientId,
    openFlow: pool.openFlow,
    devices: { make: makeDevice, read: readDevice, keep: keepDevice, drop: dropDevice },
    forgotten: keptIn<string>(storage, 'portal-auth.forgotten-device'),
    saved: keptIn<SavedSignIn>(storage, 'portal-auth.sign-in'),
  } satisfies SignInCollaborators;
  return {
    session,
    /** False where nothing outlives a reload, because the browser keeps no data for the page. */
    isKept: () => kept.isKept(),
    clock,
    /** Whether Remember Me was ticked in this tab. */
    wishes: keptIn<boolean>(storage, 'portal-auth.remember'),
    ...signIns(deps, call, config),
    ...thisDevice(deps.forgotten),
    watchCall: (callId: string, onSeen: (seen: CallSeen) => void, signal: AbortSignal) =>
      watchCall(call, callId, onSeen, signal),
    currentTerms: () => call('getCurrentTerms'),
    ...linkRequests(call),
    registration: createMfaRegistration(
      call,
      keptIn(storage, 'portal-auth.mfa-registration'),
      createLinkShelf(() => localStorage),
    ),
    passwordReset: createPasswordReset(call, keptIn(storage, 'portal-auth.password-reset')),
    providerRegistration: createProviderRegistration(
      call,
      keptIn(storage, 'portal-auth.provider-registration'),
    ),
    signedIn: signedInWith(call, session, storage),
    /**
     * By the link in the notice to the former address. It ends every session.
     * @param attempt the same at each press of one button, so that a lost answer may be repeated
     */
    undoEmailChange: (linkToken: string, attempt: string = crypto.randomUUID()) =>
      call('undoEmailChange', { body: { linkToken }, idempotencyKey: attempt }),
  };
}

/** Beginning a sign-in, or going on with one. */
function signIns(deps: SignInCollaborators, call: CallRoute, config: AuthClientConfig) {
  return {
    openSignIn: (wishes: SignInWishes) => SignIn.open(deps, wishes),
    /** What the browser is asked with for a passkey, before it is known who signs in. */
    passkeyRequest: () => passkeyRequest(call, config),
    /** A sign-in of whom the passkey names, for `withPasskey`. */
    openSignInOf: (passkey: PasskeyAssertion, wishes: SignInWishes) =>
      SignIn.open(deps, wishes, usernameIn(passkey)),
    resumeSignIn: () => SignIn.resume(deps),
    abandonSignIn: () => deps.saved.clear(),
  };
}

/** What needs a session. Changes that are under way are kept in the tab. */
function signedInWith(call: CallRoute, session: Session, storage: Storage) {
  const asUser = callWithToken(call, session);
  const kept = (key: string) => keptFor<PendingChange>(storage, key, session.subject);
  return {
    ...createSignedIn(asUser, session),
    emailChange: createEmailChange(asUser, kept('portal-auth.email-change')),
    phoneChange: createPhoneChange(asUser, kept('portal-auth.phone-change')),
  };
}

/** Asking for a registration link. The answer is the same for everyone. */
function linkRequests(call: CallRoute) {
  return {
    requestLinkByUsername: (username: string) => call('requestLink', { body: { username } }),
    requestLinkByPassword: (email: string, password: string) =>
      call('requestLink', { body: { email, password: password.normalize('NFC') } }),
  };
}

/** The remembered device of this browser. */
function thisDevice(forgotten: Kept<string>) {
  return {
    /** The device of this browser, if it was remembered with that login method. */
    async rememberedDevice(loginMethod: LoginMethod) {
      const record = await readDevice();
      return record?.loginMethod === loginMethod ? record : undefined;
    },
    isRemembered: async () => (await readDevice()) !== undefined,
    /** The id of this browser's device, as the list of remembered devices has it. */
    deviceId: async () => (await readDevice())?.deviceId,
    /** When this browser was remembered, in milliseconds; undefined if it is not. */
    rememberedSince: async () => (await readDevice())?.rememberedAt,
    /** Deletes the key at once. The next passed factor notifies the backend. */
    async forgetThisDevice() {
      const record = await readDevice();
      if (record !== undefined) forgotten.write(record.deviceId);
      await dropDevice();
    },
  };
}
export type AuthClient = ReturnType<typeof createAuthClient>;
