/**
 * The example of a portal without a framework (examples/plain), served from an origin of its own.
 */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildAuthClient } from '../../bin/build-auth-client.ts';
import { openPortal } from './open-portal.ts';
import {
  ADA,
  PASSWORD,
  PAT,
  portalStackAt,
  startPortalStack,
  type PortalStack,
} from './portal-stack.ts';

const NEW_PASSWORD = 'Quiet-Lantern-42-Harbour';

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

test('registers a person with an NPI and a code, and signs in', async () => {
  const email = 'new.doc@cedargrove.example';
  const visitor = await portal.visit();
  await visitor.goTo(`${url}/`);
  await visitor.follow('Register');
  await visitor.sees('Register');
  await visitor.fill('NPI', '1234567893');
  await visitor.fill('Registration code', 'CEDAR-0000-0000');
  await visitor.press('Next');
  await visitor.seesNotice('REGISTRATION_CODE_INVALID');
  expect(await visitor.page.getByLabel('NPI').inputValue()).toBe('1234567893');
  await visitor.fill('Registration code', 'CEDAR-7K4M-92QX');
  await visitor.press('Next');
  await visitor.sees('Register at Cedar Grove Family Medicine');
  await visitor.fill('Username', 'newdoc');
  await visitor.fill('First name', 'New');
  await visitor.fill('Last name', 'Doctor');
  await visitor.fill('Email', email);
  await visitor.fill('Phone', '(202) 555-0199');
  await visitor.press('Register');
  await visitor.sees('A link was mailed to n***@cedargrove.example');
  await visitor.fill('Link', await stack.newLink(email));
  await visitor.press('Open');
  await visitor.sees('Sign in by phone');
  await visitor.press('Next');
  await visitor.sees('Work e-mail address');
  await visitor.fill('Email', email);
  await visitor.press('Send');
  await visitor.sees('Sent to n***@cedargrove.example');
  await visitor.fill('Code', await stack.newCode(email));
  await visitor.press('Verify');
  await visitor.sees('Set a password');
  await visitor.fill('Password', NEW_PASSWORD);
  await visitor.press('Next');
  await visitor.sees('Phone number');
  await visitor.fill('Phone', '(202) 555-0199');
  await visitor.press('Send');
  await visitor.sees('Sent to ***-***-0199');
  await visitor.fill('Code', await stack.newCode('+12025550199'));
  await visitor.press('Verify');
  await visitor.sees(/^Terms/);
  await visitor.press('Accept');
  await visitor.sees('Welcome, New');
});

test('resets a password with both factors, and signs in', async () => {
  const visitor = await portal.visit();
  await visitor.goTo(`${url}/`);
  await visitor.follow('Forgot password');
  await visitor.sees('Reset the password');
  await visitor.fill('Email', ADA.email);
  await visitor.press('Next');
  await visitor.sees('Sent to a***@cedargrove.example, if it is registered');
  await visitor.fill('Code', await stack.newCode(ADA.email));
  await visitor.press('Verify');
  await visitor.sees('Text a code to ***-***-0144');
  await visitor.press('Send');
  await visitor.sees('Sent to ***-***-0144');
  await visitor.fill('Code', await stack.newCode(ADA.phone));
  await visitor.press('Verify');
  await visitor.sees('Set a new password');
  await visitor.fill('Password', 'short');
  await visitor.press('Next');
  await visitor.seesNotice('PASSWORD_TOO_SHORT');
  await visitor.fill('Password', NEW_PASSWORD);
  await visitor.press('Next');
  await visitor.sees('Welcome, Ada');
});
