import { Agent, request, type IncomingMessage } from 'node:http';
import type { Engine } from './engine.ts';
import { AwsError } from '../gateway/aws-error.ts';

/** What the engine answered, untouched. */
interface EngineReply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Kept-alive connections to the engine. */
export interface Connection {
  /** Forwards a body unchanged. */
  forward: (target: string, body: Buffer | string) => Promise<EngineReply>;
  /** Calls an operation and reads its answer. @throws AwsError */
  call: <T>(target: string, input: object) => Promise<T>;
  close: () => void;
}

/** The engine requires a signature and verifies none: callers were authorised before. */
const FORMAL_SIGNATURE = {
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, ' +
    'SignedHeaders=host, Signature=0',
};

export function connect(engine: Engine): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let isClosed = false;
  // The engine outlasts the connection: a late request must not change the tables after a reset.
  const send: Connection['forward'] = (target, body) =>
    isClosed
      ? Promise.reject(new Error('The machine was reset or stopped.'))
      : forward(engine, agent, target, body);
  return {
    forward: send,
    async call<T>(target: string, input: object): Promise<T> {
      const { status, body } = await send(target, JSON.stringify(input));
      const output = JSON.parse(body.toString('utf8')) as { __type?: string; message?: string };
      if (status === 200) return output as T;
      throw new AwsError(
        output.__type?.split('#').at(-1) ?? 'InternalServerError',
        output.message ?? `The engine answered ${status}.`,
        status,
      );
    },
    close() {
      isClosed = true;
      agent.destroy();
    },
  };
}

function forward(
  { host, port }: Engine,
  agent: Agent,
  target: string,
  body: Buffer | string,
): Promise<EngineReply> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
    'content-length': Buffer.byteLength(body),
    ...FORMAL_SIGNATURE,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host,
        port,
        agent,
        method: 'POST',
        path: '/',
        headers,
      },
      (incoming) => void readReply(incoming).then(resolve, reject),
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function readReply(incoming: IncomingMessage): Promise<EngineReply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', reject);
    incoming.on('end', () =>
      resolve({
        status: incoming.statusCode ?? 500,
        headers: answerHeaders(incoming.headers),
        body: Buffer.concat(chunks),
      }),
    );
  });
}

function answerHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    ['content-type', 'x-amzn-requestid', 'x-amz-crc32'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
