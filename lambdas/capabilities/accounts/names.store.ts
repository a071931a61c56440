/** Addresses and usernames, each of one account; written in the transactions that give them. */
import { clausesOf, either } from '../../ground/platform/attributes.rules.ts';
import { check, erase, put, type Write } from '../../ground/platform/database.ts';
import type { Claim, NamesPort } from './accounts.port.ts';
import { emailKey, legacyKey, usernameKey } from './accounts.store.ts';

const { absent, below, is } = clausesOf<{ accountId: string; claimedUntil: number }>();

export class NamesStore implements NamesPort {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  claim(email: string, accountId: string, { now = 0, until }: Claim = {}): Write {
    const isFree = either(
      absent('accountId'),
      is('accountId', accountId),
      below('claimedUntil', now),
    );
    const claimed = until === undefined ? {} : { claimedUntil: until };
    return put(
      this.#table,
      {
        ...emailKey(email),
        accountId,
        ...claimed,
      },
      isFree,
    );
  }

  confirm(email: string, accountId: string): Write {
    return put(this.#table, { ...emailKey(email), accountId }, is('accountId', accountId));
  }

  claimUsername(username: string, accountId: string): Write {
    return put(this.#table, { ...usernameKey(username), accountId }, absent('accountId'));
  }

  noLegacy(username: string): Write {
    return check(this.#table, legacyKey(username), absent('accountId'));
  }

  noUsername(legacyUsername: string): Write {
    return check(this.#table, usernameKey(legacyUsername), absent('accountId'));
  }

  claimLegacy(legacyUsername: string, accountId: string): Write {
    const ours = either(absent('accountId'), is('accountId', accountId));
    return put(this.#table, { ...legacyKey(legacyUsername), accountId }, ours);
  }

  releaseLegacy(legacyUsername: string, accountId: string): Write {
    return erase(this.#table, legacyKey(legacyUsername), is('accountId', accountId));
  }

  release(email: string, accountId: string): Write {
    return erase(this.#table, emailKey(email), is('accountId', accountId));
  }

  releaseLapsed(email: string, accountId: string, now: number): Write {
    const isOurs = is('accountId', accountId);
    return erase(this.#table, emailKey(email), isOurs, below('claimedUntil', now));
  }
}
