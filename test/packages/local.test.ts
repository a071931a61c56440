/**
 * The local machine as somebody else has it: packed, installed into an empty folder, and run there.
 * The engine is linked from here, so that no registry is needed.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildLocalPackage } from '../../bin/build-local-package.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { ERIN, Machine, PASSWORD } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { ended } from '../shared/ended.ts';

const ENGINE = `@dynoxide/${process.platform}-${process.arch}`;
const ANOTHER_PORTAL = 'http://localhost:4200';

let folder: string;
let program: ChildProcess;
let printed = '';
let machine: Machine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-tests-'));
  install(await buildLocalPackage());
  program = spawn(process.execPath, [programPath(), '--origin', ANOTHER_PORTAL], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', PORTAL_PORT: '0' },
  });
  await ready(program);
  const endpoint = /every AWS service +(\S+)/.exec(printed)?.[1] ?? '';
  const outputs = (await (
    await fetch(`${endpoint}/_local/outputs`)
  ).json()) as LocalStack['outputs'];
  const operatorCredentials = { accessKeyId: '', secretAccessKey: '' };
  machine = new Machine({
    endpoint,
    outputs,
    operatorCredentials,
    stop: () => Promise.resolve(),
  });
});
afterAll(async () => {
  await ended(program, 'The packed machine');
  rmSync(folder, { recursive: true, force: true });
});

const programPath = (): string => join(folder, 'node_modules/@portal-auth/local/dist/start.mjs');

function install(source: string): void {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const inFolder = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', env });
  const [packed] = JSON.parse(inFolder('pack', source, '--json', '--pack-destination', folder)) as {
    filename: string;
  }[];
  const dependencies = {
    '@portal-auth/local': `file:${packed?.filename}`,
    [ENGINE]: `file:${resolve('node_modules', ENGINE)}`,
  };
  const consumer = { name: 'consumer', private: true, dependencies };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(consumer));
  inFolder('install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund');
}

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resume, failed) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (/^ready$/m.test(printed)) resume();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => failed(new Error(`It ended with ${code}:\n${printed}`)));
  });
}

test('signs a person in, with a code from the mailbox', async () => {
  const erin = new PortalUser(machine, ERIN.email);
  const { AccessToken } = await erin.signIn(PASSWORD, 'EMAIL', ERIN.email);
  expect(await machine.api('GET', '/me', undefined, AccessToken)).toMatchObject({
    status: 200,
    body: { username: ERIN.username },
  });
});

test('serves the portal, with the addresses of this run', async () => {
  const { portalUrl, apiUrl, userPoolClientId } = machine.outputs;
  expect(await (await fetch(`${portalUrl}/config.json`)).json()).toMatchObject({
    apiUrl,
    userPoolClientId,
  });
  expect((await fetch(portalUrl)).headers.get('content-security-policy')).toContain(
    new URL(apiUrl).host,
  );
});

test('admits the pages of its own portal and of another one, and no other', async () => {
  const allowed = async (origin: string): Promise<string | null> => {
    const response = await fetch(`${machine.outputs.apiUrl}/terms`, { headers: { origin } });
    return response.headers.get('access-control-allow-origin');
  };
  const { portalUrl } = machine.outputs;
  expect(await allowed(portalUrl)).toBe(portalUrl);
  expect(await allowed(ANOTHER_PORTAL)).toBe(ANOTHER_PORTAL);
  expect(await allowed('http://localhost:4201')).toBeNull();
});

test('shows mail, texts and calls', async () => {
  const page = await fetch(machine.stack.endpoint);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('/devices/page.js');
});

test('names itself where it is called wrongly', async () => {
  const { code, said } = await new Promise<{ code: unknown; said: string }>((done) => {
    execFile(process.execPath, [programPath(), '--orgin', 'x'], (error, _out, said) =>
      done({ code: error?.code, said }),
    );
  });
  expect({ code, said }).toEqual({
    code: 2,
    said: expect.stringContaining('Usage: npx @portal-auth/local'),
  });
});

test('has the engine that this repository tests', () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(resolve(file), 'utf8')) as Record<string, unknown>;
  expect(read('packages/local/package.json').optionalDependencies).toEqual(
    read('package.json').optionalDependencies,
  );
});
