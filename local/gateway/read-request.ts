import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.ts';
import type { HttpRequest } from './messages.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Reads a request whole. @throws AwsError for a target that is not a path, or too long a body */
export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const body = await readBody(incoming);
  const target = incoming.url ?? '/';
  if (!URL.canParse(target, 'http://localhost'))
    throw new AwsError('InvalidRequest', `${target} is not a path on this port.`);
  const url = new URL(target, 'http://localhost');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** By events: an iterator over the stream costs more than everything else in reading. */
function readBody(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_BODY_BYTES) reject(tooLarge());
      else chunks.push(chunk);
    });
    incoming.on('error', reject);
    incoming.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
  });
}

function tooLarge(): AwsError {
  return new AwsError(
    'RequestEntityTooLargeException',
    `The request body is longer than ${MAX_BODY_BYTES} bytes.`,
    413,
  );
}
