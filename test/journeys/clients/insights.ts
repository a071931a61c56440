/** A small Logs Insights: the commands that the saved queries use, over lines of JSON. */

type Row = Record<string, unknown>;

/** Runs a query. @throws Error on a command that it does not know */
export function runQuery(query: string, lines: readonly Row[]): Row[] {
  return query
    .split(/\s*\n?\|\s+(?=fields|filter|stats|sort|limit)/)
    .reduce<Row[]>((rows, command) => apply(command.trim(), rows), [...lines]);
}

function apply(command: string, rows: Row[]): Row[] {
  const [word = '', rest = ''] = [command.split(' ')[0], command.slice(command.indexOf(' ') + 1)];
  switch (word) {
    case 'fields':
      return rows;
    case 'filter':
      return rows.filter((row) => holds(rest, row));
    case 'stats':
      return statistics(rest, rows);
    case 'sort':
      return sorted(rest, rows);
    case 'limit':
      return rows.slice(0, Number(rest));
    default:
      throw new Error(`This Logs Insights has no command ${word}.`);
  }
}

function holds(condition: string, row: Row): boolean {
  return condition.split(' or ').some((one) => {
    const [, present] = /^ispresent\((\S+)\)$/.exec(one) ?? [];
    if (present !== undefined) return row[present] !== undefined;
    const [, like, pattern = ''] = /^(\S+) like \/(.+)\/$/.exec(one) ?? [];
    if (like !== undefined) return new RegExp(pattern).test(textOf(row[like]));
    const [, list, members = ''] = /^(\S+) in \[(.+)\]$/.exec(one) ?? [];
    if (list !== undefined) return JSON.parse(`[${members}]`).includes(row[list]);
    const [, equal, value] = /^(\S+) = "(.*)"$/.exec(one) ?? [];
    if (equal === undefined) throw new Error(`This Logs Insights cannot evaluate ${one}.`);
    return row[equal] === value;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function statistics(rest: string, rows: Row[]): Row[] {
  const [, name = '', by = ''] = /^count\(\*\) as (\w+) by (.+)$/.exec(rest) ?? [];
  const fields = by.split(', ');
  const groups = new Map<string, Row>();
  for (const row of rows) {
    const group = Object.fromEntries(fields.map((field) => [field, row[field]]));
    const key = JSON.stringify(group);
    const counted = groups.get(key) ?? { ...group, [name]: 0 };
    groups.set(key, { ...counted, [name]: Number(counted[name]) + 1 });
  }
  return [...groups.values()];
}

function sorted(rest: string, rows: Row[]): Row[] {
  const [field = '', direction] = rest.split(' ');
  const name = field === '@timestamp' ? 'timestamp' : field;
  const ascending = [...rows].sort((left, right) =>
    String(left[name]).localeCompare(String(right[name]), 'en', { numeric: true }),
  );
  return direction === 'desc' ? ascending.reverse() : ascending;
}
