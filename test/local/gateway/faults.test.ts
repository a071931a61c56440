import { describe, expect, test } from '@jest/globals';
import { createFaults, NO_ANSWER, type Fault, type Faults } from '../../../local/gateway/faults.ts';
import type { Reply } from '../../../local/gateway/messages.ts';
import { httpRequest } from '../requests.ts';

const DONE: Reply = { status: 200, headers: {}, body: 'done' };
const SEND: Parameters<Faults['around']>[0] = {
  service: 'ses',
  operation: 'SendEmail',
  functionId: 'create',
  http: httpRequest({}),
};

/** Counts how often the call took effect. */
function counted(): { run: () => Promise<Reply>; effects: () => number } {
  let effects = 0;
  return {
    run: async () => {
      effects += 1;
      return await Promise.resolve(DONE);
    },
    effects: () => effects,
  };
}

function faultsWith(...given: object[]): Faults {
  const faults = createFaults(['create', 'verify']);
  for (const fault of given) faults.add(faults.shapeOf(fault).parse(fault));
  return faults;
}

describe('a fault of a service', () => {
  test('fails as many calls as it says, without their effect, and then no more', async () => {
    const { run, effects } = counted();
    const faults = faultsWith({ service: 'ses', times: 2, error: 'ThrottlingException' });
    for (let call = 0; call < 2; call += 1)
      await expect(faults.around(SEND, run)).rejects.toMatchObject({
        code: 'ThrottlingException',
        message: 'Rate exceeded',
        status: 400,
      });
    expect(effects()).toBe(0);
    expect(await faults.around(SEND, run)).toBe(DONE);
  });

  test('without an error fails as a server does', async () => {
    const faults = faultsWith({ service: 'ses', times: 1 });
    await expect(faults.around(SEND, counted().run)).rejects.toMatchObject({
      code: 'InternalServerError',
      status: 500,
    });
  });

  test.each([
    ['ServiceUnavailableException', 500],
    ['KMSInternalException', 500],
    ['MessageRejected', 400],
  ])('with %s answers %d', async (error, status) => {
    const faults = faultsWith({ service: 'ses', times: 1, error });
    await expect(faults.around(SEND, counted().run)).rejects.toMatchObject({ code: error, status });
  });

  test('with a delay only is late, and takes effect', async () => {
    const { run, effects } = counted();
    const started = performance.now();
    expect(await faultsWith({ service: 'ses', times: 1, delayMs: 30 }).around(SEND, run)).toBe(
      DONE,
    );
    expect(performance.now() - started).toBeGreaterThanOrEqual(20);
    expect(effects()).toBe(1);
  });

  test('with a delay and an error is late and fails', async () => {
    const { run, effects } = counted();
    const started = performance.now();
    const faults = faultsWith({ service: 'ses', times: 1, delayMs: 30, error: 'Late' });
    await expect(faults.around(SEND, run)).rejects.toMatchObject({ code: 'Late' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(20);
    expect(effects()).toBe(0);
  });

  test('after the effect loses the answer', async () => {
    const { run, effects } = counted();
    const faults = faultsWith({ service: 'ses', times: 1, afterEffect: true });
    expect(await faults.around(SEND, run)).toBe(NO_ANSWER);
    expect(effects()).toBe(1);
  });

  test('after the effect with an error answers with the error', async () => {
    const { run, effects } = counted();
    const faults = faultsWith({ service: 'ses', times: 1, afterEffect: true, error: 'Lost' });
    await expect(faults.around(SEND, run)).rejects.toMatchObject({ code: 'Lost' });
    expect(effects()).toBe(1);
  });

  test.each<[string, object]>([
    ['another service', { service: 'sns', times: 1 }],
    ['another operation', { service: 'ses', operation: 'SendRawEmail', times: 1 }],
    ['another function', { service: 'ses', function: 'verify', times: 1 }],
  ])('of %s leaves the call alone', async (_what, fault) => {
    expect(await faultsWith(fault).around(SEND, counted().run)).toBe(DONE);
  });

  test('of a function leaves calls of no function alone', async () => {
    const faults = faultsWith({ service: 'ses', function: 'create', times: 1 });
    const developer = { ...SEND, functionId: undefined };
    expect(await faults.around(developer, counted().run)).toBe(DONE);
    await expect(faults.around(SEND, counted().run)).rejects.toThrow();
  });

  test('is used up before the next one that fits', async () => {
    const faults = faultsWith(
      { service: 'ses', times: 1, error: 'First' },
      { service: 'ses', operation: 'SendEmail', times: 1, error: 'Second' },
    );
    await expect(faults.around(SEND, counted().run)).rejects.toMatchObject({ code: 'First' });
    await expect(faults.around(SEND, counted().run)).rejects.toMatchObject({ code: 'Second' });
  });

  test('is gone once faults are cleared', async () => {
    const faults = faultsWith({ service: 'ses', times: 9 });
    faults.clear();
    expect(await faults.around(SEND, counted().run)).toBe(DONE);
  });

  test('does not use up the object that it was made of', () => {
    const fault: Fault = { service: 'ses', times: 1 };
    const faults = createFaults([]);
    faults.add(fault);
    void faults.around(SEND, counted().run).catch(() => undefined);
    expect(fault.times).toBe(1);
  });
});

describe('a fault of contact events', () => {
  const event = { service: 'connect', operation: 'ContactEvents', times: 1 };

  test.each<[object, object]>([
    [{ delayMs: 40 }, { copies: 1, delayMs: 40 }],
    [{ duplicate: true }, { copies: 2, delayMs: 0 }],
    [{ error: 'Lost' }, { copies: 0, delayMs: 0 }],
    [
      { duplicate: true, delayMs: 5 },
      { copies: 2, delayMs: 5 },
    ],
  ])('%j publishes %j', (more, expected) => {
    const faults = faultsWith({ ...event, ...more });
    expect(faults.takeEventFault()).toEqual(expected);
    expect(faults.takeEventFault()).toEqual({ copies: 1, delayMs: 0 });
  });

  test("leaves Connect's operations alone, and a fault of those leaves events alone", async () => {
    const call = { ...SEND, service: 'connect', operation: 'StopContact' } as const;
    expect(await faultsWith(event).around(call, counted().run)).toBe(DONE);
    expect(faultsWith({ service: 'connect', times: 1 }).takeEventFault().copies).toBe(1);
  });
});

describe('a fault of a trigger', () => {
  test('calls that trigger twice, once unless it says otherwise', () => {
    const faults = faultsWith({ trigger: 'create', duplicate: true });
    expect(faults.takeDuplicate('define')).toBe(false);
    expect(faults.takeDuplicate('create')).toBe(true);
    expect(faults.takeDuplicate('create')).toBe(false);
  });

  test('may last for several calls', () => {
    const faults = faultsWith({ trigger: 'verify', duplicate: true, times: 2 });
    expect([1, 2, 3].map(() => faults.takeDuplicate('verify'))).toEqual([true, true, false]);
  });
});

describe('what is not a fault', () => {
  const problem = (fault: unknown): string => {
    const parsed = createFaults(['create']).shapeOf(fault).safeParse(fault);
    return parsed.success ? '' : JSON.stringify(parsed.error.issues);
  };

  test.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /expected object/],
    ['a text', 'ses', /expected object/],
    ['an unknown service', { service: 'fax', times: 1 }, /"service"/],
    ['no number of times', { service: 'ses' }, /"times"/],
    ['no times at all', { service: 'ses', times: 0 }, /"times"/],
    ['half a time', { service: 'ses', times: 0.5 }, /"times"/],
    ['a negative delay', { service: 'ses', times: 1, delayMs: -1 }, /"delayMs"/],
    ['a delay of hours', { service: 'ses', times: 1, delayMs: 7_200_000 }, /"delayMs"/],
    ['an error that is not a name', { service: 'ses', times: 1, error: 'No way!' }, /"error"/],
    ['an empty operation', { service: 'ses', times: 1, operation: '' }, /"operation"/],
    ['afterEffect false', { service: 'ses', times: 1, afterEffect: false }, /"afterEffect"/],
    ['an unknown member', { service: 'ses', times: 1, code: 500 }, /"code"/],
    [
      'an unknown function',
      { service: 'ses', times: 1, function: 'cretae' },
      /its functions are create/,
    ],
    ['an unknown trigger', { trigger: 'pre-sign-up', duplicate: true }, /"trigger"/],
    ['a trigger without duplicate', { trigger: 'create' }, /"duplicate"/],
    ['a trigger with an error', { trigger: 'create', duplicate: true, error: 'X' }, /"error"/],
    [
      'an event of another service',
      { service: 'ses', operation: 'ContactEvents', times: 1 },
      /"service"/,
    ],
    [
      'an event with an effect',
      { service: 'connect', operation: 'ContactEvents', times: 1, afterEffect: true },
      /"afterEffect"/,
    ],
  ])('%s is refused with the member at fault', (_what, fault, message) => {
    expect(problem(fault)).toMatch(message);
  });
});
