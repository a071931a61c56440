/** Passkeys in this browser. What runs the browser's ceremonies is loaded when it is needed. */
import type * as ceremonies from '../passkey-ceremonies.ts';
import type {
  AuthClient,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyView,
  Result,
} from '@portal-auth/client';
import type { Action } from './use-action.ts';

type Ceremonies = typeof ceremonies;

/** A browser without WebAuthn, or a page that is not secure, offers no passkey. */
export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential === 'function';
}

/** True if this device itself can keep a passkey and verify its user. */
export async function hasPlatformPasskeys(): Promise<boolean> {
  if (!canUsePasskeys()) return false;
  return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(
    () => false,
  );
}

/** True if the browser offers passkeys among what it fills in. */
export async function canFillInPasskeys(): Promise<boolean> {
  if (!canUsePasskeys() || !('isConditionalMediationAvailable' in PublicKeyCredential))
    return false;
  return await PublicKeyCredential.isConditionalMediationAvailable().catch(() => false);
}

/** @param autofill offers passkeys in the address field, until the signal ends it */
export function askForPasskey(
  options: Parameters<Ceremonies['askBrowser']>[0],
  autofill?: AbortSignal,
): Promise<Result<PasskeyAssertion>> {
  return loaded(({ askBrowser }) => askBrowser(options, autofill));
}

/** @param options PublicKeyCredentialCreationOptionsJSON, as the backend made them */
function makePasskey(options: object): Promise<Result<PasskeyCreation>> {
  return loaded((ceremonies) =>
    ceremonies.makePasskey(options as Parameters<Ceremonies['makePasskey']>[0]),
  );
}

async function loaded<T>(run: (module: Ceremonies) => Promise<Result<T>>): Promise<Result<T>> {
  const module = await import('../passkey-ceremonies.ts').catch(() => undefined);
  return module === undefined ? { ok: false, refusal: { code: 'UNREACHABLE' } } : await run(module);
}

/** Notifies the browser that a passkey is gone, so that it does not offer it again. */
export async function forgetInBrowser(rpId: string, credentialId: string): Promise<void> {
  if (!canUsePasskeys() || !('signalUnknownCredential' in PublicKeyCredential)) return;
  await PublicKeyCredential.signalUnknownCredential({ rpId, credentialId }).catch(() => undefined);
}

/**
 * Makes a passkey on this device and registers it.
 * @param run of the action or change that this is a step of
 * @returns undefined if it was refused, which the action then shows
 */
export async function addPasskey(
  { signedIn: { passkeys } }: Pick<AuthClient, 'signedIn'>,
  run: Action['run'],
  name: string,
): Promise<PasskeyView | undefined> {
  const options = await run(() => passkeys.options());
  const credential = options && (await run(() => makePasskey(options)));
  return credential && (await run(() => passkeys.add(name, credential)));
}

const DEVICES = ['iPhone', 'iPad', 'Android', 'Mac', 'Windows', 'Linux'] as const;

/** What to call a passkey of this device, if the browser says what it runs on. */
export function deviceName(): string | undefined {
  return DEVICES.find((name) => navigator.userAgent.includes(name));
}
