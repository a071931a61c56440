/** Somebody at another address of this machine: requests whose source is not the owner's. */
import { request } from 'node:http';
import type { Answer, Machine } from './machine.ts';

/**
 * Posts a body to the HTTP API.
 * @param from a loopback address, such as 127.0.0.9, with a flow token if there is one
 */
export function postFrom(
  machine: Machine,
  from: string | { source: string; token: string },
  path: string,
  body: unknown,
): Promise<Answer> {
  const { source, token } = typeof from === 'string' ? { source: from, token: undefined } : from;
  const url = new URL(`${machine.outputs.apiUrl}${path}`);
  const options = {
    host: '127.0.0.1',
    port: url.port,
    path: url.pathname,
    method: 'POST',
    localAddress: source,
    agent: false as const,
    headers: {
      host: url.host,
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          body: text === '' ? undefined : JSON.parse(text),
          headers: new Headers(),
        });
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
