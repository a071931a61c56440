/**
 * The database as stores see it: consistent reads by key, and writes that commit together or not at
 * all. DynamoDB is behind it in `dynamo.client.ts`.
 */
import type { AnyChange, Clause, Transition } from './attributes.rules.ts';

export type Item = Record<string, unknown>;
export type Key = Record<string, string>;

/** One write of a transaction; `check` changes nothing and only demands its conditions. */
export type Write = { table: string; when: readonly Clause[] } & (
  | { kind: 'put'; item: Item }
  | { kind: 'change'; key: Key; change: AnyChange }
  | { kind: 'erase'; key: Key }
  | { kind: 'check'; key: Key }
);

/**
 * `done`, or for each write of the refused transaction: `true` where its condition held, else the
 * item as it is now (`undefined` where there is none). Nothing was written then.
 */
export type Commit =
  { done: true } | { done: false; refused: readonly (true | Item | undefined)[] };

/**
 * Commits all writes or none. Throws StoreUnavailable; nothing is changed then, and the call may be
 * repeated.
 */
export interface CommitPort {
  commit: (writes: readonly Write[]) => Promise<Commit>;
}

/** A page of the items of one partition, or of one partition of an index. */
export interface Query {
  table: string;
  /** @default - the table itself, read consistently */
  index?: string;
  partition: { name: string; value: string };
  /** Only sort keys strictly after this one, in the order of the query. */
  after?: { name: string; value: string };
  /** Only sort keys that begin with this. */
  prefix?: { name: string; value: string };
  /**
   * Items whose attribute at one of these paths begins with the text; counted against `limit`
   * before they are dropped.
   */
  filter?: { paths: readonly string[]; beginsWith: string };
  newestFirst?: boolean;
  limit?: number;
}

/** Every operation throws StoreUnavailable when the database does not answer. */
export interface Database extends CommitPort {
  /** One item, strongly consistent. */
  read: (table: string, key: Key) => Promise<Item | undefined>;
  /** Items of several tables in one call, in the order asked; all strongly consistent. */
  readAll: (wanted: readonly { table: string; key: Key }[]) => Promise<(Item | undefined)[]>;
  /** `last` is the last item that was looked at, where the query has a further page. */
  query: (query: Query) => Promise<{ items: Item[]; last: Item | undefined }>;
  /** Changes one item and returns it as it was; or, where the conditions do not hold, as it is. */
  take: (
    write: Write & { kind: 'change' },
  ) => Promise<{ taken: Item } | { found: Item | undefined }>;
}

/** The store did not answer: an outage. The caller refuses and asks the person to try again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export function put(table: string, item: Item, ...when: Clause[]): Write {
  return { kind: 'put', table, item, when };
}

/** A new item: refused where one has the key. */
export function create(table: string, key: Key, item: object): Write {
  const [path = ''] = Object.keys(key);
  return put(table, { ...key, ...item }, { op: 'absent', path });
}

export function change<T>(
  table: string,
  key: Key,
  { change, when }: Transition<T>,
): Write & { kind: 'change' } {
  return {
    kind: 'change',
    table,
    key,
    change: change as AnyChange,
    when,
  };
}

export function erase(table: string, key: Key, ...when: Clause[]): Write {
  return { kind: 'erase', table, key, when };
}

export function check(table: string, key: Key, ...when: Clause[]): Write {
  return { kind: 'check', table, key, when };
}

/** Seconds since 1970, the unit of DynamoDB's time to live. */
export function ttlOf(ms: number): number {
  return Math.ceil(ms / 1000);
}
