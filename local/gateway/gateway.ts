import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Principals } from '../iam/principals.ts';
import type { CallCounts } from './call-counts.ts';
import { AwsError } from './aws-error.ts';
import { NO_ANSWER, type Faults } from './faults.ts';
import { accessKeyId, header, identify } from './identify.ts';
import type { AwsService, HttpRequest, Reply, ServiceName } from './messages.ts';
import { errorReply } from './protocols.ts';

/** Answers requests that are no AWS client's: `undefined` passes the request on. */
export type WebHandler = (http: HttpRequest) => Promise<Reply | undefined>;

/** What stands behind the port. */
export interface GatewayServices {
  aws: Partial<Record<ServiceName, AwsService>>;
  /** Tried in order. */
  web: WebHandler[];
  principals: Principals;
  faults: Faults;
  counts: CallCounts;
  /** The function that runs as a role. */
  functionOfRole(roleArn: string): string | undefined;
  /** Told of everything that is this machine's own failure. */
  reportFailure(error: unknown): void;
}

/** The one port. Services are put behind it once they are up; until then every request is answered 503. */
export interface Gateway {
  port: number;
  serve(services: GatewayServices): void;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Listens on loopback.
 * @param port 0 chooses a free one
 * @throws Error naming the variable when the port is taken
 */
export async function openGateway(port: number, variable = 'PORT'): Promise<Gateway> {
  let services: GatewayServices | undefined;
  const server = createServer((incoming, outgoing) => void handle(services, incoming, outgoing));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.keepAliveTimeout = 60_000;
  await listen(server, port, variable);
  return {
    port: (server.address() as AddressInfo).port,
    serve(given) {
      services = given;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function listen(server: Server, port: number, variable: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is taken. Set ${variable} to a free port (0 chooses one), or end the program that has it.`,
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function handle(
  services: GatewayServices | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const http = await readRequest(incoming);
    const reply = services === undefined ? starting() : await answer(services, http);
    if (reply === NO_ANSWER) return void incoming.socket.destroy();
    send(outgoing, reply);
  } catch (error) {
    if (!(error instanceof AwsError)) services?.reportFailure(error);
    if (outgoing.headersSent) return void incoming.socket.destroy();
    send(outgoing, failed(error as Error));
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

function failed(error: Error): Reply {
  const [status, said] =
    error instanceof AwsError
      ? [error.status, error.message]
      : [500, `The local machine failed: ${error.message}`];
  return {
    status,
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ error: said }),
  };
}

function starting(): Reply {
  return {
    status: 503,
    headers: { 'content-type': 'application/json', 'retry-after': '1' },
    body: JSON.stringify({ status: 'starting' }),
  };
}

async function answer(
  services: GatewayServices,
  http: HttpRequest,
): Promise<Reply | typeof NO_ANSWER> {
  const preflight =
    http.method === 'OPTIONS' &&
    header(http, 'access-control-request-headers')?.toLowerCase().includes('x-amz-target') === true;
  if (preflight) return withCors(http, { status: 200, headers: {}, body: '' });
  const identified = identify(http);
  if (identified !== undefined) return await answerAws(services, http, identified);
  for (const handler of services.web) {
    const reply = await handler(http);
    if (reply !== undefined) return reply;
  }
  return errorReply(
    'json-1.0',
    new AwsError(
      'UnknownOperationException',
      `Nothing on this port answers ${http.method} ${http.path}.`,
      404,
    ),
  );
}

async function answerAws(
  services: GatewayServices,
  http: HttpRequest,
  { service, operation, protocol }: NonNullable<ReturnType<typeof identify>>,
): Promise<Reply | typeof NO_ANSWER> {
  const principal = services.principals.byAccessKey(accessKeyId(http));
  const functionId = principal.kind === 'role' ? services.functionOfRole(principal.arn) : undefined;
  const finish = (reply: Reply): Reply => (service === 'cognito' ? withCors(http, reply) : reply);
  try {
    const run = services.aws[service];
    if (run === undefined)
      throw new AwsError(
        'UnknownOperationException',
        `The stack has nothing that needs ${service}, so the local machine does not run it.`,
      );
    if (functionId !== undefined) services.counts.add(functionId, service, operation);
    const reply = await services.faults.around({ service, operation, functionId }, () =>
      run({ service, operation, protocol, http, principal }),
    );
    return reply === NO_ANSWER ? reply : finish(reply);
  } catch (error) {
    if (error instanceof AwsError) return finish(errorReply(protocol, error));
    services.reportFailure(error);
    return finish(
      errorReply(
        protocol,
        new AwsError(
          'InternalFailure',
          `The local machine failed: ${(error as Error).message}`,
          500,
        ),
      ),
    );
  }
}

/** Browsers call Cognito from any origin. */
function withCors(http: HttpRequest, reply: Reply): Reply {
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': header(http, 'access-control-request-headers') ?? '*',
      'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
      'access-control-max-age': '172800',
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const body = await readBody(incoming);
  const target = incoming.url ?? '/';
  if (!URL.canParse(target, 'http://localhost'))
    throw new AwsError('InvalidRequest', `${target} is no address of this port.`);
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

/** By events: an iterator over the stream costs more than all the rest of reading. */
function readBody(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_BODY_BYTES)
        reject(
          new AwsError(
            'RequestEntityTooLargeException',
            `A request body is over ${MAX_BODY_BYTES} bytes.`,
            413,
          ),
        );
      else chunks.push(chunk);
    });
    incoming.on('error', reject);
    incoming.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
  });
}
