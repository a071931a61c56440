/**
 * Passkeys, as far as the backend is asked about them. The page runs the browser's ceremony,
 * because that needs the person.
 */
import { definite } from './definite.ts';
import type { AuthClientConfig } from './config.ts';
import type { CallRoute } from './http-api.ts';
import { accepted, type Result } from './refusals.ts';
import type { PasskeyAssertion } from './wire.ts';

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3), as far as this client sets it. */
export interface PasskeyRequest {
  challenge: string;
  /** Absent where the page's host name is the relying party. */
  rpId?: string;
  userVerification: 'required';
}

/** A request for a passkey before it is known who signs in: single use, valid for five minutes. */
export async function passkeyRequest(
  call: CallRoute,
  { passkeyRpId: rpId }: Pick<AuthClientConfig, 'passkeyRpId'>,
): Promise<Result<PasskeyRequest>> {
  const answer = await call('startPasskeySignIn', { body: {} });
  if (!answer.ok) return answer;
  const { challenge } = answer.value;
  return accepted({ challenge, userVerification: 'required', ...definite({ rpId }) });
}

/**
 * Whom a passkey signs in: the bytes of its user handle are the Cognito username. The ID of one
 * that has no handle begins with a username that no account has, and is refused as unknown.
 */
export function usernameIn({ id, response: { userHandle } }: PasskeyAssertion): string {
  if (userHandle === undefined) return id;
  const base64 = userHandle.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
