/** Addresses and usernames, each of one account; written in the transactions that give them. */
import { check, erase, put, type Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { Claim, NamesPort } from './accounts.port.ts';
import { emailKey, legacyKey, usernameKey } from './accounts.store.ts';
import { hasLapsed, IS_NEW, isClaimable, isNewOrOf, isOf } from './name.transitions.ts';

export class NamesStore implements NamesPort {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  claim(email: string, accountId: string, { now = 0, until }: Claim = {}): Write {
    const claimed = definite({ ...emailKey(email), accountId, claimedUntil: until });
    return put(this.#table, claimed, isClaimable(accountId, now));
  }

  confirm(email: string, accountId: string): Write {
    return put(this.#table, { ...emailKey(email), accountId }, isOf(accountId));
  }

  claimUsername(username: string, accountId: string): Write {
    return put(this.#table, { ...usernameKey(username), accountId }, IS_NEW);
  }

  noLegacy(username: string): Write {
    return check(this.#table, legacyKey(username), IS_NEW);
  }

  noUsername(legacyUsername: string): Write {
    return check(this.#table, usernameKey(legacyUsername), IS_NEW);
  }

  claimLegacy(legacyUsername: string, accountId: string): Write {
    const claimed = { ...legacyKey(legacyUsername), accountId };
    return put(this.#table, claimed, isNewOrOf(accountId));
  }

  releaseLegacy(legacyUsername: string, accountId: string): Write {
    return erase(this.#table, legacyKey(legacyUsername), isOf(accountId));
  }

  release(email: string, accountId: string): Write {
    return erase(this.#table, emailKey(email), isOf(accountId));
  }

  releaseLapsed(email: string, accountId: string, now: number): Write {
    return erase(this.#table, emailKey(email), isOf(accountId), hasLapsed(now));
  }
}
