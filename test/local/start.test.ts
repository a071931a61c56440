import { afterEach, expect, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { BUILT_STACK } from '../built-stack.ts';
import { eventually } from '../journeys/clients/machine.ts';

const IMPORTED = {
  username: 'seeded',
  firstName: 'See',
  lastName: 'Ded',
  npi: '1234567893',
  password: 'Seeded-Password-1',
};

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

/** Starts the built stack, and gives what it printed until it was ready or ended. */
async function start(
  environment: Record<string, string>,
  args = ['--template', BUILT_STACK],
): Promise<{ text: string; code: number | undefined }> {
  const started = spawn(process.execPath, [resolve('bin/start.ts'), ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
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
});

test('without a template, npm start synthesizes one for its own portal, in a folder that it removes at the end', async () => {
  const { text } = await start({ PORT: '0', PORTAL_PORT: '0' }, []);
  const portal = /portal +(http\S+)/.exec(text)?.[1] ?? '';
  const api = /HTTP API +(\S+)/.exec(text)?.[1] ?? '';
  const folder = resolve('.portal-auth', `run-${new URL(portal).port}`);
  expect(
    (await fetch(`${api}/terms/current`, { headers: { origin: portal } })).headers.get(
      'access-control-allow-origin',
    ),
  ).toBe(portal);
  expect(existsSync(folder)).toBe(true);
  const exited = once(child as ChildProcess, 'exit');
  child?.kill('SIGTERM');
  await exited;
  expect(existsSync(folder)).toBe(false);
});

test('--seed loads its people beside the sample people, and --origin admits a page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-auth-seed-'));
  const file = join(folder, 'people.json');
  writeFileSync(file, JSON.stringify({ importedUsers: [IMPORTED] }));
  const origin = 'http://localhost:5173';
  const args = ['--template', BUILT_STACK, '--seed', file, '--origin', origin];
  const { text } = await start({ PORT: '0', PORTAL_PORT: '0' }, args);
  rmSync(folder, { recursive: true });
  const api = /HTTP API +(\S+)/.exec(text)?.[1] ?? '';
  const login = async (username: string, password: string): Promise<Response> =>
    await fetch(`${api}/mfa-registrations`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
  const seeded = await login(IMPORTED.username, IMPORTED.password);
  expect([seeded.status, seeded.headers.get('access-control-allow-origin')]).toEqual([201, origin]);
  expect((await login('jrivera', 'Portal-Pass-2024')).status).toBe(201);
});

test.each<[string, string, string]>([
  ['is not JSON', 'people', 'cannot be read'],
  ['has faults', '{"users":[{"username":"x"}]}', 'users[0].username'],
])(
  'a seed file that %s ends the start before anything is built, with the fault',
  async (_what, content, said) => {
    const folder = mkdtempSync(join(tmpdir(), 'portal-auth-seed-'));
    const file = join(folder, 'people.json');
    writeFileSync(file, content);
    const { text, code } = await start({ PORT: '0', PORTAL_PORT: '0' }, ['--seed', file]);
    rmSync(folder, { recursive: true });
    expect(code).toBe(1);
    expect(text).toContain(`Could not start: The seed file ${file}`);
    expect(text).toContain(said);
    expect(text).not.toContain('bundle the functions');
  },
  30_000,
);

test.each([
  ['PORT', 'PORTAL_PORT'],
  ['PORTAL_PORT', 'PORT'],
])(
  'a taken %s ends the start with the name of the variable, before anything is built',
  async (variable, other) => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;
    const { text, code } = await start({ [variable]: String(port), [other]: '0' }, []);
    busy.close();
    expect(code).toBe(1);
    expect(text).toContain(
      `Could not start: Port ${port} is taken. Set ${variable} to a free port`,
    );
    expect(text).not.toContain('bundle the functions');
  },
  30_000,
);

test.each<[string, string, string[], Record<string, string>]>([
  ['an unknown option', "Unknown option '--date'", ['--date', 'x'], {}],
  ['a stray argument', "Unexpected argument 'x'", ['x'], {}],
  ['an option without its value', "Option '--data <value>' argument missing", ['--data'], {}],
  ['an empty value', '--data is empty', ['--data='], {}],
  ['a port that is not a number', 'PORT is "http"', [], { PORT: 'http' }],
  ['an empty seed file', '--seed is empty. Name a file', ['--seed='], {}],
  [
    'an origin without a scheme',
    '--origin is "localhost:5173"',
    ['--origin', 'localhost:5173'],
    {},
  ],
  [
    'an origin with a path',
    '--origin is "http://a.example/b"',
    ['--origin', 'http://a.example/b'],
    {},
  ],
  [
    'an origin that is not of the web',
    '--origin is "ftp://a.example"',
    ['--origin', 'ftp://a.example'],
    {},
  ],
])(
  '%s ends the start with the usage and no stack trace',
  async (_what, said, args, environment) => {
    const { text, code } = await start({ PORT: '0', PORTAL_PORT: '0', ...environment }, args);
    expect(code).toBe(2);
    expect(text).toContain(`Could not start: ${said}`);
    expect(text).toContain('Usage: npm start [-- [--data DIR]');
    expect(text).not.toMatch(/^ +at /m);
  },
  30_000,
);

test('--help prints the usage', async () => {
  const { text, code } = await start({}, ['--help']);
  expect([text, code]).toEqual([expect.stringMatching(/^Usage: npm start/), 0]);
});

test('a kill that nothing can catch leaves no engine behind and loses no item; meanwhile no other process gets the directory', async () => {
  const data = mkdtempSync(join(tmpdir(), 'portal-auth-data-'));
  const free = { PORT: '0', PORTAL_PORT: '0' };
  const args = ['--template', BUILT_STACK, '--data', data];
  const running = (): boolean =>
    execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).includes(`--db-path ${data}`);
  const limits = async (text: string) => {
    const address = /every AWS service +(\S+)/.exec(text)?.[1] ?? '';
    const { tables } = (await (await fetch(`${address}/_local/outputs`)).json()) as {
      tables: { Limits: string };
    };
    return {
      TableName: tables.Limits,
      client: new DynamoDBClient({
        endpoint: address,
        region: 'us-east-1',
        credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      }),
    };
  };
  const first = await start(free, args);
  const killed = child as ChildProcess;
  const { client, TableName } = await limits(first.text);
  await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'kept' } } }));
  const second = await start(free, args);
  expect([second.code, second.text]).toEqual([
    1,
    expect.stringContaining(
      `Could not start: The data directory ${data} is in use by process ${killed.pid}`,
    ),
  ]);
  expect(running()).toBe(true);
  killed.kill('SIGKILL');
  await eventually(async () => (running() ? undefined : true), 'the end of the engine');
  const third = await limits((await start(free, args)).text);
  expect(
    (await third.client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'kept' } } }))).Item,
  ).toBeDefined();
  child?.kill('SIGTERM');
  await once(child as ChildProcess, 'exit');
  rmSync(data, { recursive: true });
});
