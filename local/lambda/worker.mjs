// @ts-check
/**
 * The thread of one Lambda execution environment. It serves one invocation at a time, and module
 * state lasts from one to the next. In JavaScript, because a thread that loads TypeScript loads a
 * compiler of its own, which takes longer than everything else at its start.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * @import { Invocation, WorkerInit, WorkerMessage } from './messages.ts'
 * @typedef {(event: unknown, context: object) => unknown} Handler
 */

/** @type {WorkerInit} */
const init = workerData;

/** @param {WorkerMessage} message */
const send = (message) => parentPort?.postMessage(message);

/**
 * Moves this thread's `Date` by an offset that the main thread may change at any time. Timers and
 * `performance` keep the machine's time: a Lambda's timeout is real.
 * @param {SharedArrayBuffer} offset one 64-bit count of milliseconds, shared by all threads
 */
function shiftDate(offset) {
  const RealDate = Date;
  const realNow = Date.now;
  const cell = new BigInt64Array(offset);
  const now = () => realNow() + Number(Atomics.load(cell, 0));
  RealDate.now = now;
  const ShiftedDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
}

function captureOutput() {
  /**
   * @param {string | Uint8Array} chunk
   * @param {unknown[]} rest an encoding, a callback, or both
   */
  const write = (chunk, ...rest) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    send({ kind: 'log', text, by: 'OUTPUT' });
    const done = rest.find((argument) => typeof argument === 'function');
    done?.();
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
  for (const level of /** @type {const} */ (['log', 'info', 'warn', 'error', 'debug']))
    console[level] = (...words) => send({ kind: 'log', text: format(...words), by: 'CONSOLE' });
}

/** @returns {Promise<Handler>} */
async function loadHandler() {
  const [module = '', name = ''] = init.handler.split('.');
  const file = ['mjs', 'js', 'cjs']
    .map((extension) => join(init.directory, `${module}.${extension}`))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error(`Cannot find module '${module}' in ${init.directory}`);
  const exports = await import(pathToFileURL(file).href);
  const handler = exports[name];
  if (typeof handler !== 'function')
    throw new Error(`${init.handler} is undefined or not exported`);
  return handler;
}

/** @param {Invocation} invocation */
function contextOf({ requestId }) {
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

/**
 * @param {unknown} error
 * @returns {WorkerMessage}
 */
function failure(error) {
  const known = error instanceof Error ? error : new Error(String(error));
  const { name: errorType, message: errorMessage } = known;
  const stack = known.stack?.split('\n');
  const line = { level: 'ERROR', errorType, errorMessage, stack };
  send({ kind: 'log', by: 'OUTPUT', text: JSON.stringify(line) });
  return { kind: 'failed', errorType, errorMessage };
}

/**
 * @param {Promise<Handler>} handler
 * @param {Invocation} invocation
 * @returns {Promise<WorkerMessage>}
 */
async function serve(handler, invocation) {
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
parentPort?.on(
  'message',
  /** @param {Invocation} invocation */ (invocation) => void serve(handler, invocation).then(send),
);
