/** Mailed links: kept as hashes. The account names the one that is valid. */
import { type Database, put, ttlOf, type Write } from '../../ground/platform/database.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import type { Link, LinksPort } from './token-flows.port.ts';

const linkKey = (token: string) => ({ pk: `LINK#${hashSecret(token)}` });

export class LinksStore implements LinksPort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async get(token: string): Promise<Link | undefined> {
    const item = await this.#database.read(this.#table, linkKey(token));
    return item === undefined ? undefined : recordIn<Link>(item, 'pk', 'ttl', 'v');
  }

  issue(token: string, link: Link): Write {
    return put(this.#table, {
      ...linkKey(token),
      ...link,
      v: 1,
      ttl: ttlOf(link.expiresAt),
    });
  }
}
