import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Callee } from '../clients/callee.ts';
import { ADA, eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
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
  await machine.clearMessages();
  // Past every limit of a day.
  await machine.advance(90_000);
});

/** Signs in up to the call. @returns the call's id */
async function askForCall(user = pat): Promise<string> {
  await user.provePassword(PASSWORD);
  await user.answer({ factor: 'CALL' });
  expect(user.round).toMatchObject({
    challenge: 'CONFIRM_CALL',
    parameters: { destination: '***-***-0143' },
  });
  return user.round.parameters.callId ?? '';
}

/** The callee hangs up, and the page sees it. */
async function endCall(): Promise<void> {
  await phone.hangUp();
  await phone.becomes(pat.round.parameters.callId, 'NO_ANSWER');
}

const notConfirmed = { challenge: 'CONFIRM_CALL', parameters: { reason: 'CALL_NOT_CONFIRMED' } };

describe('the # key', () => {
  test('confirms: the page sees each step, and the browser goes on to tokens', async () => {
    const callId = await askForCall();
    expect(await phone.status(callId)).toBe('CALLING');
    expect((await phone.answer()).said).toEqual([
      expect.stringMatching(/^This is Cedar Provider Portal\. .*press the pound key.*press 9\.$/),
    ]);
    await phone.becomes(callId, 'ANSWERED');
    expect(await phone.press('#')).toMatchObject({
      status: 200,
      state: 'ENDED',
      keys: ['#'],
      said: [expect.anything(), expect.stringContaining('Thank you')],
    });
    expect(await phone.status(callId)).toBe('CONFIRMED');
    await pat.answer({ call: 'CONFIRMED' });
    expect(pat.tokens().AccessToken).toBeDefined();
    expect(
      JSON.parse(Buffer.from(pat.tokens().AccessToken.split('.')[1] ?? '', 'base64url').toString())
        .login_method,
    ).toBe('PHONE');
  });

  test('passes one flow, once', async () => {
    await askForCall();
    const { session } = pat.round;
    await phone.answer();
    await phone.press('#');
    await pat.answer({ call: 'CONFIRMED' });
    expect(pat.tokens()).toBeDefined();
    expect((await pat.answer({ call: 'CONFIRMED' }, session)).tokens).toBeUndefined();
  });

  test('nothing is confirmed before it, even if the browser claims so', async () => {
    await askForCall();
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject(notConfirmed);
    await phone.answer();
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject(notConfirmed);
    await phone.press('#');
    expect((await pat.answer({ call: 'CONFIRMED' })).tokens).toBeDefined();
  });

  test('a confirmed call dies when its two minutes have passed', async () => {
    const callId = await askForCall();
    await phone.answer();
    await phone.press('#');
    await machine.advance(121);
    expect(await phone.status(callId)).toBe('CONFIRMED');
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject(notConfirmed);
  });
});

describe('an unconfirmed call', () => {
  test('other keys hear the instruction again, three times in all', async () => {
    const callId = await askForCall();
    await phone.answer();
    expect((await phone.press('5*')).said).toHaveLength(3);
    expect(await phone.press('1')).toMatchObject({
      state: 'ENDED',
      said: [
        expect.anything(),
        expect.anything(),
        expect.anything(),
        'We did not get your answer. Goodbye.',
      ],
    });
    expect(await phone.status(callId)).toBe('FAILED');
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject(notConfirmed);
  });

  test('after a wrong key # still confirms', async () => {
    const callId = await askForCall();
    await phone.answer();
    await phone.press('0#');
    expect(await phone.status(callId)).toBe('CONFIRMED');
  });

  test('silence is asked three times, eight seconds each', async () => {
    const callId = await askForCall();
    await phone.answer();
    await machine.advance(9);
    await eventually(
      async () => ((await phone.newest()).said.length === 2 ? true : undefined),
      'the second prompt',
    );
    await machine.advance(9);
    await machine.advance(9);
    expect((await phone.ended()).said).toHaveLength(4);
    await phone.becomes(callId, 'FAILED');
  });

  test('voicemail answers and never presses: it confirms nothing', async () => {
    const callId = await askForCall();
    await phone.answer();
    await machine.advance(30);
    await phone.ended();
    await phone.becomes(callId, 'FAILED');
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject(notConfirmed);
  });

  test('hanging up fails it', async () => {
    const callId = await askForCall();
    await phone.answer();
    expect(await phone.hangUp()).toMatchObject({ status: 200, state: 'ENDED' });
    expect(await phone.press('#')).toMatchObject({ status: 409 });
    await phone.becomes(callId, 'FAILED');
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject(notConfirmed);
  });

  test('a phone that rings for a minute, or is declined, was not answered', async () => {
    const rings = await askForCall();
    await machine.advance(60);
    await phone.becomes(rings, 'NO_ANSWER');
    expect((await phone.newest()).said).toEqual([]);
    await pat.answer({ resend: true });
    await phone.hangUp();
    await phone.becomes(pat.round.parameters.callId, 'NO_ANSWER');
  });

  test('a call without further events expires', async () => {
    await machine.fault({
      service: 'connect',
      operation: 'ContactEvents',
      times: 3,
      error: 'lost',
    });
    const callId = await askForCall();
    await machine.advance(121);
    expect(await phone.status(callId)).toBe('EXPIRED');
  });

  test('an unknown call is not found', async () => {
    expect(await machine.api('GET', '/calls/AAAAAAAAAAAAAAAAAAAAAA')).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
  });
});

describe('the 9 key', () => {
  test('ends the flow, notifies the address on record, and is audited', async () => {
    const callId = await askForCall();
    await phone.answer();
    expect(await phone.press('9')).toMatchObject({
      state: 'ENDED',
      said: [expect.anything(), expect.stringContaining('ended that attempt')],
    });
    expect(await phone.status(callId)).toBe('FAILED');
    const answered = await pat.answer({ call: 'CONFIRMED' });
    expect(answered.tokens).toBeUndefined();
    expect((await pat.answer({ resend: true })).error).toBe('NotAuthorizedException');
    await eventually(
      async () => (await machine.messages(PAT.email)).find(({ channel }) => channel === 'EMAIL'),
      'the notice',
    );
    const { AccessToken } = await new PortalUser(machine, ADA.email).signIn(
      PASSWORD,
      'SMS',
      ADA.phone,
    );
    const { body } = await machine.api('GET', '/admin/users/pphone/events', undefined, AccessToken);
    expect(JSON.stringify(body)).toContain('CALL_DENIED');
  });

  test('leaves another sign-in of the same person alone', async () => {
    const other = new PortalUser(machine, PAT.email);
    await other.provePassword(PASSWORD);
    const code = await other.sendCode('EMAIL', PAT.email);
    await askForCall();
    await phone.answer();
    await phone.press('9');
    expect((await other.answer({ code })).tokens).toBeDefined();
  });
});

describe('one live call a number', () => {
  test('another sign-in is refused while it lives, and calls once it has ended', async () => {
    const first = await askForCall();
    const before = (await phone.calls()).length;
    const second = new PortalUser(machine, PAT.email);
    await second.provePassword(PASSWORD);
    expect(await second.answer({ factor: 'CALL' })).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'CALL_IN_PROGRESS' },
    });
    expect(await phone.status(first)).toBe('CALLING');
    expect(await phone.calls()).toHaveLength(before);
    await phone.hangUp();
    await phone.becomes(first, 'NO_ANSWER');
    await second.answer({ factor: 'CALL' });
    await phone.answer();
    await phone.press('#');
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject(notConfirmed);
    expect((await second.answer({ call: 'CONFIRMED' })).tokens).toBeDefined();
  });

  test('calling again waits 15 seconds, has a call of its own, and ends the old one', async () => {
    const first = await askForCall();
    expect(await pat.answer({ resend: true })).toMatchObject({
      challenge: 'CONFIRM_CALL',
      parameters: { callId: first, reason: 'RESEND_TOO_SOON' },
    });
    await machine.advance(16);
    await pat.answer({ resend: true });
    expect(pat.round.parameters).not.toHaveProperty('reason');
    expect(pat.round.parameters.callId).not.toBe(first);
    expect(await phone.status(first)).toBe('FAILED');
    expect((await phone.calls()).filter(({ state }) => state === 'RINGING')).toHaveLength(1);
    await phone.answer();
    await phone.press('#');
    expect((await pat.answer({ call: 'CONFIRMED' })).tokens).toBeDefined();
  });

  test('switching to a text message ends the call', async () => {
    const callId = await askForCall();
    const code = await pat.sendCode('SMS', PAT.phone);
    expect(await phone.status(callId)).toBe('FAILED');
    expect((await phone.newest()).state).toBe('ENDED');
    expect((await pat.answer({ code })).tokens).toBeDefined();
  });

  test('switching from a text message to a call voids the code', async () => {
    await pat.provePassword(PASSWORD);
    const code = await pat.sendCode('SMS', PAT.phone);
    await pat.answer({ factor: 'CALL' });
    expect(await pat.answer({ code })).toMatchObject({
      challenge: 'CONFIRM_CALL',
      parameters: { reason: 'ANSWER_INVALID' },
    });
  });

  test('texts and calls have one limit together: five in a quarter of an hour', async () => {
    for (const factor of ['CALL', 'SMS', 'CALL', 'SMS', 'CALL']) {
      await pat.provePassword(PASSWORD);
      expect((await pat.answer({ factor })).parameters).not.toHaveProperty('reason');
      if (factor === 'CALL') await endCall();
    }
    const before = (await phone.calls()).length;
    for (const factor of ['CALL', 'SMS']) {
      await pat.provePassword(PASSWORD);
      expect(await pat.answer({ factor })).toMatchObject({
        challenge: 'CHOOSE_FACTOR',
        parameters: { reason: 'SEND_LIMIT' },
      });
    }
    expect((await phone.calls()).length).toBe(before);
    await machine.advance(901);
    await askForCall();
  });
});
