import { describe, expect, test } from '@jest/globals';
import {
  requestIdOf,
  takeOnce,
  ticketOf,
} from '../../../../lambdas/capabilities/token-flows/repeats.ts';
import {
  type Found,
  OUT_OF_ORDER,
} from '../../../../lambdas/capabilities/token-flows/token-flow.ts';
import { newTokenFlow } from '../../../../lambdas/capabilities/token-flows/token-flow.rules.ts';

const request = {
  route: 'setPassword' as const,
  bearer: 'flow-token',
  body: { password: 'Quiet-Lantern-42' },
  idempotencyKey: undefined,
};

describe('the identity of a request', () => {
  test('is the same for its repeat', () => {
    expect(requestIdOf(request)).toBe(requestIdOf(structuredClone(request)));
  });

  test.each([
    ['another password', { body: { password: 'Quiet-Lantern-43' } }],
    ['another flow, so that equal passwords show nowhere', { bearer: 'another-token' }],
    ['another route', { route: 'resetPassword' as const }],
    ['a key', { idempotencyKey: 'attempt-1' }],
  ])('differs for %s', (_what, more) => {
    expect(requestIdOf({ ...request, ...more })).not.toBe(requestIdOf(request));
  });

  test.each([
    ['a code', { code: '123456' }, false],
    ['an address to send to', { email: 'pat@cedargrove.example' }, false],
    ['the confirmation of a call', { call: 'CONFIRMED' }, true],
    ['nothing', undefined, false],
  ])('without a key, for %s', (_what, body, mayRepeat) => {
    expect(requestIdOf({ ...request, body }) !== undefined).toBe(mayRepeat);
    expect(requestIdOf({ ...request, body, idempotencyKey: 'attempt-1' })).toBeDefined();
  });

  test('is none without a flow token', () => {
    expect(requestIdOf({ ...request, bearer: undefined })).toBeUndefined();
  });
});

test('a ticket follows from its flow token alone, and does not reveal it', () => {
  expect(ticketOf('flow-token')).toBe(ticketOf('flow-token'));
  expect(ticketOf('flow-token')).not.toBe(ticketOf('another-token'));
  expect(ticketOf('flow-token')).toMatch(/^[\w-]{43}$/);
});

describe('a step that is taken once', () => {
  const flowWith = (lastRequest?: string): Found<ReturnType<typeof flow>> => ({
    flow: { ...flow(), ...(lastRequest === undefined ? {} : { lastRequest }) },
    account: undefined,
    source: { sourceAddress: '203.0.113.7', requestId: 'request' },
    now: 0,
    token: 'flow-token',
  });
  const flow = () =>
    newTokenFlow('PASSWORD_RESET', { tokenHash: 'hash', flowId: 'flow-1', now: 0 });

  type Outcome = { done: true } | { repeated: true };

  /** The step over flows as each look finds them. */
  function taken(
    looks: (string | undefined)[],
    outcome: Outcome | typeof OUT_OF_ORDER = { done: true },
  ) {
    const taken: string[] = [];
    const run = (requestId: string | undefined) =>
      takeOnce(requestId, {
        open: async () => flowWith(looks.shift()),
        take: async () => {
          taken.push('taken');
          return outcome;
        },
        repeat: async (): Promise<Outcome> => ({ repeated: true }),
      });
    return { run, taken };
  }

  test('is taken by a request that the flow does not know', async () => {
    const { run, taken: steps } = taken(['another']);
    expect(await run('request')).toEqual({ done: true });
    expect(steps).toEqual(['taken']);
  });

  test('is not taken by a repeat', async () => {
    const { run, taken: steps } = taken(['request']);
    expect(await run('request')).toEqual({ repeated: true });
    expect(steps).toEqual([]);
  });

  test('is repeated for the later of two of the same request at once', async () => {
    expect(await taken([undefined, 'request'], OUT_OF_ORDER).run('request')).toEqual({
      repeated: true,
    });
  });

  test('is out of order for another request at once, or one without a name', async () => {
    expect(await taken([undefined, 'another'], OUT_OF_ORDER).run('request')).toEqual(OUT_OF_ORDER);
    expect(await taken([undefined, undefined], OUT_OF_ORDER).run(undefined)).toEqual(OUT_OF_ORDER);
  });

  test('is refused as opening the flow is', async () => {
    const refused = { refused: 'FLOW_EXPIRED' } as const;
    const step = { open: async () => refused, take: fail, repeat: fail };
    expect(await takeOnce('request', step)).toBe(refused);
  });

  async function fail(): Promise<never> {
    throw new Error('The step was taken.');
  }
});
