/**
 * Passkeys (WebAuthn Level 3): discoverable credentials with user verification. What is kept of
 * one, when it may prove, and the options that browsers are given.
 */
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { Account } from '../accounts/account.rules.ts';

/** The most passkeys that an account may have. */
export const MAX_PASSKEYS = 10;

/** How long a challenge may be answered that was asked for before an address is typed. */
export const PASSKEY_CHALLENGE_MS = 5 * 60_000;

/** A passkey as it is kept: its public half, and never more. Times are milliseconds since 1970. */
export interface Passkey {
  accountId: string;
  /** The credential's ID, base64url. */
  passkeyId: string;
  /** COSE, base64url. */
  publicKey: string;
  counter: number;
  isBackupEligible: boolean;
  isBackedUp: boolean;
  transports: string[];
  name: string;
  createdAt: number;
  lastUsedAt?: number;
  /** The account's `passkeyEpoch` when it was registered: an administrator's reset raises it. */
  passkeyEpoch: number;
  /** SHA-256 of the `Idempotency-Key` that it was registered with, if the request had one. */
  registeredWith?: string;
}

/** What a challenge is good for; of a registration its account is part of that. */
export type ChallengePurpose = 'SIGN_IN' | `REGISTER#${string}`;

/** A challenge as it is kept, under its hash. Times are milliseconds since 1970. */
export interface KeptChallenge {
  purpose: ChallengePurpose;
  expiresAt: number;
}

/** The relying party: where passkeys of the stage are valid. */
export interface RelyingParty {
  id: string;
  name: string;
  /** Exact origins. */
  origins: readonly string[];
}

export function relyingPartyOf({
  passkeys,
  portalName,
  portalOrigins,
}: Pick<FunctionSettings, 'passkeys' | 'portalName' | 'portalOrigins'>): RelyingParty {
  return {
    id: passkeys.rpId,
    name: portalName,
    origins: portalOrigins,
  };
}

/** Passkeys stay valid after a password change; an administrator's reset invalidates them. */
export function isLive(
  { passkeyEpoch }: Pick<Passkey, 'passkeyEpoch'>,
  owner: { passkeyEpoch?: number | undefined },
): boolean {
  return passkeyEpoch === (owner.passkeyEpoch ?? 0);
}

/**
 * True if the counter says that the passkey was copied: it did not grow (WebAuthn §6.1.1). Synced
 * passkeys count nothing and stay at 0.
 */
export function isCloned({ counter }: Pick<Passkey, 'counter'>, next: number): boolean {
  return (counter > 0 || next > 0) && next <= counter;
}

/** The bytes of a text, base64url: of a nonce as a challenge, of a username as a user handle. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** ES256 and RS256, which every authenticator has one of, and EdDSA (COSE algorithm IDs). */
export const ALGORITHMS = [-8, -7, -257];

const TIMEOUT_MS = PASSKEY_CHALLENGE_MS;

const descriptor = ({ passkeyId, transports }: Passkey) => ({
  type: 'public-key',
  id: passkeyId,
  ...(transports.length > 0 && { transports }),
});

/** PublicKeyCredentialRequestOptionsJSON. */
export function requestOptions(
  { id }: RelyingParty,
  challenge: string,
  passkeys: readonly Passkey[],
) {
  return {
    challenge,
    rpId: id,
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    allowCredentials: passkeys.map(descriptor),
  };
}

/** PublicKeyCredentialCreationOptionsJSON. */
export function creationOptions(
  { id, name }: RelyingParty,
  challenge: string,
  account: Pick<Account, 'cognitoUsername' | 'email' | 'firstName' | 'lastName'>,
  passkeys: readonly Passkey[],
) {
  const { cognitoUsername = '', email = '', firstName, lastName } = account;
  return {
    challenge,
    rp: { id, name },
    // Browsers return the handle with a discovered passkey: it is what a sign-in then begins with.
    user: {
      id: bytesOf(cognitoUsername),
      name: email,
      displayName: `${firstName} ${lastName}`,
    },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: TIMEOUT_MS,
    attestation: 'none',
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    excludeCredentials: passkeys.map(descriptor),
  };
}
