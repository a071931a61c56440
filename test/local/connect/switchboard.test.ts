/** Calls on the switchboard: their timers, their events, and what a restart makes of them. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readContactFlow } from '../../../local/connect/contact-flow.ts';
import { createCallRoutes } from '../../../local/connect/call-routes.ts';
import { createSwitchboard, type Switchboard } from '../../../local/connect/switchboard.ts';
import type { LocalContext } from '../../../local/context.ts';
import type { ServiceEvent } from '../../../local/events.ts';
import type { Outcome } from '../../../local/lambda/runtime.ts';
import { contextWith, lambdaOf, type Invocation } from '../context.ts';
import { httpRequest, jsonOf } from '../requests.ts';

const branches = (NextAction: string, ...names: string[]) =>
  names.map((ErrorType) => ({ ErrorType, NextAction }));
const equals = (operand: string, NextAction: string) => ({
  NextAction,
  Condition: { Operator: 'Equals', Operands: [operand] },
});

/** Says who calls, waits ten seconds for #, and invokes a function for it. */
const FLOW = readContactFlow(
  JSON.stringify({
    Version: '2019-10-30',
    StartAction: 'ask',
    Actions: [
      {
        Identifier: 'ask',
        Type: 'GetParticipantInput',
        Parameters: {
          Text: '$.Attributes.greeting',
          InputTimeLimitSeconds: '10',
          StoreInput: 'False',
        },
        Transitions: {
          NextAction: 'end',
          Conditions: [equals('#', 'confirm')],
          Errors: [
            ...branches('silent', 'InputTimeLimitExceeded'),
            ...branches('ask', 'NoMatchingCondition'),
            ...branches('end', 'NoMatchingError'),
          ],
        },
      },
      {
        Identifier: 'confirm',
        Type: 'InvokeLambdaFunction',
        Parameters: {
          LambdaFunctionARN: 'arn:confirm',
          InvocationTimeLimitSeconds: '8',
          LambdaInvocationAttributes: { contact: '$.ContactId' },
          ResponseValidation: { ResponseType: 'STRING_MAP' },
        },
        Transitions: { NextAction: 'thank', Errors: branches('sorry', 'NoMatchingError') },
      },
      ...(['thank', 'sorry', 'silent'] as const).map((Identifier) => ({
        Identifier,
        Type: 'MessageParticipant',
        Parameters: { Text: Identifier === 'thank' ? '$.External.word' : Identifier },
        Transitions: { NextAction: 'end', Errors: branches('end', 'NoMatchingError') },
      })),
      { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
    ],
  }),
  'test',
);

const WORD: Outcome = { kind: 'returned', payload: { word: 'Thank you' } };
const TO = '+12025550143';

let context: LocalContext;
let calls: Switchboard;
let published: ServiceEvent['detail'][];
let invocations: Invocation[];
let answer: Outcome | undefined;
beforeEach(() => {
  published = [];
  answer = WORD;
  const functions = lambdaOf(() => answer);
  ({ invocations } = functions);
  context = contextWith({}, { lambda: functions.lambda });
  context.events.subscribe(({ detail }) => published.push(detail));
  calls = createSwitchboard(context);
});

const place = (contactId = 'contact-1', greeting = 'Press #.'): void =>
  calls.place({
    contactId,
    instanceArn: 'arn:instance',
    flow: { ...FLOW, name: 'flow' },
    from: '+12025550100',
    to: TO,
    attributes: { greeting },
  });
const stateOf = (contactId = 'contact-1') => calls.find(contactId);
const types = () => published.map(({ eventType }) => eventType);

describe('a call', () => {
  test('rings for a minute, and then ends', () => {
    place();
    context.clock.advance(59);
    expect(stateOf()?.state).toBe('RINGING');
    context.clock.advance(1);
    expect(stateOf()).toMatchObject({ state: 'ENDED', said: [] });
    expect(types()).toEqual(['INITIATED', 'DISCONNECTED']);
  });

  test('that is answered says what the flow says, and waits', async () => {
    place();
    await calls.live('contact-1')?.answer();
    expect(stateOf()).toMatchObject({ state: 'ANSWERED', said: ['Press #.'] });
    context.clock.advance(5);
    expect(stateOf()?.state).toBe('ANSWERED');
  });

  test('confirms by #, with the event of a contact flow', async () => {
    place();
    await calls.live('contact-1')?.answer();
    await calls.live('contact-1')?.press('#');
    expect(stateOf()).toMatchObject({
      state: 'ENDED',
      said: ['Press #.', 'Thank you'],
      keys: ['#'],
    });
    expect(invocations).toMatchObject([
      {
        functionArn: 'arn:confirm',
        event: {
          Name: 'ContactFlowEvent',
          Details: {
            Parameters: { contact: 'contact-1' },
            ContactData: {
              ContactId: 'contact-1',
              InstanceARN: 'arn:instance',
              CustomerEndpoint: { Address: TO },
              SystemEndpoint: { Address: '+12025550100' },
              Attributes: { greeting: 'Press #.' },
            },
          },
        },
      },
    ]);
  });

  test.each<[string, Outcome | undefined]>([
    ['fails', { kind: 'failed', errorType: 'E', errorMessage: 'm' }],
    ['may not be invoked', undefined],
    ['returns what is not a map of strings', { kind: 'returned', payload: { word: 7 } }],
  ])('takes the error branch when its function %s', async (_what, outcome) => {
    answer = outcome;
    place();
    await calls.live('contact-1')?.answer();
    await calls.live('contact-1')?.press('#');
    expect(stateOf()?.said).toEqual(['Press #.', 'sorry']);
  });

  test('repeats its question after another key', async () => {
    place();
    await calls.live('contact-1')?.answer();
    await calls.live('contact-1')?.press('12');
    expect(stateOf()).toMatchObject({
      said: ['Press #.', 'Press #.', 'Press #.'],
      keys: ['1', '2'],
    });
  });

  test('goes on after a silence, however far the clock moves', async () => {
    place();
    await calls.live('contact-1')?.answer();
    context.clock.advance(3600);
    await new Promise((resume) => setImmediate(resume));
    expect(stateOf()).toMatchObject({ state: 'ENDED', said: ['Press #.', 'silent'] });
  });

  test('ignores keys after its end', async () => {
    place();
    const call = calls.live('contact-1');
    await call?.answer();
    call?.hangUp();
    await call?.press('#');
    expect([stateOf()?.keys, invocations]).toEqual([[], []]);
    expect(calls.live('contact-1')).toBeUndefined();
  });

  test('without a text takes the error branch', async () => {
    place('contact-1', '');
    await calls.live('contact-1')?.answer();
    expect(stateOf()).toMatchObject({ state: 'ENDED', said: [] });
  });
});

describe('contact events', () => {
  test('carry the times that have passed, and the instance', async () => {
    place();
    await calls.live('contact-1')?.answer();
    calls.live('contact-1')?.hangUp();
    expect(types()).toEqual(['INITIATED', 'CONNECTED_TO_SYSTEM', 'DISCONNECTED']);
    expect(published[0]).not.toHaveProperty('disconnectTimestamp');
    expect(published[2]).toMatchObject({
      contactId: 'contact-1',
      channel: 'VOICE',
      instanceArn: 'arn:instance',
      initiationTimestamp: expect.any(String),
      connectedToSystemTimestamp: expect.any(String),
      disconnectTimestamp: expect.any(String),
    });
  });

  test('are lost, doubled or late under a fault', async () => {
    const fault = { service: 'connect', operation: 'ContactEvents', times: 1 } as const;
    context.faults.add({ ...fault, error: 'Lost' });
    place('lost');
    expect(types()).toEqual([]);
    context.faults.add({ ...fault, duplicate: true });
    place('doubled');
    expect(types()).toEqual(['INITIATED', 'INITIATED']);
    context.faults.add({ ...fault, delayMs: 5 });
    place('late');
    expect(types()).toHaveLength(2);
    await new Promise((resume) => setTimeout(resume, 30));
    expect(types()).toHaveLength(3);
  });

  test('of calls that a restart cut off are published once', () => {
    place();
    const restarted = createSwitchboard(context);
    expect(restarted.find('contact-1')?.state).toBe('ENDED');
    expect(restarted.live('contact-1')).toBeUndefined();
    published.length = 0;
    restarted.publishCutOff();
    restarted.publishCutOff();
    expect(published).toMatchObject([{ eventType: 'DISCONNECTED', contactId: 'contact-1' }]);
  });
});

describe('the routes of the callee', () => {
  const send = async (method: string, path: string, body: object | string = '', query = {}) => {
    const routes = createCallRoutes(calls);
    const reply = await routes(httpRequest({ method, path: `/_local/calls${path}`, body, query }));
    return { status: reply?.status, body: reply === undefined ? undefined : jsonOf(reply) };
  };

  test('list the calls, newest first, of one number or of all', async () => {
    place('one');
    place('two');
    const all = await send('GET', '');
    expect(all.body).toMatchObject([{ contactId: 'two' }, { contactId: 'one' }]);
    expect((await send('GET', '', '', { to: TO })).body).toHaveLength(2);
    expect((await send('GET', '', '', { to: ' 12025550143' })).body).toHaveLength(2);
    expect((await send('GET', '', '', { to: '+12025550199' })).body).toEqual([]);
  });

  test('answer, press and hang up, each with the call as it then is', async () => {
    place('one');
    expect(await send('POST', '/one/answer')).toMatchObject({
      status: 200,
      body: { state: 'ANSWERED', said: ['Press #.'] },
    });
    expect(await send('POST', '/one/keys', { keys: '5' })).toMatchObject({
      status: 200,
      body: { keys: ['5'] },
    });
    expect(await send('POST', '/one/hang-up')).toMatchObject({
      status: 200,
      body: { state: 'ENDED' },
    });
  });

  test.each<[string, string, object | string, number]>([
    ['an unknown call', '/other/answer', '', 404],
    ['an unknown move', '/one/transfer', '', 404],
    ['keys while it rings', '/one/keys', { keys: '#' }, 409],
  ])('refuse %s', async (_what, path, body, status) => {
    place('one');
    expect((await send('POST', path, body)).status).toBe(status);
  });

  test.each([{}, { keys: '' }, { keys: 'a' }, { keys: 7 }, { keys: '#', more: 1 }, 'not JSON'])(
    'refuse the keys %j',
    async (body) => {
      place('one');
      await send('POST', '/one/answer');
      expect((await send('POST', '/one/keys', body)).status).toBe(400);
    },
  );

  test('refuse every move of a call that has ended', async () => {
    place('one');
    calls.live('one')?.hangUp();
    for (const move of ['answer', 'keys', 'hang-up'])
      expect((await send('POST', `/one/${move}`, { keys: '#' })).status).toBe(409);
  });

  test('leave other paths to others', async () => {
    const routes = createCallRoutes(calls);
    expect(await routes(httpRequest({ path: '/_local/messages' }))).toBeUndefined();
  });
});
