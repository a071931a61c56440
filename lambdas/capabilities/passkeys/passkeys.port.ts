import type { Write } from '../../ground/platform/database.ts';
import type { ChallengePurpose, Passkey } from './passkeys.rules.ts';

export interface PasskeyOwner {
  accountId: string;
  passkeyEpoch?: number | undefined;
}

/** Every read throws StoreUnavailable. */
export interface PasskeysPort {
  get: (accountId: string, passkeyId: string) => Promise<Passkey | undefined>;
  /** The passkeys that were not ended by a reset, the oldest first. */
  list: (owner: PasskeyOwner) => Promise<Passkey[]>;
  /** Every passkey of the account, also those that a reset ended, the oldest first. */
  all: (accountId: string) => Promise<Passkey[]>;
  /** Refused where the passkey is there already. */
  add: (passkey: Passkey) => Write;
  /** Refused where the passkey was used or removed meanwhile. */
  use: (passkey: Passkey, used: { counter: number; isBackedUp: boolean }, now: number) => Write;
  rename: (passkey: Passkey, name: string) => Write;
  /** Takes the passkey away, whether or not it is there. */
  forget: (passkey: Passkey) => Write;
  /** Refused where the passkey is not there. */
  remove: (passkey: Passkey) => Write;
}

/** Challenges that are requested before a sign-in, each valid once. */
export interface PasskeyChallengesPort {
  issue: (challenge: string, purpose: ChallengePurpose, now: number) => Write;
  /** Refused where it is not valid, or is another purpose's. */
  use: (challenge: string, purpose: ChallengePurpose, now: number) => Write;
}
