import { afterEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { BUILT_STACK } from '../built-stack.ts';

let child: ChildProcess | undefined;
afterEach(() => { child?.kill('SIGKILL'); });

/** Starts the built stack, and gives what it printed until it was ready or ended. */
async function start(environment: Record<string, string>, args = ['--template', BUILT_STACK]): Promise<{ text: string; code: number | undefined }> {
  const started = spawn(process.execPath, [resolve('bin/start.ts'), ...args], { env: { ...process.env, NODE_OPTIONS: '', ...environment } });
  child = started;
  let text = '';
  return await new Promise((settle) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      if (/^ready$/m.test(text)) settle({ text, code: undefined });
    };
    started.stdout.on('data', read);
    started.stderr.on('data', read);
    started.on('exit', (code) => settle({ text, code: code ?? -1 }));
  });
}

test('npm start prints its addresses, keys and sample people, answers, and ends with everything it started', async () => {
  const { text } = await start({ PORT: '0', PORTAL_PORT: '0' });
  expect(text).toMatch(/operator key +AKIA\w+ \/ \S+/);
  expect(text).toContain('pat.phone@cedargrove.example');
  expect(text).toMatch(/not shown of AWS: .*WAF/);
  const address = /every AWS service +(\S+)/.exec(text)?.[1] ?? '';
  expect(await (await fetch(`${address}/_local/health`)).json()).toEqual({ status: 'ready' });
  const exited = once(child as ChildProcess, 'exit');
  child?.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expect(fetch(`${address}/_local/health`)).rejects.toThrow();
}, 30_000);

test.each([['PORT', 'PORTAL_PORT'], ['PORTAL_PORT', 'PORT']])('a taken %s ends the start with the name of the variable, before anything is built', async (variable, other) => {
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const { port } = busy.address() as AddressInfo;
  const { text, code } = await start({ [variable]: String(port), [other]: '0' }, []);
  busy.close();
  expect(code).toBe(1);
  expect(text).toContain(`Could not start: Port ${port} is taken. Set ${variable} to a free port`);
  expect(text).not.toContain('bundle the functions');
}, 30_000);

test.each<[string, string, string[], Record<string, string>]>([
  ['an unknown option', "Unknown option '--date'", ['--date', 'x'], {}],
  ['a stray argument', "Unexpected argument 'x'", ['x'], {}],
  ['an option without its value', "Option '--data <value>' argument missing", ['--data'], {}],
  ['an empty value', '--data is empty', ['--data='], {}],
  ['a port that is no number', 'PORT is "http"', [], { PORT: 'http' }],
])('%s ends the start with the usage and no stack trace', async (_what, said, args, environment) => {
  const { text, code } = await start({ PORT: '0', PORTAL_PORT: '0', ...environment }, args);
  expect(code).toBe(2);
  expect(text).toContain(`Could not start: ${said}`);
  expect(text).toContain('Usage: npm start [-- [--data DIR]');
  expect(text).not.toMatch(/^ +at /m);
}, 30_000);

test('--help prints the usage', async () => {
  const { text, code } = await start({}, ['--help']);
  expect([text, code]).toEqual([expect.stringMatching(/^Usage: npm start/), 0]);
}, 30_000);
