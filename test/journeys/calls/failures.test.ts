import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Callee } from '../clients/callee.ts';
import { eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
let pat: PortalUser;
let phone: Callee;
beforeAll(async () => {
  machine = await Machine.boot();
  pat = new PortalUser(machine, PAT.email);
  phone = new Callee(machine, PAT.phone);
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(90_000);
});

async function askForCall(): Promise<string> {
  await pat.provePassword(PASSWORD);
  await pat.answer({ factor: 'CALL' });
  return pat.round.parameters.callId ?? '';
}

describe('Connect', () => {
  test.each([
    ['down', { error: 'InternalServiceException' }],
    ['throttled', { error: 'ThrottlingException' }],
    ['unwilling to call there', { error: 'DestinationNotAllowedException' }],
  ])(
    '%s: the choice of factors comes back, and a text message gets through',
    async (_how, fault) => {
      await machine.fault({
        service: 'connect',
        operation: 'StartOutboundVoiceContact',
        times: 1,
        ...fault,
      });
      await pat.provePassword(PASSWORD);
      expect(await pat.answer({ factor: 'CALL' })).toMatchObject({
        challenge: 'CHOOSE_FACTOR',
        parameters: { reason: 'DELIVERY_FAILED' },
      });
      const code = await pat.sendCode('SMS', PAT.phone);
      expect((await pat.answer({ code })).tokens).toBeDefined();
      expect(
        (await machine.logs('create')).some(({ line }) => line.includes('CALL_NOT_PLACED')),
      ).toBe(true);
    },
  );

  test('that answers too late leaves text messages, and a late # confirms nothing', async () => {
    const before = (await phone.calls()).length;
    await machine.fault({
      service: 'connect',
      operation: 'StartOutboundVoiceContact',
      times: 1,
      delayMs: 4_500,
    });
    await pat.provePassword(PASSWORD);
    expect(await pat.answer({ factor: 'CALL' })).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'DELIVERY_FAILED' },
    });
    const code = await pat.sendCode('SMS', PAT.phone);
    await eventually(
      async () => ((await phone.calls()).length > before ? true : undefined),
      'the late call',
    );
    await phone.answer();
    expect((await phone.press('#')).said.at(-1)).toContain('Sorry, that did not work');
    expect((await pat.answer({ code })).tokens).toBeDefined();
  });

  test('that loses the answer after placing a call lets # confirm nothing', async () => {
    await machine.fault({
      service: 'connect',
      operation: 'StartOutboundVoiceContact',
      times: 1,
      afterEffect: true,
    });
    const before = (await phone.calls()).length;
    await pat.provePassword(PASSWORD);
    expect(await pat.answer({ factor: 'CALL' })).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'DELIVERY_FAILED' },
    });
    expect((await phone.calls()).length).toBe(before + 1);
    await phone.answer();
    expect((await phone.press('#')).said.at(-1)).toContain('Sorry, that did not work');
  });

  test('that fails to call again leaves the challenge that was open', async () => {
    const callId = await askForCall();
    await machine.advance(16);
    await machine.fault({
      service: 'connect',
      operation: 'StartOutboundVoiceContact',
      times: 1,
      error: 'InternalServiceException',
    });
    expect(await pat.answer({ resend: true })).toMatchObject({
      challenge: 'CONFIRM_CALL',
      parameters: { callId, reason: 'DELIVERY_FAILED' },
    });
    await machine.advance(16);
    await pat.answer({ resend: true });
    await phone.answer();
    await phone.press('#');
    expect((await pat.answer({ call: 'CONFIRMED' })).tokens).toBeDefined();
  });

  test('slow to hang up and to call again leaves the challenge that was open', async () => {
    const callId = await askForCall();
    await machine.advance(16);
    const before = (await phone.calls()).length;
    await machine.fault({ service: 'connect', times: 2, delayMs: 4_500 });
    expect(await pat.answer({ resend: true })).toMatchObject({
      challenge: 'CONFIRM_CALL',
      parameters: { callId, reason: 'DELIVERY_FAILED' },
    });
    const code = await pat.sendCode('SMS', PAT.phone);
    expect((await pat.answer({ code })).tokens).toBeDefined();
    await eventually(
      async () => ((await phone.calls()).length > before ? true : undefined),
      'the late call',
    );
  });

  test('that does not hang up does not block a text message', async () => {
    const callId = await askForCall();
    await machine.fault({
      service: 'connect',
      operation: 'StopContact',
      times: 1,
      error: 'InternalServiceException',
    });
    const code = await pat.sendCode('SMS', PAT.phone);
    expect(await phone.status(callId)).toBe('FAILED');
    await phone.answer();
    expect((await phone.press('#')).said.at(-1)).toContain('Sorry');
    expect((await pat.answer({ code })).tokens).toBeDefined();
  });

  test('places one call when Cognito repeats a trigger', async () => {
    const before = (await phone.calls()).length;
    await pat.provePassword(PASSWORD);
    await machine.fault({ trigger: 'create', duplicate: true });
    await pat.answer({ factor: 'CALL' });
    expect((await phone.calls()).length).toBe(before + 1);
    await phone.answer();
    await phone.press('#');
    expect((await pat.answer({ call: 'CONFIRMED' })).tokens).toBeDefined();
  });
});

describe('the function behind the contact flow', () => {
  test('that fails announces it and confirms nothing, and the next call works', async () => {
    const callId = await askForCall();
    await phone.answer();
    await machine.fault({
      service: 'dynamodb',
      function: 'call-flow',
      times: 4,
      error: 'InternalServerError',
    });
    expect(await phone.press('#')).toMatchObject({
      state: 'ENDED',
      said: [expect.anything(), expect.stringContaining('Sorry, that did not work')],
    });
    await machine.clearFaults();
    await phone.becomes(callId, 'FAILED');
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject({
      challenge: 'CONFIRM_CALL',
      parameters: { reason: 'CALL_NOT_CONFIRMED' },
    });
    await machine.advance(16);
    await pat.answer({ resend: true });
    await phone.answer();
    await phone.press('#');
    expect((await pat.answer({ call: 'CONFIRMED' })).tokens).toBeDefined();
  });

  test('whose write took effect and whose answer was lost has confirmed, once', async () => {
    const callId = await askForCall();
    await phone.answer();
    await machine.fault({
      service: 'dynamodb',
      operation: 'TransactWriteItems',
      function: 'call-flow',
      times: 1,
      afterEffect: true,
    });
    expect((await phone.press('#')).said.at(-1)).toContain('Thank you');
    expect(await phone.status(callId)).toBe('CONFIRMED');
  });
});

describe('contact events', () => {
  test('twice change nothing', async () => {
    await machine.fault({
      service: 'connect',
      operation: 'ContactEvents',
      times: 3,
      duplicate: true,
    });
    const callId = await askForCall();
    await phone.answer();
    await phone.press('#');
    await eventually(
      async () => ((await eventsLogged('DISCONNECTED')) >= 2 ? true : undefined),
      'both copies of the last event',
    );
    expect(await phone.status(callId)).toBe('CONFIRMED');
  });

  test('out of order end where the call ended', async () => {
    const callId = await askForCall();
    const before = await eventsLogged('CONNECTED_TO_SYSTEM');
    await machine.fault({ service: 'connect', operation: 'ContactEvents', times: 1, delayMs: 300 });
    await phone.answer();
    await phone.hangUp();
    await phone.becomes(callId, 'FAILED');
    await eventually(
      async () => ((await eventsLogged('CONNECTED_TO_SYSTEM')) > before ? true : undefined),
      'the late event',
    );
    expect(await phone.status(callId)).toBe('FAILED');
  });

  test('whose function fails come again after a minute', async () => {
    const callId = await askForCall();
    await eventually(
      async () => ((await eventsLogged('INITIATED')) > 0 ? true : undefined),
      'the first event',
    );
    await machine.fault({
      service: 'dynamodb',
      function: 'call-events',
      times: 2,
      error: 'InternalServerError',
    });
    await phone.hangUp();
    await eventually(
      async () =>
        (await machine.logs('call-events')).some(({ line }) =>
          line.includes('CONTACT_EVENT_FAILED'),
        )
          ? true
          : undefined,
      'the failure',
    );
    expect(await phone.status(callId)).toBe('CALLING');
    await machine.advance(60);
    await phone.becomes(callId, 'NO_ANSWER');
  });

  async function eventsLogged(type: string): Promise<number> {
    return (await machine.logs('call-events')).filter(({ line }) => line.includes(type)).length;
  }
});
