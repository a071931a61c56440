/** The browser's ceremonies of passkeys. Pages load this when a passkey is asked for. */
import {
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { PasskeyAssertion, PasskeyCreation, RefusalCode, Result } from '@portal-auth/client';

/** The ceremony that is under way: the browser has one at a time. */
let latest: object | undefined;

/**
 * Asks for a passkey.
 * @param autofill offers passkeys among what the browser fills in, until the signal ends it
 */
export function askBrowser(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
  autofill?: AbortSignal,
): Promise<Result<PasskeyAssertion>> {
  return ceremony(
    async () =>
      plain(await startAuthentication({ optionsJSON, useBrowserAutofill: autofill !== undefined })),
    autofill,
  );
}

/** Makes a passkey on this device, or on one that the person chooses. */
export function makePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<Result<PasskeyCreation>> {
  return ceremony(async () => plain(await startRegistration({ optionsJSON })));
}

/** Without the results of extensions, of which none was asked for. */
function plain<T extends object>(
  credential: T,
): T & { clientExtensionResults: Record<string, never> } {
  return { ...credential, clientExtensionResults: {} };
}

async function ceremony<T>(run: () => Promise<T>, signal?: AbortSignal): Promise<Result<T>> {
  const mine = {};
  const stop = (): void => {
    if (latest === mine) WebAuthnAbortService.cancelCeremony();
  };
  if (signal?.aborted === true) return refused('PASSKEY_CANCELLED');
  latest = mine;
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return refused(codeOf(error));
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Browsers report a closed prompt, a missing passkey and a failed user verification alike, so that
 * pages cannot find out who has one (WebAuthn Level 3, section 14.5.3).
 */
const CODES: Record<string, RefusalCode> = {
  NotAllowedError: 'PASSKEY_CANCELLED',
  AbortError: 'PASSKEY_CANCELLED',
  InvalidStateError: 'PASSKEY_EXISTS',
};

function codeOf(error: unknown): RefusalCode {
  return (error instanceof Error ? CODES[error.name] : undefined) ?? 'PASSKEY_UNUSABLE';
}

function refused(code: RefusalCode): { ok: false; refusal: { code: RefusalCode } } {
  return { ok: false, refusal: { code } };
}
