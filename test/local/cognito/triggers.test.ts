import { describe, expect, test } from '@jest/globals';
import { askTokenGate } from '../../../local/cognito/token-gate.ts';
import {
  CREATE,
  createTriggerCaller,
  DEFINE,
  type TriggerCall,
} from '../../../local/cognito/triggers.ts';
import { createFaults } from '../../../local/gateway/faults.ts';
import type { Lambda } from '../../../local/lambda/lambda.ts';
import type { Outcome } from '../../../local/lambda/runtime.ts';
import { CLIENT, poolWith } from './builders.ts';

const CALL: TriggerCall = {
  source: 'CreateAuthChallenge_Authentication',
  clientId: CLIENT.id,
  subject: { sub: 'sub-1', user: undefined },
  request: { session: [] },
  response: { challengeMetadata: null },
};

/** A pool whose functions end as given, one after the other. */
function callerOf(...outcomes: (Outcome | undefined)[]) {
  const events: unknown[] = [];
  const invokeAs: Lambda['invokeAs'] = async (_principal, _source, _function, event) => {
    events.push(event);
    return await Promise.resolve(outcomes[Math.min(events.length, outcomes.length) - 1]);
  };
  const faults = createFaults([]);
  const callTrigger = createTriggerCaller(poolWith(), { invokeAs } as Lambda, faults);
  return { callTrigger, faults, events };
}

const returned = (payload: unknown): Outcome => ({ kind: 'returned', payload });
const TIMED_OUT: Outcome = { kind: 'timed-out', errorMessage: 'late' };

describe('calling a trigger', () => {
  test('gives the response of what the function returns', async () => {
    const { callTrigger, events } = callerOf(returned({ response: { challengeMetadata: 'm' } }));
    expect(await callTrigger(CREATE, CALL)).toEqual({ challengeMetadata: 'm' });
    expect(events).toEqual([
      {
        version: '1',
        region: 'us-east-1',
        userPoolId: poolWith().id,
        userName: 'sub-1',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: CLIENT.id },
        triggerSource: CALL.source,
        request: { userAttributes: {}, session: [] },
        response: { challengeMetadata: null },
      },
    ]);
  });

  test('calls again after a time-out, three times in all', async () => {
    const twice = callerOf(TIMED_OUT, TIMED_OUT, returned({ response: {} }));
    expect(await twice.callTrigger(CREATE, CALL)).toEqual({});
    expect(twice.events).toHaveLength(3);
    const always = callerOf(TIMED_OUT);
    await expect(always.callTrigger(CREATE, CALL)).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: expect.stringContaining('Socket timeout'),
    });
    expect(always.events).toHaveLength(3);
  });

  test('under a fault calls twice, with the same event', async () => {
    const { callTrigger, faults, events } = callerOf(returned({ response: {} }));
    faults.add({ trigger: 'create', duplicate: true, times: 1 });
    await callTrigger(CREATE, CALL);
    expect(events).toHaveLength(2);
    expect(events[1]).toEqual(events[0]);
    await callTrigger(CREATE, CALL);
    expect(events).toHaveLength(3);
  });

  test.each<[string, Outcome | undefined, string, string]>([
    ['may not be invoked', undefined, 'UnexpectedLambdaException', 'AccessDeniedException'],
    [
      'throws',
      { kind: 'failed', errorType: 'E', errorMessage: 'no' },
      'UserLambdaValidationException',
      'failed with error no.',
    ],
    ['returns nothing', returned(null), 'InvalidLambdaResponseException', 'Unrecognizable'],
    ['returns no response', returned({}), 'InvalidLambdaResponseException', 'Unrecognizable'],
    ['returns text', returned('ok'), 'InvalidLambdaResponseException', 'Unrecognizable'],
  ])('that %s is an error', async (_what, outcome, code, message) => {
    await expect(callerOf(outcome).callTrigger(DEFINE, CALL)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('that the pool does not have is an error', async () => {
    const pool = poolWith({ triggers: { ...poolWith().triggers, define: undefined } });
    const callTrigger = createTriggerCaller(pool, {} as Lambda, createFaults([]));
    await expect(callTrigger(DEFINE, CALL)).rejects.toThrow(/not configured for the user pool/);
  });
});

describe('the token gate', () => {
  const pool = poolWith({ triggers: { ...poolWith().triggers, tokenGate: 'arn:gate' } });
  const gate = async (details: unknown) =>
    await askTokenGate(
      {
        pool,
        callTrigger: async () => await Promise.resolve({ claimsAndScopeOverrideDetails: details }),
      },
      {
        source: 'TokenGeneration_Authentication',
        client: CLIENT,
        subject: { sub: 'sub-1', user: undefined },
        clientMetadata: undefined,
      },
    );

  test('that the pool does not have changes nothing', async () => {
    const overrides = await askTokenGate(
      { pool: poolWith(), callTrigger: () => Promise.reject(new Error('called')) },
      { source: 's', client: CLIENT, subject: { sub: 's', user: undefined }, clientMetadata: {} },
    );
    expect(overrides.scopes).toEqual(['aws.cognito.signin.user.admin']);
    expect(overrides.access({ sub: 's' })).toEqual({ sub: 's' });
  });

  test('adds and suppresses scopes, each once', async () => {
    const accessTokenGeneration = {
      scopesToAdd: ['portal/api', 'portal/api'],
      scopesToSuppress: ['aws.cognito.signin.user.admin'],
    };
    expect((await gate({ accessTokenGeneration })).scopes).toEqual(['portal/api']);
  });

  test('adds, overrides and suppresses claims, but not reserved ones', async () => {
    const { access } = await gate({
      accessTokenGeneration: {
        claimsToAddOrOverride: { role: 'ADMIN', sub: 'forged', username: 'forged' },
        claimsToSuppress: ['email', 'iss'],
      },
    });
    expect(access({ sub: 's', iss: 'i', email: 'e', role: 'USER' })).toEqual({
      sub: 's',
      iss: 'i',
      role: 'ADMIN',
    });
  });

  test.each([null, undefined, {}, { idTokenGeneration: null }])(
    'that answers %j changes nothing',
    async (details) => {
      expect((await gate(details)).id({ email: 'e' })).toEqual({ email: 'e' });
    },
  );

  test.each([
    'text',
    { accessTokenGeneration: { scopesToAdd: 'portal/api' } },
    { idTokenGeneration: { claimsToSuppress: [7] } },
  ])('that answers %j is an error', async (details) => {
    await expect(gate(details)).rejects.toMatchObject({ code: 'InvalidLambdaResponseException' });
  });
});
