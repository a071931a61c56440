/** Renders clauses and changes as DynamoDB condition and update expressions. */
import type { AnyChange, Clause, Copied } from './attributes.rules.ts';

/** Hands out placeholders for attribute names and values, and remembers what each of them means. */
export class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  /** A dotted path, whose segments may have list indexes: `grants[0].epoch`. */
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

const COMPARISONS = {
  is: '=',
  after: '>',
  notAfter: '<=',
  below: '<',
} as const;

function render(clause: Clause, p: Placeholders): string {
  switch (clause.op) {
    case 'exists':
      return `attribute_exists(${p.name(clause.path)})`;
    case 'absent':
      return `attribute_not_exists(${p.name(clause.path)})`;
    case 'is':
    case 'after':
    case 'notAfter':
    case 'below':
      return `${p.name(clause.path)} ${COMPARISONS[clause.op]} ${p.value(clause.value)}`;
    case 'same':
      return `${p.name(clause.path)} = ${p.name(clause.other)}`;
    case 'oneOf':
      return (
        `${p.name(clause.path)} IN ` +
        `(${clause.values.map((value) => p.value(value)).join(', ')})`
      );
    case 'either':
    case 'both': {
      const word = clause.op === 'either' ? ' OR ' : ' AND ';
      return `(${clause.clauses.map((inner) => render(inner, p)).join(word)})`;
    }
  }
}

/** All clauses must hold. */
export function conditionExpression(
  clauses: readonly Clause[],
  p: Placeholders,
): string | undefined {
  return clauses.length === 0
    ? undefined
    : clauses.map((clause) => render(clause, p)).join(' AND ');
}

function source({ from, otherwise }: Copied, p: Placeholders): string {
  if (otherwise === undefined) return p.name(from);
  return `if_not_exists(${p.name(from)}, ${p.value(otherwise)})`;
}

export function updateExpression(change: AnyChange, p: Placeholders): string {
  const { set, add, append, copy, remove } = change;
  const sets = [
    ...Object.entries(set ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([path, value]) => `${p.name(path)} = ${p.value(value)}`),
    ...Object.entries(add ?? {}).map(
      ([path, by]) =>
        `${p.name(path)} = if_not_exists(${p.name(path)}, ${p.value(0)}) + ${p.value(by)}`,
    ),
    ...Object.entries(append ?? {}).map(
      ([path, element]) =>
        `${p.name(path)} = ` +
        `list_append(if_not_exists(${p.name(path)}, ${p.value([])}), ${p.value([element])})`,
    ),
    ...Object.entries(copy ?? {}).map(([path, copied]) => `${p.name(path)} = ${source(copied, p)}`),
  ];
  const removes = (remove ?? []).map((path) => p.name(path));
  return [
    sets.length > 0 ? `SET ${sets.join(', ')}` : '',
    removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
