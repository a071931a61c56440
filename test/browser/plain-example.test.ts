/** The example of a portal without a framework (examples/plain), served from an origin of its own. */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, test } from '@jest/globals';
import { buildAuthClient } from '../../bin/build-auth-client.ts';
import { openPortal } from './open-portal.ts';
import {
  PASSWORD,
  PAT,
  portalStackAt,
  startPortalStack,
  type PortalStack,
} from './portal-stack.ts';

const portal = openPortal();
let stack: PortalStack;
let stop: () => Promise<void>;
let site: Server;
let url: string;

beforeAll(async () => {
  const built = await buildAuthClient();
  const elsewhere: Record<string, string> = {
    '/client.js': `${built}/dist/index.js`,
    '/amazon-cognito-identity.min.js': resolve(
      'node_modules/amazon-cognito-identity-js/dist/amazon-cognito-identity.min.js',
    ),
  };
  site = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const type = path.endsWith('.html') ? 'text/html' : 'text/javascript';
    const send = (text: string): void => void response.setHeader('content-type', type).end(text);
    if (path === '/config.json')
      fetch(`${stack.portalUrl}/config.json`)
        .then((answer) => answer.text())
        .then(send, () => response.destroy());
    else if (path === '/favicon.ico') response.writeHead(404).end();
    else send(readFileSync(elsewhere[path] ?? resolve(`examples/plain${path}`), 'utf8'));
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  url = `http://localhost:${(site.address() as AddressInfo).port}`;
  const started = await startPortalStack({}, [], ['--origin', url]);
  stack = portalStackAt(started.addresses);
  ({ stop } = started);
}, 120_000);
afterAll(async () => {
  site.closeAllConnections();
  await Promise.all([stop(), new Promise((closed) => site.close(closed))]);
});

test('signs in with a code, remembers the browser, and signs in without one', async () => {
  const visitor = await portal.visit();
  await visitor.goTo(`${url}/`);
  await visitor.fill('Email', PAT.email);
  await visitor.fill('Password', PASSWORD);
  await visitor.page.getByLabel('Remember').check();
  await visitor.press('Next');
  await visitor.page.getByRole('heading', { name: 'Text a code to ***-***-0143' }).waitFor();
  await visitor.press('Send');
  await visitor.fill('Code', '000000');
  const code = await stack.newCode(PAT.phone);
  await visitor.fill('Code', code);
  await visitor.press('Verify');
  await visitor.sees('Welcome, Pat');
  await visitor.press('Sign out');
  await visitor.sees('Welcome, Pat');
});
