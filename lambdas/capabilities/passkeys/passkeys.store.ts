/** Passkeys, one row each. */
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import { change, type Database, erase, put, type Write } from '../../ground/platform/database.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import type { PasskeyOwner, PasskeysPort } from './passkeys.port.ts';
import { isLive, type Passkey } from './passkeys.rules.ts';

const { absent, is } = clausesOf<Passkey>();

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
    return put(this.#table, { ...passkey }, absent('passkeyId'));
  }

  use(passkey: Passkey, used: { counter: number; isBackedUp: boolean }, now: number): Write {
    const { counter, passkeyEpoch } = passkey;
    const when = [is('counter', counter), is('passkeyEpoch', passkeyEpoch)];
    const set = { ...used, lastUsedAt: now };
    return change<Passkey>(this.#table, keyOf(passkey), { set }, when);
  }

  rename(passkey: Passkey, name: string): Write {
    const when = [is('passkeyEpoch', passkey.passkeyEpoch)];
    return change<Passkey>(this.#table, keyOf(passkey), { set: { name } }, when);
  }

  forget(passkey: Passkey): Write {
    return erase(this.#table, keyOf(passkey));
  }

  remove(passkey: Passkey): Write {
    return erase(this.#table, keyOf(passkey), is('passkeyId', passkey.passkeyId));
  }
}
