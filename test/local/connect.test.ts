import {
  ConnectClient,
  DescribeContactCommand,
  StartOutboundVoiceContactCommand,
  StopContactCommand,
} from '@aws-sdk/client-connect';
import type { StartOutboundVoiceContactCommandInput } from '@aws-sdk/client-connect';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ContactFlow, readContactFlow } from '../../local/connect/contact-flow.ts';
import { type FlowStep, runContactFlow, type StepResult } from '../../local/connect/interpreter.ts';
import { startLocal } from '../../local/local-stack.ts';
import type { RawTemplate } from '../../local/template/template.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { BUILT_STACK } from '../built-stack.ts';
import { Callee } from '../journeys/clients/callee.ts';
import { Machine } from '../journeys/clients/machine.ts';

const INSTANCE = '10a4c4eb-f57e-4d4c-8602-bf39176ced07';
const TO = '+12025550143';
const TEXTS = {
  promptText: 'Press pound.',
  thanksText: 'Thanks.',
  failedText: 'Failed.',
  deniedText: 'Denied.',
  errorText: 'Error.',
};

/** The ids of the contact flow, which are the same at every start. */
async function contactFlowId({ endpoint }: Pick<LocalStack, 'endpoint'>): Promise<string> {
  const { resolveTemplate } = await import('../../local/template/template.ts');
  const raw = JSON.parse(
    readFileSync(join(BUILT_STACK, 'PortalAuth-local.template.json'), 'utf8'),
  ) as RawTemplate;
  const place = {
    region: 'us-east-1',
    account: '000000000000',
    partition: 'aws',
    stackName: 'PortalAuth-local',
    endpoint,
    publicEndpoint: endpoint,
  };
  return (
    resolveTemplate(raw, place)
      .ofType('AWS::Connect::ContactFlow')[0]
      ?.ref.split('/contact-flow/')[1] ?? ''
  );
}

describe('Connect', () => {
  let machine: Machine;
  let phone: Callee;
  let connect: ConnectClient;
  let flowId: string;
  beforeAll(async () => {
    machine = new Machine(await startLocal({ assembly: BUILT_STACK }));
    phone = new Callee(machine, TO);
    const { endpoint, operatorCredentials: credentials } = machine.stack;
    connect = new ConnectClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    flowId = await contactFlowId(machine.stack);
  });
  afterAll(async () => machine.stop());

  const start = (more: Partial<StartOutboundVoiceContactCommandInput> = {}, client = connect) =>
    client.send(
      new StartOutboundVoiceContactCommand({
        InstanceId: INSTANCE,
        ContactFlowId: flowId,
        SourcePhoneNumber: '+12025550100',
        DestinationPhoneNumber: TO,
        Attributes: TEXTS,
        ...more,
      }),
    );

  test('rings, speaks when it is answered, and ends', async () => {
    const { ContactId = '' } = await start();
    expect(await phone.newest()).toEqual({
      contactId: ContactId,
      to: TO,
      at: expect.any(String),
      state: 'RINGING',
      said: [],
      keys: [],
    });
    expect(await phone.press('#', ContactId)).toMatchObject({ status: 409 });
    expect(await phone.answer(ContactId)).toMatchObject({
      status: 200,
      state: 'ANSWERED',
      said: ['Press pound.'],
    });
    // No record belongs to this call, so the function refuses it.
    expect(await phone.press('#', ContactId)).toMatchObject({
      state: 'ENDED',
      keys: ['#'],
      said: ['Press pound.', 'Error.'],
    });
    for (const move of [phone.answer, phone.hangUp])
      expect(await move(ContactId)).toMatchObject({ status: 409 });
    expect(await phone.answer('no-such-contact')).toMatchObject({ status: 404 });
  });

  test('lists calls by number, newest first, and refuses keys that no phone has', async () => {
    const first = await start({ DestinationPhoneNumber: '+12025550188' });
    const second = await start({ DestinationPhoneNumber: '+12025550188' });
    expect(
      (await new Callee(machine, '+12025550188').calls()).map(({ contactId }) => contactId),
    ).toEqual([second.ContactId, first.ContactId]);
    await phone.answer(second.ContactId);
    expect(await phone.press('A', second.ContactId)).toMatchObject({ status: 400 });
  });

  test('one client token makes one call while that lives', async () => {
    const first = await start({ ClientToken: 'once' });
    expect((await start({ ClientToken: 'once' })).ContactId).toBe(first.ContactId);
    await phone.hangUp(first.ContactId);
    expect((await start({ ClientToken: 'once' })).ContactId).not.toBe(first.ContactId);
  });

  test('hangs up on request, once', async () => {
    const { ContactId = '' } = await start();
    expect(
      (await connect.send(new DescribeContactCommand({ InstanceId: INSTANCE, ContactId }))).Contact,
    ).toMatchObject({ Id: ContactId, Channel: 'VOICE', InitiationMethod: 'API' });
    await connect.send(new StopContactCommand({ InstanceId: INSTANCE, ContactId }));
    expect((await phone.newest()).state).toBe('ENDED');
    await expect(
      connect.send(new StopContactCommand({ InstanceId: INSTANCE, ContactId })),
    ).rejects.toMatchObject({ name: 'ContactNotFoundException' });
  });

  test.each<[string, string, Partial<StartOutboundVoiceContactCommandInput>]>([
    [
      'a country that no instance may call',
      'DestinationNotAllowedException',
      { DestinationPhoneNumber: '+4915112345678' },
    ],
    [
      'a number that is not E.164',
      'InvalidParameterException',
      { DestinationPhoneNumber: '2025550143' },
    ],
    [
      'attributes over 32 KB',
      'InvalidParameterException',
      { Attributes: { long: 'x'.repeat(33_000) } },
    ],
    [
      "an attribute's name with a space",
      'InvalidRequestException',
      { Attributes: { 'no spaces': 'x' } },
    ],
    ['no number to call from', 'InvalidRequestException', { SourcePhoneNumber: undefined }],
    ['an unknown member', 'InvalidRequestException', { TrafficType: 'CAMPAIGN' }],
    ['an unknown flow', 'ResourceNotFoundException', { ContactFlowId: 'other' }],
    [
      'an unknown instance',
      'ResourceNotFoundException',
      { InstanceId: '00000000-0000-4000-8000-000000000000' },
    ],
  ])('refuses %s with %s', async (_what, name, more) => {
    await expect(start(more)).rejects.toMatchObject({ name });
  });

  test('refuses everyone but the roles and the operator', async () => {
    const stranger = new ConnectClient({
      endpoint: machine.stack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' },
      maxAttempts: 1,
    });
    await expect(start({}, stranger)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('a fault that no event can have is refused', async () => {
    expect(
      await machine.local('POST', 'faults', {
        service: 'connect',
        operation: 'StartOutboundVoiceContact',
        times: 1,
        duplicate: true,
      }),
    ).toEqual({ error: expect.any(String) });
  });
});

test('calls outlast a restart, and those that were live are cut off', async () => {
  const data = mkdtempSync(join(tmpdir(), 'portal-auth-data-'));
  const first = await startLocal({ assembly: BUILT_STACK, data });
  const connect = new ConnectClient({
    endpoint: first.endpoint,
    region: 'us-east-1',
    credentials: first.operatorCredentials,
    maxAttempts: 1,
  });
  await connect.send(
    new StartOutboundVoiceContactCommand({
      InstanceId: INSTANCE,
      ContactFlowId: await contactFlowId(first),
      SourcePhoneNumber: '+12025550100',
      DestinationPhoneNumber: TO,
      Attributes: TEXTS,
    }),
  );
  await first.stop();
  const second = await startLocal({ assembly: BUILT_STACK, data });
  try {
    expect(await new Callee(new Machine(second), TO).calls()).toMatchObject([
      { state: 'ENDED', said: [] },
    ]);
  } finally {
    await second.stop();
    rmSync(data, { recursive: true });
  }
});

const end = { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} };
const failing = (...names: string[]) =>
  names.map((ErrorType) => ({ ErrorType, NextAction: 'end' }));
const flow = (...actions: object[]): string =>
  JSON.stringify({
    Version: '2019-10-30',
    StartAction: (actions[0] as { Identifier: string }).Identifier,
    Actions: [...actions, end],
  });
const message = (Text: string, NextAction = 'end') => ({
  Identifier: 'say',
  Type: 'MessageParticipant',
  Parameters: { Text },
  Transitions: { NextAction, Errors: failing('NoMatchingError') },
});

describe('a contact flow that this machine cannot run is refused at the start:', () => {
  test.each([
    ['an unknown action', flow({ ...message('x'), Type: 'PlayHoldMusic' })],
    ['an unknown parameter', flow({ ...message('x'), Parameters: { Text: 'x', SSML: 'y' } })],
    [
      'a missing error branch',
      flow({ ...message('x'), Transitions: { NextAction: 'end', Errors: [] } }),
    ],
    ['a target that is not there', flow(message('x', 'nowhere'))],
    ['two actions of one name', flow(message('x'), message('y'))],
    ['another version', flow(message('x')).replace('2019-10-30', '2024-01-01')],
    ['too many characters', flow(message('x'.repeat(256_000)))],
  ])('%s', (_what, content) => {
    expect(() => readContactFlow(content, 'Flow')).toThrow('The contact flow Flow');
  });
});

describe('a contact flow', () => {
  /**
   * Runs a flow and answers each question and invocation in turn. @returns the steps of the call
   */
  function run(
    of: ContactFlow,
    results: StepResult[],
    attributes: Record<string, string> = {},
  ): FlowStep[] {
    const running = runContactFlow(of, { contactId: 'contact-1', attributes });
    const steps: FlowStep[] = [];
    for (
      let step = running.next(undefined);
      !step.done;
      step = running.next(step.value.kind === 'say' ? undefined : results.shift())
    )
      steps.push(step.value);
    return steps;
  }
  const invoking = {
    Identifier: 'invoke',
    Type: 'InvokeLambdaFunction',
    Parameters: {
      LambdaFunctionARN: 'arn',
      InvocationTimeLimitSeconds: '8',
      LambdaInvocationAttributes: { id: '$.ContactId' },
      ResponseValidation: { ResponseType: 'STRING_MAP' },
    },
    Transitions: { NextAction: 'say', Errors: failing('NoMatchingError') },
  };
  const answering = readContactFlow(flow(invoking, message('$.External.result')), 'Flow');

  test('reads attributes, the contact and the last reply', () => {
    expect(run(answering, [{ result: 'Hello' }])).toEqual([
      { kind: 'invoke', functionArn: 'arn', seconds: 8, parameters: { id: 'contact-1' } },
      { kind: 'say', text: 'Hello' },
    ]);
    expect(
      run(readContactFlow(flow(message('$.Attributes.word')), 'Flow'), [], { word: 'Hi' }),
    ).toEqual([{ kind: 'say', text: 'Hi' }]);
  });

  test.each([
    ['nothing', undefined],
    ['a nested object', { result: { deep: 'x' } }],
    ['a number', { result: 1 }],
    ['more than 32 KB', { result: 'x'.repeat(33_000) }],
  ])('takes the error branch when the function replies with %s', (_what, reply) => {
    expect(run(answering, [reply as StepResult])).toHaveLength(1);
  });

  test('takes the error branch of a prompt without text', () => {
    expect(run(readContactFlow(flow(message('$.Attributes.missing')), 'Flow'), [])).toEqual([]);
  });

  test('stops at a path that it does not read', () => {
    expect(() => run(readContactFlow(flow(message('$.Customer.Name')), 'Flow'), [])).toThrow(
      'A contact flow reads $.Customer.Name',
    );
  });
});
