import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock, type Clock } from '../../../local/clock.ts';
import { create } from '../../../local/lambda/event-sources.ts';
import type { Consumer } from '../../../local/lambda/event-source.ts';
import {
  readFunctions,
  readInvokePermissions,
  type FunctionDefinition,
} from '../../../local/lambda/functions.ts';
import { KeptThreads } from '../../../local/lambda/kept-threads.ts';
import { createFunctionLogs, type FunctionLogs } from '../../../local/lambda/logs.ts';
import { createFunctionRuntime, type FunctionRuntime } from '../../../local/lambda/runtime.ts';
import { within } from '../../../local/lambda/within.ts';
import { readPolicy } from '../../../local/iam/statements.ts';
import type { Assembly } from '../../../local/template/assembly.ts';
import { resolveTemplate } from '../../../local/template/template.ts';
import { contextWith, lambdaOf, type Resources, until } from '../context.ts';
import { PLACE } from '../requests.ts';

let directory: string;
let clock: Clock;
let logs: FunctionLogs;
let runtime: FunctionRuntime | undefined;
let kept: KeptThreads;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'portal-auth-lambda-'));
  clock = createClock();
  logs = createFunctionLogs();
  kept = new KeptThreads();
});
afterEach(async () => {
  await runtime?.stop();
  await kept.stop();
  rmSync(directory, { recursive: true });
});

/** A function with this body of a handler. */
function functionOf(
  body: string,
  more: Partial<FunctionDefinition> = {},
  { maxEnvironments = 1, idleMs = 60_000 } = {},
): FunctionRuntime {
  const source = `let calls = 0; export async function handler(event, context) { ${body} }`;
  writeFileSync(join(directory, 'index.mjs'), source);
  const definition: FunctionDefinition = {
    id: 'tested',
    name: 'portal-auth-test-tested',
    arn: 'arn:tested',
    roleArn: 'arn:role',
    directory,
    handler: 'index.handler',
    timeoutSeconds: 10,
    memoryMb: 128,
    environment: { OWN: 'value' },
    ...more,
  };
  const environmentOf = () => ({ AWS_REGION: 'us-east-1' });
  const bounds = { maxEnvironments, idleMs };
  runtime = createFunctionRuntime(definition, { clock, logs, environmentOf, kept, ...bounds });
  return runtime;
}

describe('an environment', () => {
  const counts = 'calls += 1; console.log(`call ${calls}`); return calls;';

  test('that has nothing to do serves on in the next runtime, if it is kept', async () => {
    const first = functionOf(counts);
    await first.invoke({});
    await first.stop(true);
    logs = createFunctionLogs();
    clock.advance(86_400);
    const next = functionOf(counts);
    expect(await next.invoke({})).toMatchObject({ payload: 2 });
    expect(logs.read('tested').map(({ line }) => line)).toEqual(['call 2']);
  });

  test('is not kept where it is busy, and serves no function with other variables', async () => {
    const body = 'calls += 1; if (event.stay) await new Promise(() => 0); return calls;';
    const busy = functionOf(body);
    await busy.invoke({});
    const cutOff = busy.invoke({ stay: true });
    await busy.stop(true);
    expect(await cutOff).toMatchObject({ errorType: 'Runtime.ExitError' });
    const idle = functionOf(body);
    expect(await idle.invoke({})).toMatchObject({ payload: 1 });
    await idle.stop(true);
    const other = functionOf(body, { environment: { OWN: 'other' } });
    expect(await other.invoke({})).toMatchObject({ payload: 1 });
  });
});

describe('an invocation', () => {
  test('returns what the handler returns, as JSON does', async () => {
    const run = functionOf('return { event, gone: undefined, at: new Date(0) };');
    expect(await run.invoke({ a: 1 })).toEqual({
      kind: 'returned',
      payload: { event: { a: 1 }, at: '1970-01-01T00:00:00.000Z' },
    });
  });

  test('that returns nothing returns null', async () => {
    expect(await functionOf('').invoke({})).toEqual({ kind: 'returned', payload: null });
  });

  test('sees its own variables, and none of this process', async () => {
    process.env.LEAKED = 'secret';
    const run = functionOf('return [process.env.OWN, process.env.AWS_REGION, process.env.LEAKED];');
    expect(await run.invoke({})).toMatchObject({ payload: ['value', 'us-east-1', null] });
    delete process.env.LEAKED;
  });

  test('sees a context with its name, its ARN and the time that remains', async () => {
    const run = functionOf(
      'return [context.functionName, context.invokedFunctionArn, context.getRemainingTimeInMillis()];',
    );
    const { payload } = (await run.invoke({})) as { payload: [string, string, number] };
    expect(payload.slice(0, 2)).toEqual(['portal-auth-test-tested', 'arn:tested']);
    expect(payload[2]).toBeGreaterThan(9000);
    expect(payload[2]).toBeLessThanOrEqual(10_000);
  });

  test('sees the emulated time', async () => {
    const run = functionOf('return [Date.now(), new Date().getTime(), new Date(5).getTime()];');
    clock.advance(86_400);
    const { payload } = (await run.invoke({})) as { payload: number[] };
    expect(Math.abs((payload[0] ?? 0) - clock.now())).toBeLessThan(5000);
    expect(Math.abs((payload[1] ?? 0) - clock.now())).toBeLessThan(5000);
    expect(payload[2]).toBe(5);
  });

  test('finds the state of the module that the one before left', async () => {
    const run = functionOf('calls += 1; return calls;');
    await run.invoke({});
    expect(await run.invoke({})).toMatchObject({ payload: 2 });
  });

  test('waits while the only environment is busy', async () => {
    const run = functionOf(
      'calls += 1; await new Promise((r) => setTimeout(r, 20)); return calls;',
    );
    const outcomes = await Promise.all([run.invoke({}), run.invoke({}), run.invoke({})]);
    expect(outcomes.map((outcome) => (outcome as { payload: number }).payload)).toEqual([1, 2, 3]);
  });

  test('that throws fails with the name and the message of its error', async () => {
    const run = functionOf('throw new TypeError("no good");');
    expect(await run.invoke({})).toEqual({
      kind: 'failed',
      errorType: 'TypeError',
      errorMessage: 'no good',
    });
    expect(logs.read('tested').some(({ line }) => line.includes('"errorMessage":"no good"'))).toBe(
      true,
    );
  });

  test('that runs too long times out, and the next one gets a new environment', async () => {
    const run = functionOf(
      'calls += 1; if (event.hang) await new Promise(() => setInterval(() => 0, 1000)); return calls;',
      { timeoutSeconds: 0.2 },
    );
    await run.invoke({});
    expect(await run.invoke({ hang: true })).toMatchObject({
      kind: 'timed-out',
      errorMessage: expect.stringContaining('Task timed out after 0.20 seconds'),
    });
    expect(await run.invoke({})).toMatchObject({ payload: 1 });
  });

  test('that ends its process fails, and the next one gets a new environment', async () => {
    const run = functionOf('if (event.exit) process.exit(1); return "up";');
    expect(await run.invoke({ exit: true })).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await run.invoke({})).toMatchObject({ payload: 'up' });
  });

  test('that begins after the stop fails, and starts nothing', async () => {
    const run = functionOf('return "up";');
    await run.stop();
    expect(await run.invoke({})).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  test('that is cut off by the stop fails, those that waited too', async () => {
    const run = functionOf('if (!event.warm) await new Promise(() => setInterval(() => 0, 1000));');
    await run.invoke({ warm: true });
    const cutOff = [run.invoke({}), run.invoke({})];
    await run.stop();
    for (const outcome of await Promise.all(cutOff))
      expect(outcome).toMatchObject({ kind: 'failed', errorType: 'Runtime.ExitError' });
  });

  test.each([
    ['index.missing', 'index.missing is undefined or not exported'],
    ['other.handler', "Cannot find module 'other'"],
  ])('of the handler %s fails with what is missing', async (handler, message) => {
    expect(await functionOf('', { handler }).invoke({})).toMatchObject({
      kind: 'failed',
      errorMessage: expect.stringContaining(message),
    });
  });

  test('logs what it writes, line by line, at the emulated time', async () => {
    clock.advance(3600);
    const run = functionOf('console.log("one\\ntwo"); console.error("three"); return 1;');
    await run.invoke({});
    expect(logs.read('tested').map(({ line }) => line)).toEqual(['one', 'two', 'three']);
    expect(Math.abs(Date.parse(logs.read()[0]?.at ?? '') - clock.now())).toBeLessThan(5000);
    expect(logs.read('other')).toEqual([]);
  });
});

describe('environments of a function', () => {
  /** Returns only once that number of environments run it. */
  const together = (count: number) => `
    const { readdirSync, writeFileSync } = await import('node:fs');
    const { threadId } = await import('node:worker_threads');
    if (event.alone) return threadId;
    const here = process.env.LAMBDA_HERE;
    writeFileSync(here + '/up-' + threadId, '');
    const up = () => readdirSync(here).filter((name) => name.startsWith('up-')).length;
    while (up() < ${count}) await new Promise((resume) => setTimeout(resume, 5));
    return threadId;`;
  const invoked = async (run: FunctionRuntime, times: number) =>
    Promise.all(Array.from({ length: times }, () => run.invoke({})));
  const grown = (bounds: { maxEnvironments: number; idleMs?: number }) =>
    functionOf(together(3), { environment: { LAMBDA_HERE: directory } }, bounds);

  test('grow while invocations wait, up to their number', async () => {
    const run = grown({ maxEnvironments: 3 });
    const outcomes = await invoked(run, 8);
    expect(new Set(outcomes.map((one) => (one as { payload: number }).payload)).size).toBe(3);
    expect(run.environments()).toBe(3);
  });

  test('end once they have nothing to do, all but the last, which is used again', async () => {
    const run = grown({ maxEnvironments: 3, idleMs: 20 });
    await invoked(run, 3);
    await until(() => run.environments() === 1);
    const first = await run.invoke({ alone: true });
    expect(await run.invoke({ alone: true })).toEqual(first);
    expect(run.environments()).toBe(1);
  });

  test('are none before the first invocation', () => {
    expect(functionOf('').environments()).toBe(0);
  });
});

test('logs keep the newest lines', () => {
  for (let line = 0; line < 61_000; line += 1) logs.add('f', { at: 0, text: String(line) });
  const kept = logs.read();
  expect(kept.length).toBeLessThanOrEqual(60_000);
  expect(kept.at(-1)?.line).toBe('60999');
  expect(kept[0]?.line).not.toBe('0');
});

describe('waiting within a time', () => {
  test('gives the result, or the error, or what stands for lateness', async () => {
    const late = new Promise(() => undefined);
    expect(await within(1000, Promise.resolve('in time'), 'late')).toBe('in time');
    expect(await within(1, late, 'late')).toBe('late');
    await expect(within(1000, Promise.reject(new Error('torn')), 'late')).rejects.toThrow('torn');
  });
});

describe('functions of a template', () => {
  const fn = (more: object = {}): Resources[string] => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'portal-auth-test-create',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:role',
      Code: { S3Key: 'key.zip' },
      ...more,
    },
  });
  const assembly = { assetDirectory: (key: string) => `/assets/${key}` } as Assembly;
  const read = (more: object = {}) =>
    readFunctions(resolveTemplate({ Resources: { Create: fn(more) } }, PLACE), assembly);

  test("have Lambda's defaults and an id without the prefix of the stage", () => {
    expect(read()).toEqual([
      {
        id: 'create',
        name: 'portal-auth-test-create',
        arn: 'arn:aws:lambda:us-east-1:000000000000:function:portal-auth-test-create',
        roleArn: 'arn:role',
        directory: '/assets/key.zip',
        handler: 'index.handler',
        timeoutSeconds: 3,
        memoryMb: 128,
        environment: {},
      },
    ]);
    expect(read({ FunctionName: 'other' })[0]?.id).toBe('other');
  });

  test('get the address of the API on this machine', () => {
    const API = 'https://abc123.execute-api.us-east-1.amazonaws.com/v1';
    const [definition] = read({ Environment: { Variables: { API, COUNT: 7 } } });
    expect(definition?.environment).toEqual({ API: 'http://localhost:4566/v1', COUNT: '7' });
  });

  test('of another runtime are an error that names them', () => {
    expect(() => read({ Runtime: 'python3.13' })).toThrow(/Create cannot run.*not python3.13/s);
  });
});

describe('a Lambda permission', () => {
  const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  const may = (
    properties: object,
    principal = 'events.amazonaws.com',
    source = 'arn:aws:events:us-east-1:000000000000:rule/r',
  ): boolean => {
    const Properties = {
      FunctionName: 'f',
      Principal: 'events.amazonaws.com',
      Action: 'lambda:InvokeFunction',
      ...properties,
    };
    const Resources = { Permission: { Type: 'AWS::Lambda::Permission', Properties } };
    return readInvokePermissions(resolveTemplate({ Resources }, PLACE))(ARN, principal, source);
  };

  test.each<[string, object, boolean]>([
    ['by the name', {}, true],
    ['by the ARN', { FunctionName: ARN }, true],
    ['on another function', { FunctionName: 'g' }, false],
    ['on a function whose name only ends alike', { FunctionName: 'function:f' }, false],
    ['for another action', { Action: 'lambda:GetFunction' }, false],
    ['for this source', { SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r' }, true],
    ['for a pattern of sources', { SourceArn: 'arn:aws:events:*:rule/*' }, true],
    ['for another source', { SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/s' }, false],
    [
      'for a source with a dot, which is not a pattern',
      { SourceArn: 'arn:aws:events:us-east-1:000000000000:rule.r' },
      false,
    ],
    ['for this account', { SourceAccount: '000000000000' }, true],
    ['for another account', { SourceAccount: '111111111111' }, false],
  ])('%s lets a service invoke: %s', (_what, properties, expected) => {
    expect(may(properties)).toBe(expected);
  });

  test('is for its principal only', () => {
    expect(may({}, 'apigateway.amazonaws.com')).toBe(false);
  });
});

describe('an event source mapping', () => {
  const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';
  const start = (Properties: object, ...allowed: string[]) => {
    const { lambda } = lambdaOf(() => undefined);
    const definitions = [{ name: 'f', arn: 'arn:f', roleArn: 'arn:role' }] as FunctionDefinition[];
    const consumers: Consumer[] = [];
    const statements = allowed.map((Action) => ({ Effect: 'Allow', Action, Resource: QUEUE }));
    const context = contextWith(
      { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: Properties as never } },
      {
        lambda: { ...lambda, definitions },
        roles: new Map([
          ['arn:role', readPolicy({ Version: '2012-10-17', Statement: statements }, 'a test')],
        ]),
      },
    );
    context.eventSources.set(QUEUE, {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      feed: (consumer) => consumers.push(consumer),
    });
    create(context).start?.();
    return consumers;
  };

  test('feeds its function, with its settings', () => {
    const properties = { EventSourceArn: QUEUE, FunctionName: 'f', BatchSize: '5' };
    expect(start(properties, 'sqs:*')).toMatchObject([
      { functionArn: 'arn:f', mapping: { BatchSize: 5, FunctionResponseTypes: [] } },
    ]);
  });

  test.each<[string, object, string[], RegExp]>([
    [
      'an unknown function',
      { FunctionName: 'g' },
      ['sqs:*'],
      /function g, which the stack does not/,
    ],
    [
      'an unknown source',
      { EventSourceArn: 'arn:other' },
      ['sqs:*'],
      /reads arn:other, which is not/,
    ],
    ['a role that may not read', {}, ['sqs:ReceiveMessage'], /lacks sqs:DeleteMessage on/],
  ])('with %s is an error at start', (_what, more, allowed, message) => {
    const properties = { EventSourceArn: QUEUE, FunctionName: 'f', ...more };
    expect(() => start(properties, ...allowed)).toThrow(message);
  });

  test('that is disabled is an error at start, since it would run here', () => {
    const properties = { EventSourceArn: QUEUE, FunctionName: 'f', Enabled: false };
    expect(() => start(properties, 'sqs:*')).toThrow();
  });
});
