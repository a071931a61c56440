/**
 * Stages with settings of their own: a spoken code, a short life, the day's breaker, no Connect.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { StackAlarms } from '../clients/alarms.ts';
import { Callee } from '../clients/callee.ts';
import { eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { assemblyWith } from '../clients/own-assembly.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine | undefined;
afterEach(async () => {
  await machine?.stop();
  machine = undefined;
});

async function stage(overrides: object, without: string[] = []) {
  machine = await Machine.boot(await assemblyWith(overrides, without));
  return {
    machine,
    pat: new PortalUser(machine, PAT.email),
    phone: new Callee(machine, PAT.phone),
  };
}

const limits = {
  requestsPerSecond: 500,
  requestBurst: 1000,
  phoneSendsPerQuarterHour: 20,
  sendsPerDay: 200,
};

describe('voiceConfirmation SPOKEN_CODE', () => {
  test('the call speaks a code to type in; # and silence do nothing, 9 denies', async () => {
    const { machine: spoken, pat, phone } = await stage({ voiceConfirmation: 'SPOKEN_CODE' });
    await pat.provePassword(PASSWORD);
    expect(await pat.answer({ factor: 'CALL' })).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { factor: 'CALL', destination: '***-***-0143', attemptsLeft: '5' },
    });
    const { said } = await phone.answer();
    const [first, second] = [...(said[0] ?? '').matchAll(/((?:\d, ){5}\d)/g)].map(([digits]) =>
      digits.replaceAll(', ', ''),
    );
    expect(first).toMatch(/^\d{6}$/);
    expect(second).toBe(first);
    expect(await phone.press('#')).toMatchObject({
      state: 'ENDED',
      said: [expect.anything(), expect.stringContaining('Goodbye')],
    });
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { reason: 'ANSWER_INVALID' },
    });
    expect((await pat.answer({ code: first })).tokens).toBeDefined();

    // Until then the number has a live call, and another flow gets none.
    await eventually(
      async () =>
        (await spoken.logs('call-events')).find(({ line }) => line.includes('"DISCONNECTED"')),
      'the event of its end',
    );
    await pat.provePassword(PASSWORD);
    await pat.answer({ factor: 'CALL' });
    const denied = await phone.answer();
    const deniedCode = /((?:\d, ){5}\d)/.exec(denied.said[0] ?? '')?.[0].replaceAll(', ', '');
    expect((await phone.press('9')).said.at(-1)).toContain('ended that attempt');
    expect((await pat.answer({ code: deniedCode })).tokens).toBeUndefined();
    await eventually(async () => (await spoken.messages(PAT.email)).at(0), 'the notice');

    await pat.provePassword(PASSWORD);
    expect(await pat.answer({ factor: 'CALL' })).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'SEND_LIMIT' },
    });
    await spoken.advance(3_601);
    await pat.provePassword(PASSWORD);
    await pat.answer({ factor: 'CALL' });
    expect(await phone.newest()).toMatchObject({ state: 'RINGING' });
    await pat.sendCode('SMS', PAT.phone);
    expect(await phone.newest()).toMatchObject({ state: 'ENDED', said: [] });
  });
});

describe('voiceConfirmation MATCH', () => {
  test('the callee types the digits of the page; # alone and other digits confirm nothing', async () => {
    const { pat, phone } = await stage({ voiceConfirmation: 'MATCH' });
    await pat.provePassword(PASSWORD);
    const { challenge, parameters } = await pat.answer({ factor: 'CALL' });
    expect(challenge).toBe('CONFIRM_CALL');
    expect(parameters.match).toMatch(/^[1-8][0-9]$/);
    expect((await phone.answer()).said[0]).toContain('type the two digits');
    await phone.press('#');
    await phone.press(`${parameters.match === '10' ? '11' : '10'}#`);
    expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject({
      challenge: 'CONFIRM_CALL',
      parameters: { reason: 'CALL_NOT_CONFIRMED', match: parameters.match },
    });
    expect((await phone.press(`${parameters.match ?? ''}#`)).said.at(-1)).toContain('Thank you');
    expect((await pat.answer({ call: 'CONFIRMED' })).tokens).toBeDefined();
  });

  test('three wrong tries fail the call, and 9 denies it for an hour', async () => {
    const { pat, phone } = await stage({ voiceConfirmation: 'MATCH' });
    await pat.provePassword(PASSWORD);
    await pat.answer({ factor: 'CALL' });
    const wrong = pat.round.parameters.match === '10' ? '11#' : '10#';
    await phone.answer();
    expect((await phone.press(wrong.repeat(3))).said.at(-1)).toContain('did not get your answer');
    await phone.becomes(pat.round.parameters.callId, 'FAILED');
    await pat.provePassword(PASSWORD);
    await pat.answer({ factor: 'CALL' });
    await phone.answer();
    expect((await phone.press('9#')).said.at(-1)).toContain('ended that attempt');
    await pat.provePassword(PASSWORD);
    expect((await pat.answer({ factor: 'CALL' })).parameters.reason).toBe('SEND_LIMIT');
  });
});

test('# after the call has expired is refused, on the phone too', async () => {
  const {
    machine: short,
    pat,
    phone,
  } = await stage({ codeLife: { emailSignIn: 30, sms: 300, emailVerification: 600, call: 60 } });
  await pat.provePassword(PASSWORD);
  await pat.answer({ factor: 'CALL' });
  await short.advance(57);
  await phone.answer();
  await short.advance(4);
  expect((await phone.press('#')).said.at(-1)).toContain('Sorry, that did not work');
  expect(await pat.answer({ call: 'CONFIRMED' })).toMatchObject({
    challenge: 'CONFIRM_CALL',
    parameters: { reason: 'CALL_NOT_CONFIRMED' },
  });
});

test("the day's breaker stops calls but not texts, and raises the alarm", async () => {
  const {
    machine: busy,
    pat,
    phone,
  } = await stage({ limits: { ...limits, dailyCallBreaker: 10 } });
  for (let call = 1; call <= 10; call += 1) {
    await pat.provePassword(PASSWORD);
    expect((await pat.answer({ factor: 'CALL' })).challenge).toBe('CONFIRM_CALL');
    await phone.hangUp();
    await phone.becomes(pat.round.parameters.callId, 'NO_ANSWER');
  }
  await pat.provePassword(PASSWORD);
  expect(await pat.answer({ factor: 'CALL' })).toMatchObject({
    challenge: 'CHOOSE_FACTOR',
    parameters: { reason: 'SEND_LIMIT' },
  });
  expect(await phone.calls()).toHaveLength(10);
  expect((await busy.logs('create')).map(({ line }) => line)).toContainEqual(
    expect.stringMatching(/"BREAKER_OPEN".*"AFTER_PASSWORD#CALL"/),
  );
  await new StackAlarms(busy).untilRaised('CallBreaker');
  const code = await pat.sendCode('SMS', PAT.phone);
  expect((await pat.answer({ code })).tokens).toBeDefined();
});

test('without Connect no call is offered, nor taken', async () => {
  const { pat } = await stage({}, ['connect']);
  await pat.provePassword(PASSWORD);
  expect(pat.round.parameters.factors).toBe('SMS,EMAIL');
  expect(await pat.answer({ factor: 'CALL' })).toMatchObject({
    challenge: 'CHOOSE_FACTOR',
    parameters: { reason: 'ANSWER_INVALID' },
  });
});
