/**
 * Reads the rows of a CSV or JSON Lines file. What is wrong with one row is a fault of that row;
 * what is wrong with the header is a fault of the file.
 */
import { parse } from 'csv-parse/sync';
import { type Columns, HeaderFault, headerOf, nameOf } from './columns.ts';
import { type Line, readLines } from './lines.ts';

/** `bytes` is what the row takes of the file. */
export type Row = { line: number; bytes: number } & (
  { values: Record<string, unknown> } | { fault: string }
);

export interface FileToRead {
  file: string;
  /** @default - UTF-8 or UTF-16 */
  encoding?: string | undefined;
  columns: Columns;
}

/** The most lines of a quoted field, so that an unclosed quote does not swallow other rows. */
const MOST_LINES_OF_A_ROW = 20;

/** @throws HeaderFault */
export async function* readRows({ file, encoding, columns }: FileToRead): AsyncGenerator<Row> {
  const lines = withLookAhead(readLines(file, encoding));
  const beginning = await firstText(lines);
  const isJson = /\.(jsonl|ndjson)$/i.test(file) || /^[{[]/.test(beginning);
  if (isJson) refuseDocument(beginning);
  yield* isJson ? jsonRows(lines, columns) : csvRows(lines, columns);
}

/** The most empty lines before the first row. */
const MOST_EMPTY_LINES = 100;

/** The first line with text; it stays where it is. */
async function firstText(lines: Lines): Promise<string> {
  for (let distance = 0; distance < MOST_EMPTY_LINES; distance += 1) {
    const line = await lines.peek(distance);
    if (line === undefined || 'fault' in line) return '';
    if (line.text.trim() !== '') return line.text.trim();
  }
  return '';
}

/**
 * @throws HeaderFault if this begins one JSON document over several lines, or an array of objects
 */
function refuseDocument(beginning: string): void {
  if (beginning !== '{' && beginning !== '[' && !/^\[\s*\{/.test(beginning)) return;
  const what = beginning.startsWith('[') ? 'a JSON array' : 'an object over several lines';
  throw new HeaderFault(
    `The file begins with ${what}. Write one object on each line, without commas between them ` +
      '(JSON Lines).',
  );
}

/** Lines, with a look at those that follow. */
interface Lines {
  next: () => Promise<Line | undefined>;
  /** The line after `distance` further ones; it stays where it is. */
  peek: (distance: number) => Promise<Line | undefined>;
}

function withLookAhead(source: AsyncGenerator<Line>): Lines {
  const ahead: Line[] = [];
  const peek = async (distance: number): Promise<Line | undefined> => {
    while (ahead.length <= distance) {
      const read = await source.next();
      if (read.done === true) return undefined;
      ahead.push(read.value);
    }
    return ahead[distance];
  };
  return {
    peek,
    async next() {
      await peek(0);
      return ahead.shift();
    },
  };
}

async function* jsonRows(lines: Lines, columns: Columns): AsyncGenerator<Row> {
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    if ('fault' in line) yield line;
    else if (line.text.trim() !== '')
      yield {
        line: line.line,
        bytes: line.bytes,
        ...jsonRow(line.text, columns),
      };
  }
}

function jsonRow(
  text: string,
  columns: Columns,
): { values: Record<string, unknown> } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'is not valid JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fault: 'is not a JSON object' };
  const values = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    const name = nameOf(key, columns) ?? key;
    if (values.has(name)) return { fault: `${name}: is given twice` };
    if (member !== null) values.set(name, member);
  }
  return { values: present(values) };
}

/** A member that is empty is absent. */
function present(values: Iterable<[string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(
    [...values].filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
  );
}

async function* csvRows(lines: Lines, columns: Columns): AsyncGenerator<Row> {
  let first = await lines.next();
  while (first !== undefined && 'text' in first && first.text.trim() === '')
    first = await lines.next();
  if (first === undefined) throw new HeaderFault('The file is empty.');
  // Excel's own way to name the delimiter; the header shows it too.
  if ('text' in first && /^"?sep=[,;\t]"?$/i.test(first.text.trim())) first = await lines.next();
  if (first === undefined) throw new HeaderFault('The file has no header.');
  if ('fault' in first) throw new HeaderFault(`The header (line ${first.line}) ${first.fault}.`);
  const delimiter = delimiterOf(first.text);
  const cells = cellsOf(first.text, delimiter);
  if ('code' in cells)
    throw new HeaderFault(`The header (line ${first.line}) ${faultOf(cells.code)}.`);
  const header = headerOf(cells.cells, columns);
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    const row = 'fault' in line ? line : await csvRow(line, lines, { header, delimiter });
    if ('fault' in row || Object.keys(row.values).length > 0) yield row;
  }
}

/** Spreadsheets write commas, semicolons or tabs, by the computer's region. */
function delimiterOf(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

interface Layout {
  header: string[];
  delimiter: string;
}

async function csvRow(
  { line, text, bytes }: Line & { text: string },
  lines: Lines,
  { header, delimiter }: Layout,
): Promise<Row> {
  let [whole, taken] = [text, bytes];
  for (let further = 0; ; further += 1) {
    const read = cellsOf(whole, delimiter);
    if ('cells' in read) {
      if (further > 0 && hasRowsInside(whole, { header, delimiter }))
        return { line, bytes, fault: faultOf(UNCLOSED) };
      for (let skipped = 0; skipped < further; skipped += 1) await lines.next();
      return {
        line,
        bytes: taken,
        ...rowOf(read.cells, header),
      };
    }
    const next =
      read.code === UNCLOSED && further < MOST_LINES_OF_A_ROW
        ? await lines.peek(further)
        : undefined;
    if (next === undefined || 'fault' in next)
      return {
        line,
        bytes,
        fault: faultOf(further === 0 ? read.code : UNCLOSED),
      };
    whole += `\n${next.text}`;
    taken += next.bytes;
  }
}

/**
 * A quote that was never meant to open closes at the next stray one: then every line by itself has
 * as many fields as the header, and is a row of its own.
 */
function hasRowsInside(text: string, { header, delimiter }: Layout): boolean {
  return text.split('\n').every((line) => line.split(delimiter).length >= header.length);
}

function rowOf(
  cells: string[],
  header: string[],
): { values: Record<string, unknown> } | { fault: string } {
  if (cells.slice(header.length).some((cell) => cell !== ''))
    return { fault: `has ${cells.length} fields, and the header has ${header.length}` };
  return { values: present(header.map((name, index) => [name, cells[index] ?? ''])) };
}

const UNCLOSED = 'CSV_QUOTE_NOT_CLOSED';

/** Excel writes `="1234567893"` to keep a number as text. */
function withoutFormulas(text: string, delimiter: string): string {
  if (!text.includes('="')) return text;
  const formula = new RegExp(`(^|${delimiter})=("[^"]*")(?=${delimiter}|$)`, 'g');
  return text.replaceAll(formula, '$1$2');
}

/** The same in a file that was saved again, as CSV quotes it: the cell is `="1234567893"`. */
function withoutFormula(cell: string): string {
  return /^="([^"]*)"$/.exec(cell)?.[1] ?? cell;
}

function cellsOf(text: string, delimiter: string): { cells: string[] } | { code: string } {
  if (!text.includes('"')) return { cells: text.split(delimiter).map((cell) => cell.trim()) };
  try {
    const [cells = []] = parse(withoutFormulas(text, delimiter), {
      delimiter,
      trim: true,
      relax_column_count: true,
    });
    return { cells: cells.map(withoutFormula) };
  } catch (error) {
    return { code: (error as { code?: string }).code ?? 'UNKNOWN' };
  }
}

function faultOf(code: string): string {
  return code === UNCLOSED
    ? 'has a quote that is opened and not closed'
    : 'has a stray quote: a field with quotes is quoted as a whole, and each quote in it is ' +
        'doubled';
}
