import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { hostRefusal, originRefusal, ownOrigins } from './admission.ts';
import { answer, refused, type Answer, type GatewayServices } from './answer.ts';
import { AwsError } from './aws-error.ts';
import { NO_ANSWER } from './faults.ts';
import type { HttpRequest, Reply } from './messages.ts';
import { readRequest } from './read-request.ts';

/** The one port. Without services, every admitted request is answered 503. */
export interface Gateway {
  port: number;
  serve: (services: GatewayServices | undefined) => void;
  close: () => Promise<void>;
}

/** What the port serves at the moment. */
interface Serving {
  services: GatewayServices | undefined;
  admitted: ReadonlySet<string>;
}

/**
 * Listens on loopback.
 * @param port 0 chooses a free one
 * @param variable the environment variable that sets the port, for the error message
 * @throws Error naming the variable when the port is taken
 */
export async function openGateway(port: number, variable = 'PORT'): Promise<Gateway> {
  const serving: Serving = { services: undefined, admitted: new Set() };
  const server = createServer((incoming, outgoing) => void handle(serving, incoming, outgoing));
  const sockets = trackSockets(server);
  server.keepAliveTimeout = 60_000;
  await listen(server, port, variable);
  const bound = (server.address() as AddressInfo).port;
  const own = ownOrigins(bound);
  serving.admitted = new Set(own);
  return {
    port: bound,
    serve(services) {
      serving.services = services;
      serving.admitted = new Set([...own, ...(services?.origins ?? [])]);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function trackSockets(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

async function listen(server: Server, port: number, variable: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port, variable) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portTaken(port: number, variable: string): Error {
  return new Error(
    `Port ${port} is taken. Set ${variable} to a free port (0 chooses one), ` +
      'or end the program that has it.',
  );
}

async function handle(
  serving: Serving,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const reply = await replyTo(serving, await readRequest(incoming));
    if (reply === NO_ANSWER) return void incoming.socket.destroy();
    send(outgoing, reply, serving.services);
  } catch (error) {
    if (!(error instanceof AwsError)) serving.services?.reportFailure(error);
    if (outgoing.headersSent) return void incoming.socket.destroy();
    send(outgoing, failed(error as Error), serving.services);
  }
}

async function replyTo({ services, admitted }: Serving, http: HttpRequest): Promise<Answer> {
  const wrongHost = hostRefusal(http);
  if (wrongHost !== undefined) return refused(wrongHost);
  if (services !== undefined) return await answer(services, admitted, http);
  const wrongOrigin = originRefusal(http, admitted);
  return wrongOrigin === undefined ? starting() : refused(wrongOrigin);
}

/**
 * The Date header follows the emulated clock, as the Lambdas' own Date does: the SDK takes another
 * time for a clock that is wrong, and repeats the call.
 */
function send(
  outgoing: ServerResponse,
  { status, headers, body }: Reply,
  services: GatewayServices | undefined,
): void {
  outgoing.writeHead(status, {
    date: new Date(services?.now() ?? Date.now()).toUTCString(),
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  outgoing.end(body);
}

function failed(error: Error): Reply {
  const [status, message] =
    error instanceof AwsError
      ? [error.status, error.message]
      : [500, `The local machine failed: ${error.message}`];
  return {
    status,
    headers: {
      'content-type': 'application/json',
      connection: 'close',
    },
    body: JSON.stringify({ error: message }),
  };
}

function starting(): Reply {
  return {
    status: 503,
    headers: {
      'content-type': 'application/json',
      'retry-after': '1',
    },
    body: JSON.stringify({ status: 'starting' }),
  };
}
