/**
 * The thread of one Lambda execution environment. It serves one invocation at a time,
 * and module state lasts from one to the next.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from './emulated-date.ts';
import type { Invocation, WorkerInit, WorkerMessage } from './messages.ts';

type Handler = (event: unknown, context: object) => unknown;

const init = workerData as WorkerInit;
const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

function captureOutput(): void {
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    send({
      kind: 'log',
      text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'),
      by: 'OUTPUT',
    });
    const done = rest.find((argument) => typeof argument === 'function') as
      (() => void) | undefined;
    done?.();
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    console[level] = (...words: unknown[]) =>
      send({ kind: 'log', text: format(...words), by: 'CONSOLE' });
}

async function loadHandler(): Promise<Handler> {
  const [module = '', name = ''] = init.handler.split('.');
  const file = ['mjs', 'js', 'cjs']
    .map((extension) => join(init.directory, `${module}.${extension}`))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error(`Cannot find module '${module}' in ${init.directory}`);
  const exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const handler = exports[name];
  if (typeof handler !== 'function')
    throw new Error(`${init.handler} is undefined or not exported`);
  return handler as Handler;
}

function contextOf({ requestId }: Invocation): object {
  const deadline = performance.now() + init.timeoutSeconds * 1000;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: init.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: init.arn,
    memoryLimitInMB: String(init.memoryMb),
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

function failure(error: unknown): WorkerMessage {
  const known = error instanceof Error ? error : new Error(String(error));
  send({
    kind: 'log',
    by: 'OUTPUT',
    text: JSON.stringify({
      level: 'ERROR',
      errorType: known.name,
      errorMessage: known.message,
      stack: known.stack?.split('\n'),
    }),
  });
  return { kind: 'failed', errorType: known.name, errorMessage: known.message };
}

async function serve(handler: Promise<Handler>, invocation: Invocation): Promise<WorkerMessage> {
  try {
    const result = await (await handler)(JSON.parse(invocation.event), contextOf(invocation));
    return { kind: 'returned', payload: JSON.stringify(result) };
  } catch (error) {
    return failure(error);
  }
}

shiftDate(init.clockOffset);
captureOutput();
const handler = loadHandler();
handler.then(
  () => send({ kind: 'ready' }),
  () => send({ kind: 'ready' }),
);
parentPort?.on('message', (invocation: Invocation) => void serve(handler, invocation).then(send));
