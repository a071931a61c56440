import { describe, expect, test } from '@jest/globals';
import type {
  CallRequest,
  PreparedCall,
} from '../../../../lambdas/capabilities/calls/call-desk.ts';
import type { Call } from '../../../../lambdas/capabilities/calls/call.rules.ts';
import { callStatus } from '../../../../lambdas/capabilities/calls/call-status.ts';
import { handleCallee } from '../../../../lambdas/capabilities/calls/callee.ts';
import { erase } from '../../../../lambdas/ground/platform/database.ts';
import { sha256 } from '../../../../lambdas/ground/platform/secrets.rules.ts';
import { Backend } from '../../../fakes/backend.ts';
import { aCall, HOUR, MINUTE, type Some } from '../../../fakes/builders.ts';

const PHONE = '+12025550143';

function requestOf(backend: Backend, flowId = 'flow-1'): CallRequest {
  return {
    binding: { purpose: 'SIGN_IN', flowId, accountId: 'account-1', destination: PHONE },
    flow: { table: 'CHALLENGES', pk: `FLOW#${flowId}` },
    epoch: 1,
    language: 'en',
    now: backend.now(),
  };
}

async function prepared(
  backend: Backend,
  flowId?: string,
  spokenCode?: string,
): Promise<PreparedCall> {
  const request = requestOf(backend, flowId);
  const call = await backend.desk.prepare(
    spokenCode === undefined ? request : { ...request, spokenCode },
  );
  if ('refused' in call) throw new Error(call.refused);
  return call;
}

/** Prepared, written and placed. */
async function placed(backend: Backend, flowId?: string) {
  const call = await prepared(backend, flowId);
  await backend.write(...call.writes);
  await call.place();
  return call.open.callId;
}

describe('the desk that places calls', () => {
  test('writes the call before it is placed, and ties the contact to it then', async () => {
    const backend = new Backend();
    const call = await prepared(backend);
    expect(backend.telephony.started).toEqual([]);
    await backend.write(...call.writes);
    await call.place();
    const { callId } = call.open;
    expect(await backend.calls.byContact('contact-1')).toMatchObject({ callId, state: 'CALLING' });
    expect(backend.telephony.started).toMatchObject([
      { phone: PHONE, clientToken: sha256(callId), attributes: { challengeId: callId } },
    ]);
  });

  test('says who calls and why, in words without markup', async () => {
    const backend = new Backend({ portalName: '<Cedar> & "Grove"' });
    await placed(backend);
    expect(backend.telephony.lastSpeech()).toBe(
      'This is Cedar Grove. We are calling because someone is signing in with your account. ' +
        'If that is you, press the pound key. If you did not ask for this call, press 9.',
    );
  });

  test('refuses another flow while the number has a live call, and says until when', async () => {
    const backend = new Backend();
    await placed(backend);
    expect(await backend.desk.prepare(requestOf(backend, 'flow-2'))).toEqual({
      refused: 'CALL_IN_PROGRESS',
      until: backend.now() + 2 * MINUTE,
    });
  });

  test('replaces the call of the same flow once the new one is placed', async () => {
    const backend = new Backend();
    const former = await placed(backend);
    const next = await prepared(backend);
    expect(await backend.calls.get(former)).toMatchObject({ state: 'CALLING' });
    await backend.write(...next.writes);
    await next.place();
    expect(await backend.calls.get(former)).toMatchObject({ state: 'FAILED' });
    expect(backend.telephony.stopped).toEqual(['contact-1']);
  });

  test('places a call to a number whose former call is deleted already', async () => {
    const backend = new Backend();
    const former = await placed(backend);
    await backend.write(erase('challenges', { pk: `CALL#${former}` }));
    const next = await placed(backend, 'flow-2');
    expect(await backend.calls.ofNumber(PHONE)).toMatchObject({ last: { callId: next } });
  });

  test('marks a call that Connect does not take as FAILED, and reports DeliveryFailed', async () => {
    const backend = new Backend();
    const call = await prepared(backend);
    await backend.write(...call.writes);
    backend.telephony.failNext('start');
    await expect(call.place()).rejects.toMatchObject({ name: 'DeliveryFailed' });
    expect(await backend.calls.get(call.open.callId)).toMatchObject({ state: 'FAILED' });
    expect(backend.lines.lines).toMatchObject([{ code: 'CALL_NOT_PLACED', purpose: 'SIGN_IN' }]);
    expect(JSON.stringify(backend.lines.lines)).not.toContain(PHONE);
  });

  test('lets a call ring whose contact cannot be tied to it: # ties it', async () => {
    const backend = new Backend();
    const call = await prepared(backend);
    await backend.write(...call.writes);
    backend.database.failNext('commit');
    await call.place();
    expect(backend.lines.codes()).toEqual(['CALL_PLACED', 'CONTACT_NOT_BOUND']);
    expect(await backend.press('CONFIRMED')).toBe('CONFIRMED');
    expect(await backend.calls.get(call.open.callId)).toMatchObject({ contactId: 'contact-1' });
  });

  test('goes on where Connect does not hang up: the call confirms nothing any more', async () => {
    const backend = new Backend();
    const callId = await placed(backend);
    backend.telephony.failNext('stop');
    await backend.desk.endById(callId);
    expect(backend.lines.codes()).toEqual(['CALL_PLACED', 'CALL_NOT_STOPPED']);
    expect(await backend.press('CONFIRMED')).toBe('REFUSED');
  });

  test('ends nothing twice, and nothing that is not there', async () => {
    const backend = new Backend();
    const callId = await placed(backend);
    await backend.desk.endById(callId);
    await backend.desk.endById(callId);
    await backend.desk.endById('x'.repeat(22));
    expect(backend.telephony.stopped).toEqual(['contact-1']);
  });

  test('speaks a code digit by digit, twice, and warns of sharing it', async () => {
    const backend = new Backend();
    const call = await prepared(backend, 'flow-1', '012345');
    await backend.write(...call.writes);
    await call.place();
    expect(backend.telephony.lastSpeech()).toContain(
      'Your code is: 0, 1, 2, 3, 4, 5. Once more: 0, 1, 2, 3, 4, 5.',
    );
    expect(backend.telephony.started[0]?.attributes.mode).toBe('SPOKEN_CODE');
  });
});

describe('a callee', () => {
  async function called(more: Some<Call> = {}) {
    const backend = new Backend();
    const { time } = backend.clock;
    const call = aCall({ placedAt: time, expiresAt: time + 2 * MINUTE, ...more });
    await backend.write(...backend.calls.place(call, undefined), {
      kind: 'put',
      table: 'challenges',
      item: { ...call.flow, flowId: 'flow-1' },
      when: [],
    });
    const { calls, audit, commit, now } = backend;
    const press = (outcome: string, changed: object = {}) =>
      handleCallee({ calls, audit, commit, now }, outcome, {
        contactId: 'contact-1',
        challengeId: call.callId,
        phone: PHONE,
        ...changed,
      });
    return { backend, call, press, state: async () => (await calls.get(call.callId))?.state };
  }

  test('confirms once, with one event; a repeat has the same result', async () => {
    const { backend, press, state } = await called();
    expect(await press('CONFIRMED')).toBe('CONFIRMED');
    expect(await press('CONFIRMED')).toBe('CONFIRMED');
    expect(await state()).toBe('CONFIRMED');
    expect(backend.eventNames()).toEqual(['CALL_CONFIRMED']);
  });

  test('confirms once where three reports come at once', async () => {
    const { backend, press } = await called();
    const results = await Promise.all([1, 2, 3].map(() => press('CONFIRMED')));
    expect(results).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED']);
    expect(backend.eventNames()).toEqual(['CALL_CONFIRMED']);
  });

  test.each([
    ['of another number', { phone: '+12025550199' }],
    ['of no number', { phone: '' }],
    ['with a call that is not there', { challengeId: 'x'.repeat(22) }],
  ])('%s confirms nothing', async (_what, changed) => {
    const { press, state } = await called();
    expect(await press('CONFIRMED', changed)).toBe('REFUSED');
    expect(await state()).toBe('CALLING');
  });

  test('of another contact than the one that is bound confirms nothing', async () => {
    const { press } = await called({ contactId: 'bound' });
    expect(await press('CONFIRMED')).toBe('REFUSED');
    expect(await press('CONFIRMED', { contactId: 'bound' })).toBe('CONFIRMED');
  });

  test.each<[string, Some<Call>]>([
    ['has expired', { expiresAt: 1 }],
    ['has failed', { state: 'FAILED' }],
    ['was not answered', { state: 'NO_ANSWER' }],
    ['speaks a code', { spoken: true }],
  ])('confirms no call that %s', async (_what, more) => {
    const { backend, press } = await called(more);
    expect(await press('CONFIRMED')).toBe('REFUSED');
    expect(backend.trail()).toEqual([]);
  });

  test('who presses 9 ends the call and the flow, and the number rests for an hour', async () => {
    const { backend, call, press, state } = await called();
    expect(await press('DENIED')).toBe('DENIED');
    expect(await state()).toBe('FAILED');
    expect(await backend.database.read('challenges', { pk: call.flow.pk })).toMatchObject({
      deniedAt: backend.now(),
    });
    expect(await backend.desk.prepare(requestOf(backend, 'flow-2'))).toEqual({
      refused: 'SEND_LIMIT',
      until: backend.now() + HOUR,
    });
    expect(backend.eventNames()).toEqual(['CALL_DENIED']);
  });

  test('who presses 9 again has denied once; after # there is nothing to deny', async () => {
    const { backend, press } = await called();
    await press('DENIED');
    expect(await press('DENIED')).toBe('DENIED');
    expect(backend.eventNames()).toEqual(['CALL_DENIED']);
    const confirmed = await called({ state: 'CONFIRMED' });
    expect(await confirmed.press('DENIED')).toBe('REFUSED');
  });

  test('who presses 9 has denied, also where Connect reports it twice at once', async () => {
    const { backend, press } = await called();
    expect(await Promise.all([press('DENIED'), press('DENIED')])).toEqual(['DENIED', 'DENIED']);
    expect(backend.eventNames()).toEqual(['CALL_DENIED']);
  });

  test('who hangs up has failed; an unknown key does nothing', async () => {
    const { press, state } = await called();
    expect(await press('SOMETHING')).toBe('REFUSED');
    expect(await state()).toBe('CALLING');
    expect(await press('FAILED')).toBe('FAILED');
    expect(await state()).toBe('FAILED');
  });

  test('is asked again by Connect where the report cannot be written', async () => {
    for (const outcome of ['CONFIRMED', 'DENIED']) {
      const { backend, press } = await called();
      backend.database.failNext('commit');
      await expect(press(outcome)).rejects.toMatchObject({ name: 'StoreUnavailable' });
      expect(await press(outcome)).toBe(outcome);
    }
  });

  test('is not asked again for what was written and whose answer was lost', async () => {
    for (const outcome of ['CONFIRMED', 'DENIED']) {
      const { backend, press } = await called();
      backend.database.failNext('commit', { afterEffect: true });
      await expect(press(outcome)).rejects.toMatchObject({ name: 'StoreUnavailable' });
      expect(await press(outcome)).toBe(outcome);
      expect(backend.trail()).toHaveLength(1);
    }
  });
});

describe('the status of a call', () => {
  const statusOf = async (more: Some<Call>, now = 1) => {
    const backend = new Backend();
    const call = aCall(more);
    await backend.write(...backend.calls.place(call, undefined));
    return callStatus(backend.calls, call.callId, now);
  };

  test('is shown with its end, and nothing else', async () => {
    expect(await statusOf({})).toEqual({
      status: 'CALLING',
      expiresAt: '1970-01-01T00:02:00.000Z',
    });
  });

  test('that was denied says so: the flow that asked for it has ended', async () => {
    expect(await statusOf({ state: 'FAILED', denied: true })).toMatchObject({
      status: 'FAILED',
      denied: true,
    });
  });

  test.each([
    ['CALLING', 'EXPIRED'],
    ['ANSWERED', 'EXPIRED'],
    ['CONFIRMED', 'CONFIRMED'],
    ['NO_ANSWER', 'NO_ANSWER'],
    ['FAILED', 'FAILED'],
  ] as const)('of a call that was %s at its end is %s', async (state, status) => {
    expect(await statusOf({ state }, 2 * MINUTE)).toMatchObject({ status });
  });

  test('is not found for an unknown call, and a malformed ID is not looked up', async () => {
    const backend = new Backend();
    const notFound = { refused: 'NOT_FOUND' };
    expect(await callStatus(backend.calls, 'x'.repeat(22), 1)).toEqual(notFound);
    expect(await callStatus(backend.calls, '../accounts', 1)).toEqual(notFound);
    expect(backend.database.calls).toHaveLength(1);
  });
});
