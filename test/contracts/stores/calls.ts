import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../lambdas/capabilities/calls/call.rules.ts';
import { CallsStore } from '../../../lambdas/capabilities/calls/calls.store.ts';
import { erase, put } from '../../../lambdas/ground/platform/database.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { aCall, HOUR, type Some } from '../../fakes/builders.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const callsContract: Contract = (stage) => {
  const calls = () => new CallsStore(stage(), { challenges: 'challenges', flows: 'flows' });
  const call = (more: Some<Call> = {}) => aCall({ callId: randomId(), phone: randomId(), ...more });
  const placed = async (more: Some<Call> = {}) => {
    const one = call(more);
    await write(stage(), ...calls().place(one, undefined));
    return one;
  };

  describe('calls', () => {
    test('come back as they were placed, by id and as the last of their number', async () => {
      const one = await placed();
      expect(await calls().get(one.callId)).toEqual(one);
      expect(await calls().ofNumber(one.phone)).toEqual({
        number: { callId: one.callId },
        last: one,
      });
    });

    test('of a number that was never called are none', async () => {
      expect(await calls().ofNumber(randomId())).toEqual({});
      expect(await calls().get(randomId())).toBeUndefined();
      expect(await calls().byContact(randomId())).toBeUndefined();
    });

    test('take their number over once, of fifty at once', async () => {
      const phone = randomId();
      const commits = await atOnce(() => stage().commit(calls().place(call({ phone }), undefined)));
      expect(won(commits)).toBe(1);
    });

    test('take it over only from the call that was seen', async () => {
      const former = await placed();
      const next = call({ phone: former.phone });
      expect((await stage().commit(calls().place(next, randomId()))).done).toBe(false);
      expect((await stage().commit(calls().place(next, former.callId))).done).toBe(true);
      expect((await calls().ofNumber(former.phone)).last).toEqual(next);
    });

    test('take a number over from a call that is deleted already', async () => {
      const former = await placed();
      await write(stage(), erase('challenges', { pk: `CALL#${former.callId}` }));
      const { number, last } = await calls().ofNumber(former.phone);
      expect(last).toBeUndefined();
      const next = call({ phone: former.phone });
      expect((await stage().commit(calls().place(next, number?.callId))).done).toBe(true);
    });

    test('take over no number whose callee has denied a call, until its end', async () => {
      const former = await placed();
      const phone = former.phone;
      await write(stage(), put('challenges', { ...former.flow, flowId: 'f' }));
      await write(stage(), ...calls().deny(former, HOUR, 5));
      const early = call({ phone, placedAt: HOUR - 1 });
      expect((await stage().commit(calls().place(early, former.callId))).done).toBe(false);
      const late = call({ phone, placedAt: HOUR });
      expect((await stage().commit(calls().place(late, former.callId))).done).toBe(true);
      expect((await calls().ofNumber(phone)).number).toEqual({ callId: late.callId });
    });

    test('are bound to one contact, which finds them', async () => {
      const one = await placed();
      const contactId = randomId();
      await calls().bind(one.callId, contactId, 0);
      await calls().bind(one.callId, randomId(), 0);
      expect(await calls().byContact(contactId)).toMatchObject({ callId: one.callId, contactId });
    });

    test.each([
      ['CALLING', 'ANSWERED', true],
      ['CALLING', 'NO_ANSWER', true],
      ['CALLING', 'FAILED', true],
      ['ANSWERED', 'ANSWERED', false],
      ['ANSWERED', 'NO_ANSWER', false],
      ['ANSWERED', 'FAILED', true],
      ['CONFIRMED', 'ANSWERED', false],
      ['CONFIRMED', 'FAILED', false],
      ['NO_ANSWER', 'ANSWERED', false],
      ['FAILED', 'NO_ANSWER', false],
    ] as const)('that are %s move to %s: %p', async (state, to, moves) => {
      const one = await placed({ state });
      expect(await calls().move(one.callId, to)).toBe(moves);
      expect(await calls().get(one.callId)).toMatchObject({ state: moves ? to : state });
    });

    test('move with writes of others together or not at all', async () => {
      const one = await placed({ state: 'FAILED' });
      const pk = randomId();
      expect(await calls().move(one.callId, 'FAILED', put('flows', { pk }))).toBe(false);
      expect(await stage().read('flows', { pk })).toBeUndefined();
    });

    test('are confirmed by their own contact and number, before their end, while they ask for #', async () => {
      const confirm = async (one: Call, contactId: string, now: number) =>
        (await stage().commit([calls().confirm(one, contactId, now)])).done;
      const one = await placed({ expiresAt: 100 });
      expect(await confirm({ ...one, phone: 'another' }, 'contact', 50)).toBe(false);
      expect(await confirm(one, 'contact', 100)).toBe(false);
      expect(await confirm(one, 'contact', 99)).toBe(true);
      expect(await confirm(one, 'contact', 99)).toBe(false);
      expect(await confirm(await placed({ spoken: true }), 'contact', 50)).toBe(false);
      expect(await confirm(await placed({ contactId: 'bound' }), 'contact', 50)).toBe(false);
      expect(await confirm(await placed({ contactId: 'bound' }), 'bound', 50)).toBe(true);
    });

    test('that are confirmed are used once, by fifty at once, for their own flow', async () => {
      const one = await placed({ state: 'CONFIRMED' });
      for (const other of [{ flowId: 'x' }, { accountId: 'x' }, { epoch: 9 }])
        expect((await stage().commit([calls().use(one, { ...one, ...other }, 1)])).done).toBe(
          false,
        );
      const commits = await atOnce(() => stage().commit([calls().use(one, one, 1)]));
      expect(won(commits)).toBe(1);
    });

    test('that are denied end their flow, and their number rests', async () => {
      for (const table of ['CHALLENGES', 'FLOWS'] as const) {
        const flow = { table, pk: randomId() };
        await write(stage(), put(table.toLowerCase(), { pk: flow.pk, flowId: 'f' }));
        const one = await placed({ flow });
        await write(stage(), ...calls().deny(one, HOUR, 5));
        expect(await stage().read(table.toLowerCase(), { pk: flow.pk })).toMatchObject({
          deniedAt: 5,
        });
        expect((await calls().ofNumber(one.phone)).number).toMatchObject({ deniedUntil: HOUR });
      }
    });

    test('of a flow that is gone cannot be denied', async () => {
      const one = await placed({ flow: { table: 'FLOWS', pk: randomId() } });
      expect((await stage().commit(calls().deny(one, HOUR, 5))).done).toBe(false);
    });

    test('of token flows are not denied by a function that does not know their table', async () => {
      const one = await placed({ flow: { table: 'FLOWS', pk: randomId() } });
      const lacking = new CallsStore(stage(), { challenges: 'challenges' });
      expect(() => lacking.deny(one, HOUR, 5)).toThrow('give CallsStore its name');
    });
  });
};
