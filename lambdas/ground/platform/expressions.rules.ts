/**
 * DynamoDB condition and update expressions from named clauses, so that a store reads as what it demands:
 * `when: [is('status', 'ACTIVE'), after('expiresAt', now)]`. Paths are dotted and may have list indexes: `grants[0].epoch`.
 */
export interface Expression {
  text: string;
  names: Record<string, string>;
  values: Record<string, unknown>;
}

/** Writes itself into an expression: `name` and `value` return placeholders. */
export type Clause = (placeholders: Placeholders) => string;

export interface Placeholders {
  name(path: string): string;
  value(value: unknown): string;
}

export const exists =
  (path: string): Clause =>
  (p) =>
    `attribute_exists(${p.name(path)})`;
export const absent =
  (path: string): Clause =>
  (p) =>
    `attribute_not_exists(${p.name(path)})`;
export const is =
  (path: string, value: unknown): Clause =>
  (p) =>
    `${p.name(path)} = ${p.value(value)}`;
export const isNot =
  (path: string, value: unknown): Clause =>
  (p) =>
    `${p.name(path)} <> ${p.value(value)}`;
export const same =
  (path: string, other: string): Clause =>
  (p) =>
    `${p.name(path)} = ${p.name(other)}`;
/** Strictly greater: an expiry after `value`, say. */
export const after =
  (path: string, value: number): Clause =>
  (p) =>
    `${p.name(path)} > ${p.value(value)}`;
export const notAfter =
  (path: string, value: number): Clause =>
  (p) =>
    `${p.name(path)} <= ${p.value(value)}`;
export const below =
  (path: string, value: number): Clause =>
  (p) =>
    `${p.name(path)} < ${p.value(value)}`;
export const oneOf =
  (path: string, values: readonly unknown[]): Clause =>
  (p) =>
    `${p.name(path)} IN (${values.map((value) => p.value(value)).join(', ')})`;
export const either =
  (...clauses: Clause[]): Clause =>
  (p) =>
    `(${clauses.map((clause) => clause(p)).join(' OR ')})`;
export const both =
  (...clauses: Clause[]): Clause =>
  (p) =>
    `(${clauses.map((clause) => clause(p)).join(' AND ')})`;

/** What an update does; `undefined` in `set` is skipped. */
export interface Change {
  set?: Record<string, unknown>;
  /** Adds to a number, from 0 if it is absent. */
  add?: Record<string, number>;
  /** Appends one element to a list, which may be absent. */
  append?: Record<string, unknown>;
  remove?: readonly string[];
}

/** All clauses must hold. */
export function condition(clauses: readonly Clause[], placeholders: Collected): string | undefined {
  return clauses.length === 0
    ? undefined
    : clauses.map((clause) => clause(placeholders)).join(' AND ');
}

/** The update expression of `change`. */
export function update(change: Change, p: Placeholders): string {
  const sets = [
    ...Object.entries(change.set ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([path, value]) => `${p.name(path)} = ${p.value(value)}`),
    ...Object.entries(change.add ?? {}).map(
      ([path, by]) =>
        `${p.name(path)} = if_not_exists(${p.name(path)}, ${p.value(0)}) + ${p.value(by)}`,
    ),
    ...Object.entries(change.append ?? {}).map(
      ([path, element]) =>
        `${p.name(path)} = list_append(if_not_exists(${p.name(path)}, ${p.value([])}), ${p.value([element])})`,
    ),
  ];
  const removes = (change.remove ?? []).map((path) => p.name(path));
  return [
    sets.length > 0 ? `SET ${sets.join(', ')}` : '',
    removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Hands out placeholders and remembers what they stand for. */
export class Collected implements Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  name(path: string): string {
    return path
      .split('.')
      .map((segment) => {
        const [attribute = '', ...index] = segment.split(/(?=\[)/);
        this.names[`#${attribute}`] = attribute;
        return `#${attribute}${index.join('')}`;
      })
      .join('.');
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}
