import { describe, expect, test } from '@jest/globals';
import { CodeDelivery } from '../../../../lambdas/capabilities/verification/code-delivery.ts';
import { useConfirmedCall } from '../../../../lambdas/capabilities/verification/confirmations.ts';
import {
  type DispatchRequest,
  sendLimits,
  VerificationDispatcher,
} from '../../../../lambdas/capabilities/verification/dispatch.ts';
import {
  sendVerification,
  type SendRequest,
} from '../../../../lambdas/capabilities/verification/send.ts';
import { isTooSoon } from '../../../../lambdas/capabilities/verification/verification.rules.ts';
import type { Verification } from '../../../../lambdas/capabilities/verification/verification.rules.ts';
import { clausesOf } from '../../../../lambdas/ground/platform/attributes.rules.ts';
import { put } from '../../../../lambdas/ground/platform/database.ts';
import { Backend } from '../../../fakes/backend.ts';
import { aCall, MINUTE, settings } from '../../../fakes/builders.ts';

const EMAIL = 'pat@cedargrove.example';
const PHONE = '+12025550143';
const onFlow = clausesOf<{ pk: string }>();

function request(backend: Backend, more: Partial<DispatchRequest> = {}): DispatchRequest {
  const factor = more.factor ?? 'EMAIL';
  const destination = factor === 'EMAIL' ? EMAIL : PHONE;
  return {
    binding: { purpose: 'SIGN_IN', flowId: 'flow-1', accountId: 'account-1', destination },
    factor,
    lane: 'SIGN_IN',
    language: 'en',
    flow: { table: 'CHALLENGES', pk: 'FLOW#flow-1' },
    epoch: 1,
    now: backend.now(),
    ...more,
  };
}

describe('sending a verification', () => {
  /** A flow whose step is one item, and whose undoing is another. */
  function sending(
    more: Partial<SendRequest> = {},
    some: ConstructorParameters<typeof Backend>[0] = {},
  ) {
    const backend = new Backend(some);
    const steps: Verification[] = [];
    const send = (again: Partial<SendRequest> = {}) =>
      sendVerification(backend.shared, {
        ...request(backend, more),
        former: undefined,
        outcome: 'THE_OUTCOME',
        step: (open) => {
          steps.push(open);
          return [put('flows', { pk: 'step' }, onFlow.absent('pk'))];
        },
        undo: () => [put('flows', { pk: 'undone' })],
        ...more,
        ...again,
      });
    return { backend, send, steps, items: () => backend.database.all('flows').map(({ pk }) => pk) };
  }

  test('commits the step, its count and its event together, then sends', async () => {
    const { backend, send, steps, items } = sending();
    expect(await send()).toEqual({ sent: steps[0] });
    expect(items()).toEqual(['step']);
    expect(backend.database.all('limits')).toHaveLength(4);
    expect(backend.trail()).toMatchObject([{ event: 'CODE_SENT', outcome: 'THE_OUTCOME' }]);
    expect(backend.email.sent).toHaveLength(1);
  });

  test('sends nothing where the step is refused', async () => {
    const { backend, send } = sending();
    await backend.write(put('flows', { pk: 'step' }));
    expect(await send()).toEqual({ refused: 'CHANGED' });
    expect(backend.email.sent).toEqual([]);
    expect(backend.trail()).toEqual([]);
  });

  test('sends once where two send at once', async () => {
    const { backend, send } = sending();
    const outcomes = await Promise.all([send(), send()]);
    expect(outcomes.filter((outcome) => 'sent' in outcome)).toHaveLength(1);
    expect(backend.email.sent).toHaveLength(1);
  });

  test('puts the flow back where the message is not taken', async () => {
    const { backend, send, items } = sending();
    backend.email.failNext('send');
    expect(await send()).toEqual({ refused: 'DELIVERY_FAILED' });
    expect(items()).toEqual(['step', 'undone']);
    expect(backend.trail().at(-1)).toMatchObject({ outcome: 'DELIVERY_FAILED' });
  });

  test('says until when a limit is used up, and writes nothing', async () => {
    const { backend, send, items } = sending({}, { limits: { emailSendsPerQuarterHour: 1 } });
    await send();
    const next = { step: () => [put('flows', { pk: 'second' })] };
    expect(await send(next)).toEqual({
      refused: 'SEND_LIMIT',
      until: backend.now() + 15 * MINUTE,
    });
    expect(items()).toEqual(['step']);
  });

  test('looks at the number once more where its call changed while another was prepared', async () => {
    const { backend, send } = sending({ factor: 'CALL' });
    backend.database.beforeCommit = async () => {
      const other = aCall({ callId: 'o'.repeat(22), flowId: 'flow-2', expiresAt: 9e15 });
      await backend.write(...backend.calls.place(other, undefined));
    };
    // The breaker is counted first; the call is written in the second commit.
    expect(await send()).toMatchObject({ refused: 'CALL_IN_PROGRESS' });
    expect(backend.telephony.started).toEqual([]);
  });

  test('ends the call that the new send leaves behind', async () => {
    const { backend, send } = sending();
    const call = aCall({ contactId: 'contact-9' });
    await backend.write(...backend.calls.place(call, undefined));
    const { callId, expiresAt } = call;
    const open = { callId, expiresAt, sentAt: 0 };
    await send({ former: { kind: 'CALL', factor: 'CALL', call: open } });
    expect(backend.telephony.stopped).toEqual(['contact-9']);
  });

  test('is an outage, and not undone, where something else fails than the delivery', async () => {
    const { backend, send, items } = sending();
    backend.mac.failNext('mac');
    await expect(send()).rejects.toMatchObject({ name: 'CodeMacUnavailable' });
    expect(items()).toEqual([]);
  });
});

describe('what a send counts against', () => {
  const backend = new Backend();
  const keys = (more: Partial<DispatchRequest>) =>
    sendLimits({ ...request(backend, more), source: '192.0.2.1' }, settings()).map(
      ({ key }) => key.split('#')[0],
    );

  test.each([
    ['SIGN_IN', 'EMAIL', ['SIGN_IN_EMAIL', 'SIGN_IN_EMAIL', 'SIGN_IN_EMAIL', 'STAGE']],
    ['SIGN_IN', 'SMS', ['SIGN_IN_PHONE', 'SIGN_IN_PHONE', 'SIGN_IN_PHONE', 'STAGE']],
    ['ENROLMENT', 'CALL', [...Array<string>(6).fill('ENROLMENT_PHONE'), 'STAGE']],
    ['RESET', 'SMS', [...Array<string>(6).fill('RESET_PHONE'), 'STAGE']],
  ] as const)('in the lane %s by %s is its own', (lane, factor, budgets) => {
    expect(keys({ lane, factor })).toEqual(budgets);
  });

  test('is the breaker of its channel, apart before and after a password', () => {
    const breaker = (more: Partial<DispatchRequest>) =>
      sendLimits({ ...request(backend, more), source: '192.0.2.1' }, settings()).at(-1)?.breaker;
    expect(breaker({ factor: 'SMS' })).toBe('AFTER_PASSWORD#TEXT');
    expect(breaker({ factor: 'CALL', lane: 'RESET' })).toBe('BEFORE_PASSWORD#CALL');
    expect(breaker({ factor: 'EMAIL', lane: 'ENROLMENT' })).toBe('BEFORE_PASSWORD#EMAIL');
  });
});

describe('the dispatcher', () => {
  test('issues a code that it does not keep, and sends it on deliver()', async () => {
    const backend = new Backend();
    const dispatch = await backend.dispatcher.prepare(request(backend, { factor: 'SMS' }));
    if ('refused' in dispatch) throw new Error(dispatch.refused);
    expect(backend.text.sent).toEqual([]);
    await dispatch.deliver();
    expect(JSON.stringify(dispatch.open)).not.toContain(backend.text.lastCode());
    expect(dispatch.open).toMatchObject({ kind: 'CODE', factor: 'SMS', code: { attemptsLeft: 5 } });
  });

  test('is a fault of the stack where a call is wanted of a function without voice', async () => {
    const { mac, delivery, settings: all } = new Backend();
    const silent = new VerificationDispatcher({ mac, delivery, settings: all, desk: undefined });
    const wanted = request(new Backend(), { factor: 'CALL' });
    await expect(silent.prepare(wanted)).rejects.toThrow('grant it voice');
  });
});

describe('the delivery of a code', () => {
  const portal = { name: 'Cedar', host: 'portal.example' };
  const code = {
    ...({ purpose: 'SIGN_IN', language: 'en' } as const),
    digits: '012345',
    lifeMs: 30_000,
    accountId: 'a',
  };

  test('goes by the way of its factor, with the purpose for the log', async () => {
    const backend = new Backend();
    const { email, text } = backend;
    const delivery = new CodeDelivery({ portal, email, text });
    await delivery.send({ ...code, factor: 'EMAIL', destination: EMAIL });
    await delivery.send({ ...code, factor: 'SMS', destination: PHONE });
    expect(email.sent).toMatchObject([{ to: EMAIL, purpose: 'SIGN_IN' }]);
    expect(text.sent).toMatchObject([{ to: PHONE, purpose: 'SIGN_IN' }]);
    expect(text.sent[0]?.text.split('\n').at(-1)).toBe('@portal.example #012345');
  });

  test.each(['EMAIL', 'SMS', 'CALL'] as const)(
    'is a fault of the stack where a function has no way for %s',
    async (factor) => {
      const delivery = new CodeDelivery({ portal, email: undefined, text: undefined });
      await expect(delivery.send({ ...code, factor, destination: EMAIL })).rejects.toThrow(
        `sends no codes by ${factor}`,
      );
    },
  );
});

describe('a confirmation', () => {
  const confirmed = aCall({ state: 'CONFIRMED' });

  test.each<[string, object]>([
    ['is not confirmed', { state: 'ANSWERED' }],
    ['was used', { usedAt: 1 }],
    ['has expired', { expiresAt: 5 }],
    ['is of another flow', { flowId: 'another' }],
    ['is of another account', { accountId: 'another' }],
    ['is of another epoch', { epoch: 2 }],
  ])('of a call that %s is none', async (_what, more) => {
    const backend = new Backend();
    await backend.write(...backend.calls.place({ ...confirmed, ...more }, undefined));
    expect(await useConfirmedCall(backend.calls, confirmed.callId, confirmed, 5)).toBeUndefined();
  });

  test('of its own flow, in time, is the write that uses it up', async () => {
    const backend = new Backend();
    await backend.write(...backend.calls.place(confirmed, undefined));
    const write = await useConfirmedCall(backend.calls, confirmed.callId, confirmed, 5);
    await backend.write(...(write === undefined ? [] : [write]));
    expect(await backend.calls.get(confirmed.callId)).toMatchObject({ usedAt: 5 });
  });
});

test('a factor is sent again 15 seconds later, apart from the others', () => {
  expect(isTooSoon({ SMS: 0 }, 'SMS', 14_999)).toBe(true);
  expect(isTooSoon({ SMS: 0 }, 'SMS', 15_000)).toBe(false);
  expect(isTooSoon({ SMS: 0 }, 'EMAIL', 1)).toBe(false);
});
