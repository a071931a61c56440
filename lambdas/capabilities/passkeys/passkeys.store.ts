/** Passkeys, one row each. */
import {
  change,
  create,
  type Database,
  erase,
  type Write,
} from '../../ground/platform/database.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import { isThere, renamePasskey, usePasskey } from './passkey.transitions.ts';
import type { PasskeyOwner, PasskeysPort } from './passkeys.port.ts';
import { isLive, type Passkey } from './passkeys.rules.ts';

const keyOf = ({ accountId, passkeyId }: Passkey) => ({ accountId, passkeyId });

export class PasskeysStore implements PasskeysPort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async get(accountId: string, passkeyId: string): Promise<Passkey | undefined> {
    const item = await this.#database.read(this.#table, { accountId, passkeyId });
    return item === undefined ? undefined : recordIn<Passkey>(item);
  }

  async list(owner: PasskeyOwner): Promise<Passkey[]> {
    return (await this.all(owner.accountId)).filter((passkey) => isLive(passkey, owner));
  }

  async all(accountId: string): Promise<Passkey[]> {
    const { items } = await this.#database.query({
      table: this.#table,
      partition: { name: 'accountId', value: accountId },
    });
    return items.map((item) => recordIn<Passkey>(item)).sort((a, b) => a.createdAt - b.createdAt);
  }

  add(passkey: Passkey): Write {
    return create(this.#table, keyOf(passkey), passkey);
  }

  use(passkey: Passkey, used: { counter: number; isBackedUp: boolean }, now: number): Write {
    return change(this.#table, keyOf(passkey), usePasskey(passkey, used, now));
  }

  rename(passkey: Passkey, name: string): Write {
    return change(this.#table, keyOf(passkey), renamePasskey(passkey, name));
  }

  forget(passkey: Passkey): Write {
    return erase(this.#table, keyOf(passkey));
  }

  remove(passkey: Passkey): Write {
    return erase(this.#table, keyOf(passkey), isThere(passkey));
  }
}
