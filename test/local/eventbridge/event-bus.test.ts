import { describe, expect, test } from '@jest/globals';
import { createClock } from '../../../local/clock.ts';
import { create } from '../../../local/eventbridge/event-bus.ts';
import { nextOf } from '../../../local/eventbridge/schedule.ts';
import type { Lambda } from '../../../local/lambda/lambda.ts';
import type { Outcome } from '../../../local/lambda/runtime.ts';
import { contextWith, lambdaOf, until, type Resources } from '../context.ts';

const CALLS = {
  source: 'aws.connect',
  detailType: 'Contact',
  detail: { type: 'ENDED', n: { a: 'x' } },
};
const rule = (EventPattern: object, ...targets: string[]): Resources[string] => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern,
    Targets: targets.map((Arn, index) => ({ Arn, Id: String(index) })),
  },
});
const DONE: Outcome = { kind: 'returned', payload: null };
const FAILED: Outcome = { kind: 'failed', errorType: 'E', errorMessage: 'm' };

/** A bus with rules, whose functions end as given. */
function bus(
  resources: Resources,
  end: (count: number) => Outcome | undefined = () => DONE,
  known: (arn: string) => boolean = () => true,
) {
  const clock = createClock();
  const errors: unknown[] = [];
  const { lambda, invocations } = lambdaOf((_invocation, count) => end(count));
  const byArn: Lambda['byArn'] = (arn) => (known(arn) ? lambda.byArn(arn) : undefined);
  const context = contextWith(resources, {
    clock,
    lambda: { ...lambda, byArn },
    reportFailure: (error) => errors.push(error),
  });
  create(context).start?.();
  return { clock, errors, invocations, publish: () => context.events.publish(CALLS) };
}

describe('a rule', () => {
  test.each<[object, boolean]>([
    [{ source: ['aws.connect'] }, true],
    [{ source: ['aws.s3', 'aws.connect'] }, true],
    [{ source: ['aws.s3'] }, false],
    [{ source: ['aws.connect'], 'detail-type': ['Contact'] }, true],
    [{ source: ['aws.connect'], 'detail-type': ['Other'] }, false],
    [{ detail: { type: ['STARTED', 'ENDED'] } }, true],
    [{ detail: { type: ['STARTED'] } }, false],
    [{ detail: { n: { a: ['x'] } } }, true],
    [{ detail: { missing: ['x'] } }, false],
    [{ detail: { type: { deeper: ['ENDED'] } } }, false],
    [{ account: ['000000000000'], region: ['us-east-1'] }, true],
  ])('with the pattern %j matches: %s', async (pattern, matches) => {
    const { publish, invocations } = bus({
      Tested: rule(pattern, 'arn:tested'),
      Always: rule({ source: ['aws.connect'] }, 'arn:always'),
    });
    publish();
    await until(() => invocations.some(({ functionArn }) => functionArn === 'arn:always'));
    const names = invocations.map(({ functionArn }) => functionArn);
    expect(names.includes('arn:tested')).toBe(matches);
  });

  test('delivers the event in its envelope, to each of its targets', async () => {
    const { publish, invocations } = bus({
      Rule: rule({ source: ['aws.connect'] }, 'arn:1', 'arn:2'),
    });
    publish();
    await until(() => invocations.length === 2);
    expect(invocations.map(({ functionArn }) => functionArn)).toEqual(['arn:1', 'arn:2']);
    expect(invocations[0]?.event).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Contact',
      source: 'aws.connect',
      account: '000000000000',
      time: expect.stringMatching(/Z$/),
      region: 'us-east-1',
      resources: [],
      detail: CALLS.detail,
    });
    expect(invocations[1]?.event).toEqual(invocations[0]?.event);
  });
});

describe('a function that fails', () => {
  const once = { Rule: rule({ source: ['aws.connect'] }, 'arn:1') };

  test('gets the same event again after one minute and after two more, and then no more', async () => {
    const { publish, invocations, clock } = bus(once, () => FAILED);
    publish();
    for (const [wait, count] of [
      [60, 2],
      [120, 3],
    ] as const) {
      await until(() => invocations.length === count - 1);
      await settled();
      clock.advance(wait - 1);
      await settled();
      expect(invocations).toHaveLength(count - 1);
      clock.advance(1);
      await until(() => invocations.length === count);
    }
    await settled();
    clock.advance(3600);
    await settled();
    expect(invocations).toHaveLength(3);
    const [first, ...again] = invocations.map(({ event }) => event);
    expect(again).toEqual([first, first]);
  });

  test('and then succeeds gets it no more', async () => {
    const { publish, invocations, clock } = bus(once, (count) => (count === 1 ? FAILED : DONE));
    publish();
    await until(() => invocations.length === 1);
    await settled();
    clock.advance(60);
    await until(() => invocations.length === 2);
    await settled();
    clock.advance(3600);
    await settled();
    expect(invocations).toHaveLength(2);
  });

  test('to be invoked, because the stack permits it not, is reported', async () => {
    const { publish, errors } = bus(once, () => undefined);
    publish();
    await until(() => errors.length === 1);
    expect(String(errors[0])).toContain('may not invoke arn:1');
  });
});

describe('a rule with a schedule', () => {
  const nightly = {
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'cron(10 9 * * ? *)',
        Targets: [{ Arn: 'arn:1', Id: '1' }],
      },
    },
  };

  test('runs every day at its time, and once where several have passed', async () => {
    const { invocations, clock, publish } = bus(nightly);
    publish();
    const untilNext = () =>
      Math.ceil((nextOf('cron(10 9 * * ? *)')(clock.now()) - clock.now()) / 1000);
    clock.advance(untilNext() - 60);
    await settled();
    expect(invocations).toHaveLength(0);
    for (const [seconds, count] of [
      [60, 1],
      [86_400, 2],
      [3 * 86_400, 3],
    ] as const) {
      clock.advance(seconds);
      await until(() => invocations.length === count);
      await settled();
      expect(invocations).toHaveLength(count);
    }
    expect(invocations[0]?.event).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: expect.stringMatching(/T09:10:/),
      resources: [expect.any(String)],
      detail: {},
    });
  });

  test('repeats a run that fails', async () => {
    const { invocations, clock } = bus(nightly, () => FAILED);
    clock.advance(86_400);
    await until(() => invocations.length === 1);
    await settled();
    clock.advance(60);
    await until(() => invocations.length === 2);
    expect(invocations[1]?.event).toEqual(invocations[0]?.event);
  });
});

describe('the next time of a schedule', () => {
  const at = (time: string) => Date.parse(`2026-11-30T${time}Z`);

  test.each([
    ['before it, is today', '09:09:59.999', '2026-11-30T09:10:00.000Z'],
    ['at it, is tomorrow', '09:10:00.000', '2026-12-01T09:10:00.000Z'],
    ['after it, is tomorrow', '23:59:59.000', '2026-12-01T09:10:00.000Z'],
  ])('%s', (_what, now, next) => {
    expect(new Date(nextOf('cron(10 9 * * ? *)')(at(now))).toISOString()).toBe(next);
  });

  test.each([
    ['rate(90 minutes)', '2026-11-30T10:30:00.000Z'],
    ['rate(1 hour)', '2026-11-30T10:00:00.000Z'],
    ['rate(1 day)', '2026-12-01T00:00:00.000Z'],
  ])('of %s is one period after the last', (expression, next) => {
    expect(new Date(nextOf(expression)(at('09:10:00.000'))).toISOString()).toBe(next);
  });

  test.each([
    'rate(0 minutes)',
    'rate(5 weeks)',
    'cron(60 9 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0/5 9 * * ? *)',
    'cron(0 9 ? * MON *)',
  ])('of %s is unknown here', (expression) => {
    expect(() => nextOf(expression)).toThrow(`The schedule ${expression} cannot run here`);
  });
});

describe('a rule that cannot run here', () => {
  test.each<[string, object, RegExp]>([
    [
      'a numeric pattern',
      { EventPattern: { detail: { n: [{ numeric: ['>', 1] }] } }, Targets: [] },
      /The event rule Rule cannot run/,
    ],
    [
      'a schedule of another kind',
      { ScheduleExpression: 'at(2026-12-01T09:10:00)', Targets: [] },
      /The schedule at\(2026-12-01T09:10:00\) cannot run here: write a time of every day/,
    ],
    [
      'an input transformer',
      { EventPattern: {}, Targets: [{ Arn: 'a', Id: '1', Input: '{}' }] },
      /The event rule Rule cannot run/,
    ],
    [
      'a disabled state',
      { EventPattern: {}, State: 'DISABLED', Targets: [] },
      /The event rule Rule cannot run/,
    ],
  ])('with %s is an error at start', (_what, Properties, message) => {
    const Rule = { Type: 'AWS::Events::Rule', Properties } as Resources[string];
    expect(() => bus({ Rule })).toThrow(message);
  });

  test('with a target that is not a function of the stack is an error at start', () => {
    const resources = { Rule: rule({ source: ['x'] }, 'arn:queue') };
    expect(() => bus(resources, undefined, () => false)).toThrow(
      /target arn:queue, which is not a function/,
    );
  });
});

/** Lets every promise that can settle do so. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resume) => setImmediate(resume));
}
