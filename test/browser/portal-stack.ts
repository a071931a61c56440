/**
 * The portal and its stack in a process of their own, on free ports, and a person's mailbox and
 * phone there.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { assemblyWith } from '../journeys/clients/own-assembly.ts';
import { until } from './until.ts';

export const PASSWORD = 'Correct-Horse-9-Battery';
/** Sample people with a phone. */
export const PAT = { email: 'pat.phone@cedargrove.example', phone: '+12025550143' };
export const ADA = { email: 'ada.admin@cedargrove.example', phone: '+12025550144' };

export interface PortalStack {
  portalUrl: string;
  stackUrl: string;
  /** Calls a route of the machine's own. */
  local: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;
  /** Waits for a message that `since` does not have. */
  newMessage: (to: string, since?: Message) => Promise<Message>;
  newestMessage: (to: string) => Promise<Message | undefined>;
  /** Waits for a phone that rings, and answers it. */
  answerCall: (to: string, keys: string) => Promise<void>;
  stop: () => Promise<void>;
}

export interface Message {
  id: string;
  subject?: string;
  text: string;
}

export async function startPortalStack(settings: object, without: string[]): Promise<PortalStack> {
  const port = await freePort();
  const assembly = await assemblyWith(
    { portalOrigins: [`http://localhost:${port}`], ...settings },
    without,
  );
  const child = spawn(process.execPath, [resolve('bin/start.ts'), '--template', assembly], {
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', PORTAL_PORT: String(port) },
  });
  const stackUrl = await readyAddress(child);
  const local: PortalStack['local'] = async (method, path, body) => {
    const response = await fetch(`${stackUrl}/_local/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  const newestMessage = async (to: string): Promise<Message | undefined> =>
    ((await local('GET', `messages?to=${encodeURIComponent(to)}`)) as Message[])[0];
  return {
    portalUrl: `http://localhost:${port}`,
    stackUrl,
    local,
    newestMessage,
    newMessage: (to, since) =>
      until(`a message to ${to}`, async () => {
        const newest = await newestMessage(to);
        return newest?.id === since?.id ? undefined : newest;
      }),
    async answerCall(to, keys) {
      const { contactId } = await until(`a call to ${to}`, async () =>
        (
          (await local('GET', `calls?to=${encodeURIComponent(to)}`)) as {
            contactId: string;
            state: string;
          }[]
        ).find(({ state }) => state === 'RINGING'),
      );
      await local('POST', `calls/${contactId}/answer`);
      await local('POST', `calls/${contactId}/keys`, { keys });
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
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

/** The six digits of a message. */
export function codeIn({ text }: Message): string {
  return /\b\d{6}\b/.exec(text)?.[0] ?? '';
}

/** The registration link of a message. */
export function linkIn({ text }: Message): string {
  return /http\S+\/register#[A-Za-z0-9_-]+/.exec(text)?.[0] ?? '';
}

/** Six digits that are not these. */
export function wrongCode(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
