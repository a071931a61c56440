/**
 * Hostile events of AWS: Cognito's triggers, the contact flow, EventBridge, queues and streams.
 * Only AWS invokes the functions, and it sends none of these. If it did, nobody would get in, a
 * person would read a sentence of ours, and what stands beside a hostile record would be done.
 */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { HANA } from '../journeys/clients/employee.ts';
import { ERIN, type Machine } from '../journeys/clients/machine.ts';
import { bent } from './bent.ts';
import { tableOf } from './misfits.ts';

/** What a function answers to one event. */
interface Answered {
  /** JSON. */
  payload: unknown;
  errorType?: string;
  errorMessage?: string;
}

type Invoke = (functionId: string, event: unknown) => Promise<Answered>;

/** The properties, and what ends their client. */
interface EventProperties {
  properties: fc.IAsyncProperty<unknown[]>[];
  done: () => void;
}

/** What Cognito shows to a person of a trigger's error. */
const SHOWN = [
  'The service is not available right now. Please try again',
  'No tokens for this sign-in. Please sign in again',
];

const FLOW = 'A'.repeat(22);
const ANSWERED_STAMP = `1.${FLOW}.ENTER_CODE.NOTHING.AGAIN`;

export async function eventProperties(machine: Machine): Promise<EventProperties> {
  const { endpoint, outputs, operatorCredentials: credentials } = machine.stack;
  const client = new LambdaClient({ endpoint, region: outputs.region, credentials });
  const invoke: Invoke = async (functionId, event) => {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: `portal-auth-local-${functionId}`,
        Payload: JSON.stringify(event),
      }),
    );
    const payload = JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as unknown;
    return FunctionError === undefined ? { payload } : { payload: null, ...(payload as object) };
  };
  const recorded = await newestEvents(machine);
  return {
    properties: [
      triggers(invoke, outputs),
      workforceGate(invoke, outputs),
      streams(invoke, recorded),
      messages(invoke),
      reports(invoke),
    ],
    done: () => client.destroy(),
  };
}

/** Rows of the trail, as they are. */
async function newestEvents(machine: Machine): Promise<Record<string, unknown>[]> {
  const { client } = tableOf(machine);
  const TableName = machine.outputs.tables.AuditEvents;
  const { Items = [] } = await client.send(new ScanCommand({ TableName, Limit: 20 }));
  client.destroy();
  if (Items.length === 0) throw new Error('The trail is empty: nothing to bend.');
  return Items;
}

// Triggers

interface TriggerResponse {
  response?: {
    issueTokens?: boolean;
    answerCorrect?: boolean;
    claimsAndScopeOverrideDetails?: object;
  };
}

function triggers(invoke: Invoke, { userPoolId, userPoolClientId }: Machine['outputs']) {
  const common = {
    version: '1',
    region: 'us-east-1',
    userPoolId,
    userName: 'd5c1a7a2-0000-4000-8000-000000000000',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown', clientId: userPoolClientId },
  };
  const userAttributes = { 'custom:account_id': 'unknown', email: ERIN.email };
  const session = [
    { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null },
    { challengeName: 'PASSWORD_VERIFIER', challengeResult: true, challengeMetadata: null },
    {
      challengeName: 'CUSTOM_CHALLENGE',
      challengeResult: false,
      challengeMetadata: ANSWERED_STAMP,
    },
  ];
  const state = JSON.stringify({ flowId: FLOW, challenge: 'ENTER_CODE', accountId: 'unknown' });
  const events: Record<string, Record<string, unknown>> = {
    define: {
      ...common,
      triggerSource: 'DefineAuthChallenge_Authentication',
      request: { userAttributes, session, userNotFound: false },
      response: {},
    },
    create: {
      ...common,
      triggerSource: 'CreateAuthChallenge_Authentication',
      request: { userAttributes, session, challengeName: 'CUSTOM_CHALLENGE', userNotFound: false },
      response: {},
    },
    verify: {
      ...common,
      triggerSource: 'VerifyAuthChallengeResponse_Authentication',
      request: {
        userAttributes,
        privateChallengeParameters: { state, answerKey: 'x' },
        challengeAnswer: '{"code":"123456"}',
      },
      response: {},
    },
    'token-gate': {
      ...common,
      triggerSource: 'TokenGeneration_Authentication',
      request: { userAttributes, groupConfiguration: {}, scopes: [] },
      response: {},
    },
  };
  const hostile = fc
    .constantFrom(...Object.keys(events))
    .chain((id) => fc.tuple(fc.constant(id), bent(events[id])));
  return fc.asyncProperty(hostile, async ([id, event]) => {
    const { payload, errorMessage } = await invoke(id, event);
    const { response } = (payload ?? {}) as TriggerResponse;
    if (response?.issueTokens === true) throw new Error('define issues tokens without a proof');
    if (response?.answerCorrect === true) throw new Error('verify takes an answer for right');
    if (id === 'token-gate' && errorMessage === undefined)
      throw new Error('the gate lets a sign-in without a grant pass');
    if (errorMessage !== undefined && !SHOWN.includes(errorMessage))
      throw new Error(`${id} shows "${errorMessage}"`);
  });
}

// The employees' gate

interface GateEvent {
  triggerSource?: unknown;
  callerContext?: { clientId?: unknown };
  request?: { userAttributes?: Record<string, unknown> };
}

/** Tokens are for whom the identity provider states, by our client; the group opens the desk. */
function workforceGate(invoke: Invoke, { employees, userPoolId }: Machine['outputs']) {
  const good = {
    version: '2',
    region: 'us-east-1',
    userPoolId,
    userName: 'workforce_e-1001',
    triggerSource: 'TokenGeneration_HostedAuth',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown', clientId: employees?.clientId },
    request: {
      userAttributes: {
        identities: '[{"userId":"e-1001","providerType":"OIDC"}]',
        'cognito:user_status': 'EXTERNAL_PROVIDER',
        'custom:groups': 'portal-help-desk',
        email: HANA,
        name: 'Hana Helpdesk',
      },
      groupConfiguration: {},
      scopes: [],
    },
    response: {},
  };
  const hostile = fc.oneof({ weight: 9, arbitrary: bent(good) }, fc.constant(good as unknown));
  return fc.asyncProperty(hostile, async (event) => {
    const { payload, errorMessage } = await invoke('workforce-gate', event);
    if (errorMessage !== undefined && !SHOWN.includes(errorMessage))
      throw new Error(`workforce-gate shows "${errorMessage}"`);
    const claims = JSON.stringify(payload);
    const { triggerSource, callerContext, request } = event as GateEvent;
    const attributes = request?.userAttributes ?? {};
    const isAdmitted =
      triggerSource === good.triggerSource &&
      callerContext?.clientId === employees?.clientId &&
      attributes['cognito:user_status'] === 'EXTERNAL_PROVIDER' &&
      /"userId":"./.test(String(attributes.identities)) &&
      String(attributes.email).endsWith('@workforce.example');
    if (errorMessage === undefined && !isAdmitted) throw new Error('the gate admits a stranger');
    if (errorMessage !== undefined && event === good) throw new Error('the gate refuses Hana');
    if (claims.includes('"help_desk":true') && !/portal-help-desk/.test(JSON.stringify(attributes)))
      throw new Error('the gate opens the help desk to whoever is not in its group');
  });
}

// Streams and queues

interface BatchResponse {
  batchItemFailures?: { itemIdentifier: string }[];
}

function streams(invoke: Invoke, recorded: readonly Record<string, unknown>[]) {
  const [good] = recorded;
  const image = marshall(good, { removeUndefinedValues: true }) as object;
  const record = (NewImage: unknown, SequenceNumber: string) => ({
    eventID: SequenceNumber,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: { NewImage, SequenceNumber },
  });
  const reader = fc.constantFrom('audit-archive', 'notices');
  return fc.asyncProperty(reader, bent(image), async (id, hostile) => {
    const event = { Records: [record(image, '1'), record(hostile, '2'), record(image, '3')] };
    const { payload, errorMessage } = await invoke(id, event);
    if (errorMessage !== undefined) throw new Error(`${id} fails as a whole: ${errorMessage}`);
    const failed = (payload as BatchResponse).batchItemFailures?.map((one) => one.itemIdentifier);
    if (failed?.some((one) => one !== '2') !== false)
      throw new Error(`${id} has the records ${String(failed)} come again, where 2 is hostile`);
  });
}

function messages(invoke: Invoke) {
  const good = {
    kind: 'LINK_REQUEST',
    username: 'nobody',
    proven: false,
    requestedAt: Date.now(),
    sourceAddress: '192.0.2.1',
    requestId: 'x',
  };
  const body = fc.oneof(
    bent({ ...good, email: ERIN.email }).map((one) => JSON.stringify(one)),
    bent({ kind: 'LINK', accountId: 'x', epoch: 0, expiresAt: 1, lane: 'ADMIN_LINK' }).map((one) =>
      JSON.stringify(one),
    ),
    bent({ ...good, kind: 'RESET_CODE', tokenHash: 'x', codeId: 'x' }).map((one) =>
      JSON.stringify(one),
    ),
    fc.string(),
  );
  const message = (messageId: string, text: string) => ({ messageId, body: text, attributes: {} });
  return fc.asyncProperty(body, async (hostile) => {
    const Records = [message('1', JSON.stringify(good)), message('2', hostile)];
    const { payload, errorMessage } = await invoke('outbox', { Records });
    if (errorMessage !== undefined) throw new Error(`outbox fails as a whole: ${errorMessage}`);
    const failed = (payload as BatchResponse).batchItemFailures ?? [];
    if (failed.some(({ itemIdentifier }) => itemIdentifier !== '2'))
      throw new Error('outbox has another message than the hostile one come again');
  });
}

// What SES and Connect report

function reports(invoke: Invoke) {
  const bounce = {
    eventType: 'Bounce',
    mail: { messageId: 'x', destination: [ERIN.email], tags: { account: ['unknown'] } },
    bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: ERIN.email }] },
  };
  const contact = {
    eventType: 'CONNECTED_TO_SYSTEM',
    contactId: 'unknown',
    connectedToSystemTimestamp: '2026-01-01T00:00:00Z',
  };
  const callee = {
    ContactData: {
      ContactId: 'unknown',
      Attributes: { challengeId: FLOW },
      CustomerEndpoint: { Address: '+12025550143', Type: 'TELEPHONE_NUMBER' },
    },
    Parameters: { outcome: 'CONFIRMED' },
  };
  const hostile = fc.oneof(
    fc.tuple(
      fc.constant('mail-events'),
      bent(bounce).map((detail) => ({ detail })),
    ),
    fc.tuple(
      fc.constant('call-events'),
      bent(contact).map((detail) => ({ detail })),
    ),
    fc.tuple(
      fc.constant('call-flow'),
      bent(callee).map((Details) => ({ Details })),
    ),
  );
  return fc.asyncProperty(hostile, async ([id, event]) => {
    const { payload, errorType } = await invoke(id, event);
    if (errorType === 'Sandbox.Timedout') throw new Error(`${id} hangs`);
    const { result } = (payload ?? {}) as { result?: string };
    if (result === 'CONFIRMED') throw new Error('a call that nobody placed is confirmed');
  });
}
