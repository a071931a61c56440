/**
 * Judges what an authenticator signed. The library behind it is large, so it is loaded only where a
 * passkey is used.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { PasskeyAssertion } from '../../../contract/challenges.ts';
import type { PasskeyCreation } from '../../../contract/passkeys.ts';
import { ALGORITHMS, isCloned, type Passkey, type RelyingParty } from './passkeys.rules.ts';

/** A key of nobody: an unknown passkey costs the same verification as a known one. */
const NOBODYS_KEY =
  'pQECAyYgASFYIGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWIlggT-NC4v4af5uO5-tKfA-eFivOM1drMV7O' +
  'y7ZAaDe_UfU';

/** What a passkey says of itself when it is used. */
export interface UsedPasskey {
  counter: number;
  isBackedUp: boolean;
}

export type PasskeyVerdict = UsedPasskey | 'REFUSED' | 'CLONED';

/** @param passkey undefined where the account has none of that ID: it is refused as any other */
export async function judgePasskey(
  { id, origins }: RelyingParty,
  passkey: Passkey | undefined,
  { assertion, challenge }: { assertion: PasskeyAssertion; challenge: string },
): Promise<PasskeyVerdict> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyAuthenticationResponse({
    // Its types leave out that an optional member may be undefined.
    response: assertion as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: assertion.id,
      publicKey: Buffer.from(passkey?.publicKey ?? NOBODYS_KEY, 'base64url'),
      // The library throws for a counter that goes back; we notify the owner.
      counter: 0,
    },
    // It throws for what does not prove the passkey: the event PASSKEY_REFUSED records that.
  }).catch(() => undefined);
  if (passkey === undefined || verified?.verified !== true) return 'REFUSED';
  const { newCounter: counter, credentialBackedUp: isBackedUp } = verified.authenticationInfo;
  return isCloned(passkey, counter) ? 'CLONED' : { counter, isBackedUp };
}

export type NewPasskey = Pick<
  Passkey,
  'passkeyId' | 'publicKey' | 'counter' | 'isBackupEligible' | 'isBackedUp' | 'transports'
>;

/** A credential that was just created, or undefined where it proves nothing. */
export async function judgeRegistration(
  { id, origins }: RelyingParty,
  creation: PasskeyCreation,
  challenge: string,
): Promise<NewPasskey | undefined> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyRegistrationResponse({
    response: creation as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
    // It throws for what does not prove the credential: the answer is PASSKEY_INVALID.
  }).catch(() => undefined);
  if (verified?.verified !== true) return undefined;
  const { credential, credentialDeviceType, credentialBackedUp } = verified.registrationInfo;
  return {
    passkeyId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    isBackupEligible: credentialDeviceType === 'multiDevice',
    isBackedUp: credentialBackedUp,
    transports: credential.transports ?? [],
  };
}

/** The challenge that a response says it signed, base64url; undefined where it says none. */
export function challengeIn({ response }: PasskeyAssertion | PasskeyCreation): string | undefined {
  try {
    const text = Buffer.from(response.clientDataJSON, 'base64url').toString('utf8');
    const { challenge } = JSON.parse(text) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}
