/**
 * The portal and its stack in a process of their own, on free ports, and a person's mailbox and
 * phone there.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { assemblyWith } from '../journeys/clients/own-assembly.ts';
import { ended } from '../shared/ended.ts';
import { until } from './until.ts';

/** A new code may be sent this long after the last one, and a little. */
export const RESEND_AFTER_SECONDS = 16;
export const PASSWORD = 'Correct-Horse-9-Battery';
/** Sample people with a phone. */
export const PAT = { email: 'pat.phone@cedargrove.example', phone: '+12025550143' };
export const ADA = { email: 'ada.admin@cedargrove.example', phone: '+12025550144' };

export interface PortalAddresses {
  portalUrl: string;
  stackUrl: string;
}

export interface PortalStack extends PortalAddresses {
  /** Calls a route of the machine's own. */
  local: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;
  /** The code of the newest message that has one. */
  newestCode: (to: string) => Promise<string | undefined>;
  /** Waits for a code other than `since`. */
  newCode: (to: string, since?: string) => Promise<string>;
  /** Waits for a registration link other than `since`. */
  newLink: (to: string, since?: string) => Promise<string>;
  /** Waits for a message with these words. */
  messageWith: (to: string, words: RegExp) => Promise<string>;
  /** Waits for a phone that rings, and answers it. */
  answerCall: (to: string, keys: string) => Promise<void>;
}

interface Message {
  text: string;
}

interface Call {
  contactId: string;
  state: string;
}

const CODE = /\b\d{6}\b/;
const LINK = /http\S+\/register#[A-Za-z0-9_-]+/;

/**
 * Starts a stack.
 * @param settings replace those of stage `local`
 * @param without names of settings to remove
 * @param options of `npm start`
 */
export async function startPortalStack(
  settings: object = {},
  without: string[] = [],
  options: string[] = [],
): Promise<{ addresses: PortalAddresses; stop: () => Promise<void> }> {
  const port = await freePort();
  const assembly = await assemblyWith(
    { portalOrigins: [`http://localhost:${port}`], ...settings },
    without,
  );
  const child = spawn(
    process.execPath,
    [resolve('bin/start.ts'), '--template', assembly, ...options],
    {
      env: { ...process.env, NODE_OPTIONS: '', PORT: '0', PORTAL_PORT: String(port) },
    },
  );
  const stackUrl = await readyAddress(child);
  return {
    addresses: { portalUrl: `http://localhost:${port}`, stackUrl },
    stop: () => ended(child, 'The stack'),
  };
}

/** A running stack, as the people use it who sign in there. */
export function portalStackAt(addresses: PortalAddresses): PortalStack {
  const local: PortalStack['local'] = async (method, path, body) => {
    const response = await fetch(`${addresses.stackUrl}/_local/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  const textsTo = async (to: string): Promise<string[]> =>
    ((await local('GET', `messages?to=${encodeURIComponent(to)}`)) as Message[]).map(
      ({ text }) => text,
    );
  const newest = async (to: string, kind: RegExp): Promise<string | undefined> =>
    (await textsTo(to)).flatMap((text) => kind.exec(text)?.[0] ?? [])[0];
  const another = (what: string, to: string, kind: RegExp, since?: string): Promise<string> =>
    until(`${what} for ${to}`, async () => {
      const found = await newest(to, kind);
      return found === since ? undefined : found;
    });
  return {
    ...addresses,
    local,
    newestCode: (to) => newest(to, CODE),
    newCode: (to, since) => another('a code', to, CODE, since),
    newLink: (to, since) => another('a link', to, LINK, since),
    messageWith: (to, words) =>
      until(`a message to ${to}`, async () => (await textsTo(to)).find((text) => words.test(text))),
    async answerCall(to, keys) {
      const { contactId } = await until(`a call to ${to}`, async () =>
        ((await local('GET', `calls?to=${encodeURIComponent(to)}`)) as Call[]).find(
          ({ state }) => state === 'RINGING',
        ),
      );
      await local('POST', `calls/${contactId}/answer`);
      await local('POST', `calls/${contactId}/keys`, { keys });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function readyAddress(child: ChildProcess): Promise<string> {
  let text = '';
  await new Promise<void>((ready, failed) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      if (/^ready$/m.test(text)) ready();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => failed(new Error(`The stack ended with ${code}:\n${text}`)));
  });
  return /every AWS service +(\S+)/.exec(text)?.[1] ?? '';
}

/** Six digits that are not these. */
export function wrongCode(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
