/**
 * Reads the lines of a file as text. A line that is not in the file's encoding, or too long, is a
 * fault of that line only.
 */
import { open } from 'node:fs/promises';

export type Line = { line: number; bytes: number } & ({ text: string } | { fault: string });

/** Bytes. A longer line is refused and skipped, so that memory stays flat. */
const LONGEST_LINE = 64 * 1024;
/** Bytes that show the encoding of a file. */
const SAMPLE = 4096;

const [LF, CR] = [0x0a, 0x0d];

/** An encoding that this command line cannot read. */
export class UnknownEncoding extends Error {}

/** @throws UnknownEncoding */
export function checkEncoding(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new UnknownEncoding(
      `--encoding ${label}: this encoding is unknown. Use a name of the WHATWG Encoding ` +
        'Standard, such as windows-1252.',
    );
  }
}

/**
 * The lines of a file, without their ends (LF, CRLF or CR).
 * @param encoding a WHATWG label. Absent: UTF-8, or UTF-16 if the file's first bytes show it
 */
export async function* readLines(file: string, encoding?: string): AsyncGenerator<Line> {
  const handle = await open(file);
  try {
    const sample = Buffer.alloc(SAMPLE);
    const { bytesRead } = await handle.read(sample, 0, SAMPLE, 0);
    const found = encoding ?? encodingOf(sample.subarray(0, bytesRead));
    const chunks = handle.createReadStream({ start: 0, autoClose: false });
    const isWide = found.startsWith('utf-16');
    const decode = lineDecoder(isWide ? 'utf-8' : found);
    let line = 0;
    for await (const { bytes, size } of splitLines(isWide ? asUtf8(chunks, found) : chunks)) {
      line += 1;
      if (bytes === undefined) {
        yield {
          line,
          bytes: size,
          fault: `is longer than ${LONGEST_LINE} bytes`,
        };
        continue;
      }
      const read = decode(bytes);
      yield {
        line,
        bytes: isWide ? size * 2 : size,
        ...read,
      };
    }
  } finally {
    await handle.close();
  }
}

/** By its byte order mark; without one, UTF-16 has a zero in every other byte of ASCII text. */
function encodingOf(sample: Buffer): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  if (sample.length >= 4 && sample[1] === 0 && sample[3] === 0) return 'utf-16le';
  if (sample.length >= 4 && sample[0] === 0 && sample[2] === 0) return 'utf-16be';
  return 'utf-8';
}

async function* asUtf8(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks)
    yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
}

/** `size` counts the line's end too; `bytes` is undefined where the line is too long. */
interface RawLine {
  bytes: Buffer | undefined;
  size: number;
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawLine> {
  let rest: Buffer = Buffer.alloc(0);
  let dropped = 0;
  for await (const chunk of chunks) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = endOfLine(buffer, start); end !== undefined; end = endOfLine(buffer, start)) {
      yield rawLine(buffer.subarray(start, end.at), end.next - start, dropped);
      [start, dropped] = [end.next, 0];
    }
    rest = buffer.subarray(start);
    if (rest.length > 2 * LONGEST_LINE) {
      dropped += rest.length;
      // A line's end may lie between two chunks: its CR stays.
      rest = rest.at(-1) === CR ? Buffer.from([CR]) : Buffer.alloc(0);
    }
  }
  if (rest.at(-1) === CR) rest = rest.subarray(0, -1);
  if (rest.length > 0 || dropped > 0) yield rawLine(rest, rest.length, dropped);
}

function rawLine(bytes: Buffer, size: number, dropped: number): RawLine {
  const isTooLong = dropped > 0 || bytes.length > LONGEST_LINE;
  return { bytes: isTooLong ? undefined : bytes, size: size + dropped };
}

/** A CR that ends the buffer waits for the next chunk, which may begin with its LF. */
function endOfLine(buffer: Buffer, from: number): { at: number; next: number } | undefined {
  const lf = buffer.indexOf(LF, from);
  const cr = buffer.subarray(from, lf === -1 ? buffer.length : lf).indexOf(CR) + from;
  if (cr >= from && cr < buffer.length - 1)
    return { at: cr, next: cr + (buffer[cr + 1] === LF ? 2 : 1) };
  return lf === -1 ? undefined : { at: lf, next: lf + 1 };
}

function lineDecoder(encoding: string): (bytes: Buffer) => { text: string } | { fault: string } {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => {
    try {
      return { text: decoder.decode(bytes) };
    } catch {
      return { fault: notInEncoding(bytes, encoding) };
    }
  };
}

function notInEncoding(bytes: Buffer, encoding: string): string {
  if (encoding !== 'utf-8') return `is not ${encoding}`;
  const before = new TextDecoder('utf-8').decode(bytes).indexOf('\ufffd');
  return (
    `is not UTF-8 (character ${before + 1}). If the file comes from Excel on Windows, import it ` +
    'with --encoding windows-1252'
  );
}
