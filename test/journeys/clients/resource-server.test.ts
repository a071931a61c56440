/**
 * The example of a server that checks tokens (examples/resource-server), with tokens of a stage.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ended } from '../../shared/ended.ts';
import { Machine, PASSWORD, PAT } from './machine.ts';
import { PortalUser } from './portal-user.ts';

let machine: Machine;
let servers: ChildProcess[] = [];

beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => ended(server, 'The resource server')));
  servers = [];
  await machine.stop();
});

async function serve(clientId: string): Promise<(token?: string) => Promise<Response>> {
  const { cognitoUrl, userPoolId } = machine.outputs;
  const server = spawn(process.execPath, [resolve('examples/resource-server/server.js')], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ISSUER: `${cognitoUrl}/${userPoolId}`,
      CLIENT_ID: clientId,
      PORT: '0',
    },
  });
  servers.push(server);
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(line.toString())?.[0] ?? '';
  return (token) =>
    fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
}

describe('a server that checks tokens', () => {
  test('takes access tokens of its client, and nothing else', async () => {
    const { userPoolClientId } = machine.outputs;
    const ask = await serve(userPoolClientId);
    const { AccessToken, IdToken } = await new PortalUser(machine, PAT.email).signIn(
      PASSWORD,
      'SMS',
      PAT.phone,
    );
    const answer = await ask(AccessToken);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        portal_username: 'pphone',
        npi: '1234567893',
        portal_role: 'STANDARD',
        login_method: 'PHONE',
        factor_at: expect.anything(),
      },
    ]);
    for (const token of [undefined, 'x', IdToken, `${AccessToken.slice(0, -8)}AAAAAAAA`])
      expect((await ask(token)).status).toBe(401);
    const another = await serve('another-client');
    expect((await another(AccessToken)).status).toBe(401);
  });
});
