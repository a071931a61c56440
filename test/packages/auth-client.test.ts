/**
 * The auth client as somebody else has it: packed, and installed into an empty folder. Its
 * libraries are linked from here, so that no registry is needed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isWireCurrent } from '../../bin/auth-client-wire.ts';
import { buildAuthClient } from '../../bin/build-auth-client.ts';

const OWN_BYTES = 25 * 1024;
const COGNITO = 'amazon-cognito-identity-js';
const OPEN_ID = 'oidc-client-ts';
const LIBRARIES = [COGNITO, OPEN_ID, 'jwt-decode'];

let folder: string;
const inFolder = (command: string, ...rest: string[]): string =>
  execFileSync(command, rest, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
const installed = (file: string): string =>
  readFileSync(join(folder, 'node_modules/@portal-auth/client', file), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  const source = await buildAuthClient();
  const [packed] = JSON.parse(
    inFolder('npm', 'pack', source, '--json', '--pack-destination', folder),
  ) as { filename: string }[];
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies: {
        '@portal-auth/client': `file:${packed?.filename}`,
        ...Object.fromEntries(
          LIBRARIES.map((name) => [name, `file:${resolve('node_modules', name)}`]),
        ),
      },
    }),
  );
  inFolder('npm', 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package of the auth client', () => {
  test('says what the contract says now', async () => {
    expect(await isWireCurrent()).toBe(true);
  });

  test.each([
    ['index', COGNITO],
    ['employees', OPEN_ID],
  ])('has a module %s of at most 25 kB, with no library but %s', (entry, library) => {
    const module = installed(`dist/${entry}.js`);
    expect(gzipSync(module).length).toBeLessThanOrEqual(OWN_BYTES);
    const imported = [
      ...module.matchAll(/^\}? ?(?:import .*)?from "([^"]+)";$|import\("([^"]+)"\)/gm),
    ];
    expect(imported.map(([, fixed, lazy]) => fixed ?? lazy)).toEqual([library]);
    expect(module).not.toMatch(/\bBuffer\b|\bprocess\.env\b/);
  });

  test('runs without a browser', () => {
    const program = `
      import { createAuthClient } from '@portal-auth/client';
      globalThis.window = globalThis;
      const client = createAuthClient({
        userPoolId: 'us-east-1_Abc123', userPoolClientId: 'client', apiUrl: 'https://api.example',
      });
      console.log(client.session.isSignedIn(), client.isKept(), client.registration.isOpen);
    `;
    writeFileSync(join(folder, 'program.js'), program);
    expect(inFolder(process.execPath, 'program.js').trim()).toBe('false false false');
  });

  test('has types that need no other package', () => {
    const program = `
      import { createAuthClient, type Refusal, type SignInState } from '@portal-auth/client';
      import { createEmployeeClient } from '@portal-auth/client/employees';
      const client = createAuthClient({
        userPoolId: 'p', userPoolClientId: 'c', apiUrl: 'https://api.example',
      });
      const signIn = client.openSignIn({ email: 'e', loginMethod: 'PHONE', remember: true });
      const state: SignInState = await signIn.withPassword('p');
      if (state.kind === 'CHALLENGE' && state.challenge.challenge === 'ENTER_CODE')
        console.log(state.challenge.attemptsLeft satisfies string);
      const me = await client.signedIn.me();
      if (me.ok) console.log(me.value.role satisfies 'STANDARD' | 'ADMIN');
      else console.log(me.refusal satisfies Refusal);
      const employees = createEmployeeClient({
        apiUrl: 'https://api.example', domain: 'd', clientId: 'c', issuer: 'i', scopes: ['openid'], provider: 'p',
        redirectUri: 'r', signedOutUri: 's',
      });
      const explained = await employees.helpDesk.explain('pphone');
      if (explained.ok) console.log(explained.value.steps satisfies string[]);
      // @ts-expect-error The session of a user opens no route of the help desk.
      await client.signedIn.explain('pphone');
      // @ts-expect-error FAX is not a factor.
      await signIn.chooseFactor('FAX');
      export {};
    `;
    writeFileSync(join(folder, 'program.ts'), program);
    const tsc = createRequire(resolve('package.json')).resolve('typescript/bin/tsc');
    const options = ['--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022'];
    expect(inFolder(process.execPath, tsc, '--noEmit', '--strict', ...options, 'program.ts')).toBe(
      '',
    );
  });
});
