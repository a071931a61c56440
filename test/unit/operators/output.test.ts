import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EXIT, exitCodeOf, NotFound, Output } from '../../../bin/ops/output.ts';

let out: string;
let err: string;
beforeEach(() => {
  [out, err] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  jest.spyOn(console, 'log').mockImplementation((text) => void (out += `${text}\n`));
  jest.spyOn(console, 'error').mockImplementation((text) => void (err += `${text}\n`));
});
afterEach(() => void jest.restoreAllMocks());

/** The exit code of a command whose events end with a failure after a number of them. */
async function streaming(events: number, failure: Error): Promise<number> {
  async function* read() {
    for (let event = 0; event < events; event += 1) yield { event };
    await Promise.reject(failure);
  }
  try {
    await new Output(true).stream(read());
    return EXIT.done;
  } catch (error) {
    return exitCodeOf(error, true);
  }
}

describe('with --json, a list whose reading fails', () => {
  test('before the first entry is one error', async () => {
    expect(await streaming(0, new NotFound('Nothing is there.'))).toBe(EXIT.failed);
    expect(JSON.parse(out)).toEqual({ error: { code: 'NOT_FOUND', message: 'Nothing is there.' } });
  });

  test('after that breaks off, with the error beside it and not in it', async () => {
    expect(await streaming(2, new Error('DynamoDB does not answer.'))).toBe(EXIT.failed);
    expect(out).toBe('[\n{"event":0},\n{"event":1}');
    expect(err).toBe('ops: DynamoDB does not answer.\n');
  });
});
