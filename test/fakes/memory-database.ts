/**
 * The database in memory, for use cases and stores: strict where DynamoDB is. The contract suites
 * of the stores run on it and on a real engine, so that what it accepts is what DynamoDB accepts.
 */
import {
  type Commit,
  type Database,
  type Item,
  type Key,
  type Query,
  StoreUnavailable,
  type Write,
} from '../../lambdas/ground/platform/database.ts';
import { allHold, changed, InvalidWrite, valueAt, withoutUndefined } from './evaluate.ts';
import { Faulty } from './faulty.ts';

export interface TableShape {
  partitionKey: string;
  sortKey?: string;
}

/** The tables of the stack, by the names that tests use. */
export const TABLES = {
  accounts: { partitionKey: 'pk' },
  registrationCodes: { partitionKey: 'npi', sortKey: 'code' },
  termsAcceptances: { partitionKey: 'accountId', sortKey: 'version' },
  passkeys: { partitionKey: 'accountId', sortKey: 'passkeyId' },
  rememberedDevices: { partitionKey: 'accountId', sortKey: 'deviceId' },
  challenges: { partitionKey: 'pk' },
  flows: { partitionKey: 'pk' },
  limits: { partitionKey: 'pk' },
  auditEvents: { partitionKey: 'accountId', sortKey: 'eventId' },
  approvals: { partitionKey: 'desk', sortKey: 'approvalId' },
} as const satisfies Record<string, TableShape>;

export const INDEXES = {
  byNpi: { partitionKey: 'npi', sortKey: 'listKey' },
  byContactEmail: { partitionKey: 'contactEmail', sortKey: 'accountId' },
  byRecordEmail: { partitionKey: 'recordEmail', sortKey: 'accountId' },
  byPhone: { partitionKey: 'phone', sortKey: 'accountId' },
  byContactPhone: { partitionKey: 'contactPhone', sortKey: 'accountId' },
  byName: { partitionKey: 'lastNameKey', sortKey: 'firstNameKey' },
  byDay: { partitionKey: 'day', sortKey: 'eventId' },
} as const;

/** The table of each index. */
export const TABLE_OF: Record<keyof typeof INDEXES, keyof typeof TABLES> = {
  byNpi: 'accounts',
  byContactEmail: 'accounts',
  byRecordEmail: 'accounts',
  byPhone: 'accounts',
  byContactPhone: 'accounts',
  byName: 'accounts',
  byDay: 'auditEvents',
};

/** The most writes in a transaction of DynamoDB. */
const MOST_WRITES = 100;

export type Operation = 'commit' | 'read' | 'readAll' | 'query' | 'take';

export class MemoryDatabase extends Faulty<Operation> implements Database {
  readonly #tables: Record<string, TableShape>;
  readonly #items = new Map<string, Map<string, Item>>();
  /** Runs before the next commit: another request that comes in between. */
  beforeCommit: (() => Promise<void>) | undefined;

  constructor(tables: Record<string, TableShape> = TABLES) {
    super();
    this.#tables = tables;
  }

  protected override outage(): Error {
    return new StoreUnavailable('The database in memory was made to fail.');
  }

  /** Every item of a table, as it is stored. */
  all(table: string): Item[] {
    return [...this.#of(table).values()].map((item) => structuredClone(item));
  }

  async commit(writes: readonly Write[]): Promise<Commit> {
    const race = this.beforeCommit;
    this.beforeCommit = undefined;
    await race?.();
    return this.run('commit', () => {
      refuseInvalid(writes, (write) => this.#idOf(write.table, keyIn(write)));
      const found = writes.map((write) => this.#find(write.table, keyIn(write)));
      if (!writes.every(({ when }, index) => allHold(when, found[index]))) {
        const refused = writes.map(
          ({ when }, index) => allHold(when, found[index]) || found[index],
        );
        return { done: false, refused: refused.map((one) => (one === true ? one : copy(one))) };
      }
      writes.forEach((write, index) => this.#apply(write, found[index]));
      return { done: true };
    });
  }

  async read(table: string, key: Key): Promise<Item | undefined> {
    return this.run('read', () => copy(this.#find(table, key)));
  }

  async readAll(wanted: readonly { table: string; key: Key }[]): Promise<(Item | undefined)[]> {
    return this.run('readAll', () => {
      const ids = wanted.map(({ table, key }) => `${table} ${this.#idOf(table, key)}`);
      if (new Set(ids).size < ids.length) throw new InvalidWrite('A key is wanted twice.');
      if (ids.length === 0 || ids.length > 100) throw new InvalidWrite(`${ids.length} keys.`);
      return wanted.map(({ table, key }) => copy(this.#find(table, key)));
    });
  }

  async query(query: Query): Promise<{ items: Item[]; last: Item | undefined }> {
    return this.run('query', () => {
      const { table, index, after, prefix, filter, newestFirst = false } = query;
      const { limit = Infinity } = query;
      const sortKey = index === undefined ? this.#shape(table).sortKey : sortKeyOf(index);
      const found = this.all(table)
        .filter((item) => item[query.partition.name] === query.partition.value)
        .sort((a, b) => (text(a, sortKey) < text(b, sortKey) ? -1 : 1));
      if (newestFirst) found.reverse();
      const wanted = found
        .filter((item) => after === undefined || isAfter(item, after, newestFirst))
        .filter((item) => prefix === undefined || text(item, prefix.name).startsWith(prefix.value));
      const page = wanted.slice(0, limit);
      const items = page.filter(
        (item) =>
          filter === undefined ||
          filter.paths.some((path) => String(valueAt(item, path)).startsWith(filter.beginsWith)),
      );
      return { items, last: page.length === limit ? page.at(-1) : undefined };
    });
  }

  async take(
    write: Write & { kind: 'change' },
  ): Promise<{ taken: Item } | { found: Item | undefined }> {
    return this.run('take', () => {
      const item = this.#find(write.table, write.key);
      if (!allHold(write.when, item)) return { found: copy(item) };
      this.#apply(write, item);
      return { taken: copy(item) ?? {} };
    });
  }

  #apply(write: Write, found: Item | undefined): void {
    const items = this.#of(write.table);
    const id = this.#idOf(write.table, keyIn(write));
    if (write.kind === 'put') items.set(id, withoutUndefined(write.item));
    else if (write.kind === 'erase') items.delete(id);
    else if (write.kind === 'change')
      items.set(id, changed(found ?? { ...write.key }, write.change));
  }

  #find(table: string, key: Key | Item): Item | undefined {
    return this.#of(table).get(this.#idOf(table, key));
  }

  #of(table: string): Map<string, Item> {
    this.#shape(table);
    const items = this.#items.get(table) ?? new Map<string, Item>();
    this.#items.set(table, items);
    return items;
  }

  #shape(table: string): TableShape {
    const shape = this.#tables[table];
    if (shape === undefined) throw new InvalidWrite(`The table ${table} does not exist.`);
    return shape;
  }

  #idOf(table: string, key: Key | Item): string {
    const { partitionKey, sortKey } = this.#shape(table);
    const parts = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])].map(
      (name) => key[name],
    );
    if (parts.some((part) => typeof part !== 'string' || part === ''))
      throw new InvalidWrite(`A key of ${table} is missing or empty.`);
    return parts.join('\n');
  }
}

function sortKeyOf(index: string): string {
  const shape = INDEXES[index as keyof typeof INDEXES] as TableShape | undefined;
  if (shape?.sortKey === undefined) throw new InvalidWrite(`The index ${index} does not exist.`);
  return shape.sortKey;
}

function refuseInvalid(writes: readonly Write[], idOf: (write: Write) => string): void {
  if (writes.length === 0 || writes.length > MOST_WRITES)
    throw new InvalidWrite(
      `A transaction has 1 to ${MOST_WRITES} writes, this one ${writes.length}.`,
    );
  const ids = writes.map((write) => `${write.table} ${idOf(write)}`);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new InvalidWrite(`Two writes of a transaction change ${twice}.`);
}

function keyIn(write: Write): Key | Item {
  return write.kind === 'put' ? write.item : write.key;
}

function copy(item: Item | undefined): Item | undefined {
  return item === undefined ? undefined : structuredClone(item);
}

function text(item: Item, name: string | undefined): string {
  return name === undefined ? '' : String(item[name]);
}

function isAfter(
  item: Item,
  { name, value }: { name: string; value: string },
  newestFirst: boolean,
): boolean {
  return newestFirst ? text(item, name) < value : text(item, name) > value;
}
