/**
 * Conditions on stored records and changes to them, as plain data with typed paths.
 * `dynamo.client.ts` renders them as DynamoDB expressions; the tests' database in memory evaluates
 * them.
 */

type Scalar = string | number | boolean | bigint | null | undefined | readonly unknown[];

/**
 * Every path into `T`: `status`, `open.code.attemptsLeft`, `grants[0].epoch`. Members of a union
 * are all reachable.
 */
type Path<T> = T extends Scalar
  ? never
  : {
      [K in keyof T & string]-?: K | `${K}.${Path<NonNullable<T[K]>>}` | ElementPath<K, T[K]>;
    }[keyof T & string];

type ElementPath<Name extends string, List> =
  NonNullable<List> extends readonly (infer Element)[]
    ? `${Name}[${number}]` | `${Name}[${number}].${Path<Element>}`
    : never;

/** The type of the value at a path of `T`. */
type ValueAt<T, P extends string> = T extends unknown
  ? P extends `${infer Head}.${infer Rest}`
    ? ValueAt<NonNullable<MemberAt<T, Head>>, Rest>
    : MemberAt<T, P>
  : never;

type MemberAt<T, Name extends string> = Name extends keyof T
  ? T[Name]
  : Name extends `${infer List}[${number}]`
    ? List extends keyof T
      ? NonNullable<T[List]> extends readonly (infer Element)[]
        ? Element
        : never
      : never
    : never;

export type Clause =
  | { op: 'exists' | 'absent'; path: string }
  | { op: 'is' | 'after' | 'notAfter' | 'below'; path: string; value: unknown }
  | { op: 'same'; path: string; other: string }
  | { op: 'oneOf'; path: string; values: readonly unknown[] }
  | { op: 'either' | 'both'; clauses: readonly Clause[] };

/** The clauses that conditions on a record of type `T` are made of. */
export interface ClausesOf<T> {
  exists: (path: Path<T>) => Clause;
  absent: (path: Path<T>) => Clause;
  is: <P extends Path<T>>(path: P, value: ValueAt<T, P>) => Clause;
  /** The value that the caller saw, or none as the caller saw. */
  unchanged: <P extends Path<T>>(path: P, seen: ValueAt<T, P> | undefined) => Clause;
  /** Two attributes of the record are equal. */
  same: (path: Path<T>, other: Path<T>) => Clause;
  /** Strictly greater: an expiry after `value`, for example. */
  after: (path: Path<T>, value: number) => Clause;
  notAfter: (path: Path<T>, value: number) => Clause;
  below: (path: Path<T>, value: number) => Clause;
  oneOf: <P extends Path<T>>(path: P, values: readonly ValueAt<T, P>[]) => Clause;
}

/** Clauses whose paths the compiler checks against `T`. */
export function clausesOf<T>(): ClausesOf<T> {
  const test =
    (op: 'exists' | 'absent') =>
    (path: string): Clause => ({ op, path });
  const compare =
    (op: 'is' | 'after' | 'notAfter' | 'below') =>
    (path: string, value: unknown): Clause => ({ op, path, value });
  return {
    exists: test('exists'),
    absent: test('absent'),
    is: compare('is'),
    unchanged: (path: string, seen: unknown) =>
      seen === undefined ? { op: 'absent', path } : { op: 'is', path, value: seen },
    same: (path: string, other: string) => ({ op: 'same', path, other }),
    after: compare('after'),
    notAfter: compare('notAfter'),
    below: compare('below'),
    oneOf: (path: string, values: readonly unknown[]) => ({ op: 'oneOf', path, values }),
  };
}

export function either(...clauses: Clause[]): Clause {
  return { op: 'either', clauses };
}

export function both(...clauses: Clause[]): Clause {
  return { op: 'both', clauses };
}

/**
 * What an update does to a record of type `T`. Members of `set` that are `undefined` are skipped.
 */
export interface Change<T> {
  set?: { [P in Path<T>]?: ValueAt<T, P> | undefined };
  /** Adds to a number, from 0 if it is absent. */
  add?: { [P in Path<T>]?: number };
  /** Appends one element to a list, which may be absent. */
  append?: { [P in Path<T>]?: NonNullable<ValueAt<T, P>> extends readonly (infer E)[] ? E : never };
  /**
   * Sets a path to what another one has before the change, or to `otherwise` where it is absent.
   */
  copy?: { [P in Path<T>]?: Copied<Path<T>> };
  remove?: readonly Path<T>[];
}

/** Without `otherwise` the conditions must hold only for an item that has `from`. */
export interface Copied<From extends string = string> {
  from: From;
  otherwise?: unknown;
}

/** A change without its record's type, as the database takes it. */
export interface AnyChange {
  set?: Readonly<Record<string, unknown>>;
  add?: Readonly<Record<string, number>>;
  append?: Readonly<Record<string, unknown>>;
  copy?: Readonly<Record<string, Copied>>;
  remove?: readonly string[];
}

/** A named step of a record: what it changes, and what must hold for it. */
export interface Transition<T> {
  change: Change<T>;
  when: readonly Clause[];
}

/** Two changes as one. Where both set an attribute, the second wins; what is set is not removed. */
export function mergeChanges<T>(first: Change<T>, second: Change<T>): Change<T> {
  const [a, b] = [first as AnyChange, second as AnyChange];
  const set = { ...a.set, ...b.set };
  const merged: AnyChange = {
    set,
    add: { ...a.add, ...b.add },
    append: { ...a.append, ...b.append },
    copy: { ...a.copy, ...b.copy },
    remove: [...new Set([...(a.remove ?? []), ...(b.remove ?? [])])].filter(
      (path) => set[path] === undefined,
    ),
  };
  return merged as Change<T>;
}
