/**
 * Links that undo a change of the e-mail address: kept as hashes, used once, and then kept for a
 * repeat.
 */
import { change, type Database, put, ttlOf, type Write } from '../../ground/platform/database.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import { useLink } from './undo-link.transitions.ts';
import type { UndoLink } from './undo-link.rules.ts';
import type { UndoLinksPort } from './undo-links.port.ts';

const linkKey = (token: string) => ({ pk: `UNDO#${hashSecret(token)}` });

export class UndoLinksStore implements UndoLinksPort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async get(token: string): Promise<UndoLink | undefined> {
    const item = await this.#database.read(this.#table, linkKey(token));
    return item === undefined ? undefined : recordIn<UndoLink>(item, 'pk', 'ttl', 'v');
  }

  issue(token: string, link: UndoLink, expiresAt: number): Write {
    return put(this.#table, {
      ...linkKey(token),
      ...link,
      v: 1,
      ttl: ttlOf(expiresAt),
    });
  }

  use(token: string, usedBy = ''): Write {
    return change(this.#table, linkKey(token), useLink(usedBy));
  }
}
