/**
 * Clients that other teams generate from the OpenAPI file: they compile under strict TypeScript,
 * and what the API answers them is what the file says. No registry and no network is needed.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { faultsOf, openApi, resolved } from '../contract/openapi-file.ts';
import { Machine, PAT } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { NEW_PASSWORD } from '../journeys/clients/registrant.ts';
import { PROJECTS } from './client-programs.ts';

const FILE = resolve('docs/openapi.json');
const RIVERA = 'jrivera@cedargrove.example';

const GENERATE = {
  'openapi-typescript': ['openapi-typescript', FILE, '--output', 'generated/schema.ts'],
  '@hey-api/openapi-ts': ['openapi-ts', '--input', FILE, '--output', 'generated', '--silent'],
} as const;

interface Answered {
  method: string;
  path: string;
  status: number;
  retryAfter: string | null;
  body: { code?: string; retryAfterSeconds?: number };
}
interface Outcome {
  registered: { step: string; ticket: string };
  reset: { step: string; ticket: string };
  answers: Answered[];
}

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
}, 60_000);
afterAll(async () => machine.stop());

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function projectOf(generator: keyof typeof PROJECTS): string {
  const folder = mkdtempSync(join(tmpdir(), 'generated-client-'));
  folders.push(folder);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(PROJECTS[generator]))
    writeFileSync(join(folder, name), text);
  return folder;
}

/** Runs a program of the installed packages, or of the project itself. @returns what it printed */
async function run(folder: string, file: string, ...rest: string[]): Promise<string> {
  const ran = promisify(execFile)(process.execPath, [file, ...rest], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  // A compiler prints its errors, and fails without any.
  const { stdout } = await ran.catch((failure: Error & { stdout: string }) => {
    throw new Error(failure.stdout + failure.message, { cause: failure });
  });
  return stdout;
}

/** What in an answer is not as the file says of its operation and status. */
function faultsOfAnswer({ method, path, status, body }: Answered): unknown[] {
  const response = openApi.paths[path]?.[method.toLowerCase()]?.responses[status];
  const media = status < 400 ? 'application/json' : 'application/problem+json';
  const schema = response && resolved(response).content?.[media]?.schema;
  return schema === undefined ? [`${method} ${path} has no ${status}`] : faultsOf(schema, body);
}

describe.each(['openapi-typescript', '@hey-api/openapi-ts'] as const)(
  'a client that %s generates',
  (generator) => {
    test('registers a person and resets a password', async () => {
      const folder = projectOf(generator);
      const [bin, ...options] = GENERATE[generator];
      await machine.local('POST', 'reset');
      await run(folder, resolve('node_modules/.bin', bin), ...options);
      expect(await run(folder, resolve('node_modules/.bin/tsc'))).toBe('');
      const printed = await run(folder, 'out/program.js', machine.outputs.apiUrl);
      const { registered, reset, answers } = JSON.parse(printed) as Outcome;

      expect([registered.step, reset.step]).toEqual(['DONE', 'DONE']);
      for (const [email, { ticket }] of [
        [RIVERA, registered],
        [PAT.email, reset],
      ] as const) {
        const user = new PortalUser(machine, email);
        const { AccessToken } = await user.signInByTicket(NEW_PASSWORD, ticket);
        expect((await machine.api('GET', '/me', undefined, AccessToken)).body).toMatchObject({
          email,
        });
      }
      expect(answers.flatMap(faultsOfAnswer)).toEqual([]);
      const refused = answers.filter(({ status }) => status >= 400);
      expect(refused.map(({ body }) => body.code)).toEqual(['CODE_MISMATCH', 'RESEND_TOO_SOON']);
      expect(refused[1]?.retryAfter).toBe(String(refused[1]?.body.retryAfterSeconds));
    });
  },
);
