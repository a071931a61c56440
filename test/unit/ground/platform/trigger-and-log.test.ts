import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { atFloor } from '../../../../lambdas/ground/platform/answer-floor.ts';
import {
  EnvironmentIncomplete,
  readEnvironment,
} from '../../../../lambdas/ground/platform/environment.ts';
import { ENVIRONMENT } from '../../../../lambdas/ground/platform/environment-names.ts';
import { errorFields, log } from '../../../../lambdas/ground/platform/log.ts';
import { once } from '../../../../lambdas/ground/platform/once.ts';
import { RefusedByGate, trigger } from '../../../../lambdas/ground/platform/trigger.ts';
import { RecordingLog } from '../../../fakes/recording-log.ts';
import { WrittenLines } from '../../../fakes/written-lines.ts';

describe('a trigger', () => {
  const run = (handle: (event: object) => Promise<object>) => {
    const lines = new RecordingLog();
    const handler = trigger('CREATED', lines.log, handle);
    return { lines, answer: (async () => handler({ user: 'pat' }, {} as Context))() };
  };

  test('answers, and logs one line with its time', async () => {
    const { lines, answer } = run(async (event) => event);
    expect(await answer).toEqual({ user: 'pat' });
    expect(lines.lines).toEqual([{ level: 'INFO', code: 'CREATED', ms: expect.any(Number) }]);
  });

  test('that fails says to try again and nothing else, and logs the name of the cause', async () => {
    const { lines, answer } = run(() => Promise.reject(new TypeError('pat@cedargrove.example')));
    await expect(answer).rejects.toMatchObject({
      name: 'TryAgain',
      message: 'The service is not available right now. Please try again',
    });
    expect(lines.lines).toMatchObject([
      { level: 'ERROR', code: 'CREATED_FAILED', error: 'TypeError' },
    ]);
    expect(JSON.stringify(lines.lines)).not.toContain('cedargrove');
  });

  test('that the gate refuses logs why, and asks the person to sign in again', async () => {
    const { lines, answer } = run(() => Promise.reject(new RefusedByGate('NO_GRANT')));
    await expect(answer).rejects.toThrow('No tokens for this sign-in. Please sign in again');
    expect(lines.lines).toMatchObject([{ level: 'WARN', code: 'CREATED', refused: 'NO_GRANT' }]);
  });
});

describe('the log', () => {
  test('writes one line of JSON', () => {
    const lines = new WrittenLines();
    log('WARN', 'A_CODE', { count: 1 });
    lines.release();
    expect(lines.texts[0]).toMatch(/^\{"timestamp":"[^"]+","level":"WARN","code":"A_CODE".*\}\n$/);
    expect(lines.all()).toMatchObject([{ count: 1 }]);
  });

  test('names an error, its place and its cause, and quotes no message', () => {
    const fields = errorFields(new RangeError('secret', { cause: new TypeError('secret') }));
    expect(fields).toMatchObject({ error: 'RangeError', cause: 'TypeError' });
    expect(String(fields.at)).toContain('trigger-and-log.test.ts');
    expect(JSON.stringify(fields)).not.toContain('secret');
    expect(errorFields('secret')).toEqual({ error: 'string' });
  });

  test('names why a transaction was cancelled', () => {
    const CancellationReasons = ['None', 'ThrottlingError', 'ThrottlingError'].map((Code) => ({
      Code,
      Message: 'secret',
    }));
    const cause = Object.assign(new Error('secret'), { name: 'Cancelled', CancellationReasons });
    const { cause: named } = errorFields(new Error('secret', { cause }));
    expect(named).toBe('Cancelled (ThrottlingError)');
  });
});

describe('the environment', () => {
  const names = { accounts: ENVIRONMENT.accountsTable, flows: ENVIRONMENT.flowsTable };

  test('is read by name', () => {
    const environment = { ACCOUNTS_TABLE: 'a', FLOWS_TABLE: 'f' };
    expect(readEnvironment(names, environment)).toEqual({ accounts: 'a', flows: 'f' });
  });

  test('that lacks variables names all of them at once; an empty one is missing', () => {
    const read = () => readEnvironment(names, { FLOWS_TABLE: '' });
    expect(read).toThrow(EnvironmentIncomplete);
    expect(read).toThrow('The environment lacks ACCOUNTS_TABLE, FLOWS_TABLE');
  });
});

describe('the floor of an answer', () => {
  const timeOf = async (answer: () => Promise<unknown>) => {
    const started = performance.now();
    await atFloor(40, answer).catch(() => undefined);
    return performance.now() - started;
  };

  test('holds fast answers back, refusals and failures alike', async () => {
    const times = [await timeOf(async () => 1), await timeOf(() => Promise.reject(new Error('x')))];
    for (const time of times) expect(time).toBeGreaterThanOrEqual(40);
  });

  test('holds slow answers back to its next multiple', async () => {
    const slow = () => new Promise((resume) => setTimeout(resume, 45));
    expect(await timeOf(slow)).toBeGreaterThanOrEqual(80);
  });

  test('is not left early by an answer that kept the event loop busy', async () => {
    const busy = async () => {
      for (const start = performance.now(); performance.now() - start < 25;);
    };
    expect(await timeOf(busy)).toBeGreaterThanOrEqual(40);
  });

  test('returns the answer, or its failure', async () => {
    expect(await atFloor(1, async () => 'answer')).toBe('answer');
    await expect(atFloor(1, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  });
});

test('a value that is made once is made at its first use, and again only if making it failed', () => {
  let made = 0;
  const value = once(() => {
    made += 1;
    if (made === 1) throw new Error('not yet');
    return made;
  });
  expect(made).toBe(0);
  expect(value).toThrow('not yet');
  expect([value(), value()]).toEqual([2, 2]);
});
