/**
 * Synthesizes stages for the tests, one at a time, until SIGTERM or its parent's end: CDK and its
 * checks take several times longer to load than to run. A POST of StageOptions is answered with an
 * Outcome.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { synthesize } from '../../lib/synthesize.ts';
import type { Outcome, StageOptions } from './synthesis.ts';

/** What is written while `work` runs, and whether that ends well. */
async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write.bind(stream));
  let said = '';
  for (const stream of streams)
    stream.write = (chunk: Uint8Array | string) => {
      said += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      return true;
    };
  try {
    await work();
    // So the CDK says that a check has open findings.
    return { succeeded: process.exitCode === undefined, said };
  } catch (error) {
    return { succeeded: false, said: `${said}${String(error)}` };
  } finally {
    process.exitCode = undefined;
    for (const [index, stream] of streams.entries()) stream.write = writes[index]!;
  }
}

function run({ without = [], overrides, ...options }: StageOptions): Promise<Outcome> {
  // JSON has no undefined.
  const left = Object.fromEntries(without.map((setting) => [setting, undefined]));
  return outcomeOf(() => synthesize({ ...options, overrides: { ...overrides, ...left } }));
}

let last: Promise<unknown> = Promise.resolve();
// A connection that is kept might be closed while the next request is on its way.
const server = createServer((request, response) => {
  response.setHeader('connection', 'close');
  const answered = Promise.all([json(request), last]).then(async ([options]) => {
    response.end(JSON.stringify(await run(options as StageOptions)));
  });
  last = answered.catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.disconnect());
process.once('disconnect', () => {
  server.close();
  server.closeAllConnections();
});
