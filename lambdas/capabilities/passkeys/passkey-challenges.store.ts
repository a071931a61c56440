/** Challenges of passkeys: kept as hashes, used once, within minutes. */
import { erase, put, ttlOf, type Write } from '../../ground/platform/database.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import { isGoodFor } from './passkey.transitions.ts';
import type { PasskeyChallengesPort } from './passkeys.port.ts';
import {
  type ChallengePurpose,
  type KeptChallenge,
  PASSKEY_CHALLENGE_MS,
} from './passkeys.rules.ts';

const challengeKey = (challenge: string) => ({ pk: `PASSKEY#${hashSecret(challenge)}` });

export class PasskeyChallengesStore implements PasskeyChallengesPort {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  issue(challenge: string, purpose: ChallengePurpose, now: number): Write {
    const expiresAt = now + PASSKEY_CHALLENGE_MS;
    const kept: KeptChallenge = { purpose, expiresAt };
    return put(this.#table, {
      ...challengeKey(challenge),
      v: 1,
      ...kept,
      ttl: ttlOf(expiresAt),
    });
  }

  use(challenge: string, purpose: ChallengePurpose, now: number): Write {
    return erase(this.#table, challengeKey(challenge), ...isGoodFor(purpose, now));
  }
}
