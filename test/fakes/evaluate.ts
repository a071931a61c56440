/**
 * Evaluates conditions and changes on plain items, as DynamoDB does, and refuses what DynamoDB
 * refuses.
 */
import type { AnyChange, Clause } from '../../lambdas/ground/platform/attributes.rules.ts';
import type { Item } from '../../lambdas/ground/platform/database.ts';

type Step = string | number;

/** What DynamoDB answers with a ValidationException: a fault of the code, never of the data. */
export class InvalidWrite extends Error {
  override readonly name = 'InvalidWrite';
}

/** `grants[0].epoch` → `['grants', 0, 'epoch']`. */
function stepsOf(path: string): Step[] {
  return path.split('.').flatMap((segment) => {
    const [attribute = '', ...indexes] = segment.split(/(?=\[)/);
    return [attribute, ...indexes.map((index) => Number(index.slice(1, -1)))];
  });
}

export function valueAt(item: Item | undefined, path: string): unknown {
  return stepsOf(path).reduce<unknown>(
    (value, step) => (value as Record<Step, unknown> | undefined)?.[step],
    item,
  );
}

function holds(clause: Clause, item: Item | undefined): boolean {
  switch (clause.op) {
    case 'exists':
      return valueAt(item, clause.path) !== undefined;
    case 'absent':
      return valueAt(item, clause.path) === undefined;
    case 'is':
      return isSame(valueAt(item, clause.path), clause.value);
    case 'same': {
      const value = valueAt(item, clause.path);
      return value !== undefined && isSame(value, valueAt(item, clause.other));
    }
    case 'after':
    case 'notAfter':
    case 'below':
      return compares(clause.op, valueAt(item, clause.path), clause.value);
    case 'oneOf':
      return clause.values.some((value) => isSame(valueAt(item, clause.path), value));
    case 'either':
      return clause.clauses.some((inner) => holds(inner, item));
    case 'both':
      return clause.clauses.every((inner) => holds(inner, item));
  }
}

export function allHold(clauses: readonly Clause[], item: Item | undefined): boolean {
  return clauses.every((clause) => holds(clause, item));
}

function isSame(a: unknown, b: unknown): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

function compares(op: 'after' | 'notAfter' | 'below', value: unknown, other: unknown): boolean {
  if (typeof value !== 'number' || typeof other !== 'number') return false;
  if (op === 'after') return value > other;
  return op === 'below' ? value < other : value <= other;
}

/**
 * The item after a change. Throws InvalidWrite for overlapping paths and for paths into what is not
 * there.
 */
export function changed(item: Item, change: AnyChange): Item {
  const set = Object.entries(change.set ?? {}).filter(([, value]) => value !== undefined);
  const add = Object.entries(change.add ?? {});
  const append = Object.entries(change.append ?? {});
  const copy = Object.entries(change.copy ?? {});
  const remove = change.remove ?? [];
  refuseOverlaps([...set, ...add, ...append, ...copy].map(([path]) => path).concat(remove));
  if (set.length + add.length + append.length + copy.length + remove.length === 0)
    throw new InvalidWrite('An update changes nothing.');
  const next = structuredClone(item);
  for (const [path, value] of set) write(next, path, withoutUndefined(value));
  for (const [path, by] of add) write(next, path, (numberAt(item, path) ?? 0) + by);
  for (const [path, element] of append) {
    const list = (valueAt(item, path) ?? []) as unknown[];
    write(next, path, [...list, withoutUndefined(element)]);
  }
  for (const [path, { from, otherwise }] of copy) {
    const copied = valueAt(item, from) ?? otherwise;
    if (copied === undefined)
      throw new InvalidWrite(`The expression refers to ${from}, which is not there.`);
    write(next, path, structuredClone(copied));
  }
  for (const path of [...remove].sort(lastElementFirst)) erase(next, path);
  return next;
}

/**
 * Paths name elements as they are before the change, in whatever order: a later element goes before
 * an earlier one.
 */
function lastElementFirst(a: string, b: string): number {
  const [one, other] = [stepsOf(a).at(-1), stepsOf(b).at(-1)];
  return typeof one === 'number' && typeof other === 'number' ? other - one : 0;
}

function refuseOverlaps(paths: readonly string[]): void {
  for (const [index, path] of paths.entries())
    for (const other of paths.slice(index + 1))
      if (path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`))
        throw new InvalidWrite(`Two document paths overlap: ${path} and ${other}.`);
}

function numberAt(item: Item, path: string): number | undefined {
  const value = valueAt(item, path);
  if (value !== undefined && typeof value !== 'number')
    throw new InvalidWrite(`${path} is not a number.`);
  return value;
}

function parentOf(item: Item, path: string): { parent: Record<Step, unknown>; last: Step } {
  const steps = stepsOf(path);
  const last = steps.pop() as Step;
  const parent = steps.reduce<unknown>(
    (value, step) => (value as Record<Step, unknown> | undefined)?.[step],
    item,
  );
  if (typeof parent !== 'object' || parent === null)
    throw new InvalidWrite(`The document path ${path} leads into what is not there.`);
  return { parent: parent as Record<Step, unknown>, last };
}

function write(item: Item, path: string, value: unknown): void {
  const { parent, last } = parentOf(item, path);
  parent[last] = value;
}

function erase(item: Item, path: string): void {
  const steps = stepsOf(path);
  if (valueAt(item, path) === undefined && steps.length === 1) return;
  const { parent, last } = parentOf(item, path);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}

/** As the document client marshals: members without a value are left out. */
export function withoutUndefined<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
