import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { StackTemplate } from '../template/template.ts';
import { readInstances, type Instance, type NamedFlow } from './instances.ts';
import type { Switchboard } from './switchboard.ts';

const StartInput = z.strictObject({
  InstanceId: z.string(),
  ContactFlowId: z.string(),
  DestinationPhoneNumber: z.string(),
  SourcePhoneNumber: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number in E.164 format'),
  ClientToken: z.string().max(500).optional(),
  Attributes: z.record(z.string().regex(/^[A-Za-z0-9_-]+$/), z.string()).default({}),
  Name: z.string().optional(),
  Description: z.string().optional(),
});

const StopInput = z.strictObject({ InstanceId: z.string(), ContactId: z.string() });

/** Where an instance of a US Region may call before a support request: US, CA, PR, MX, UK. */
const ALLOWED = /^\+(1|52|44)/;
const MOST_ATTRIBUTE_BYTES = 32 * 1024;

/** What the operations use. */
interface Exchange {
  template: StackTemplate;
  instances: Map<string, Instance>;
  calls: Switchboard;
  /** Client token → contact: until the contact has ended, the same token places no other. */
  byToken: Map<string, string>;
}

type Operation = (exchange: Exchange, call: AwsCall) => unknown;

/** Connect: outbound voice contacts that run the stack's contact flows. */
export function createConnectApi(template: StackTemplate, calls: Switchboard): AwsService {
  const exchange: Exchange = {
    template,
    instances: readInstances(template),
    calls,
    byToken: new Map(),
  };
  return async (call) => {
    const operation = OPERATIONS[call.operation];
    if (operation === undefined) throw unknownOperation('Connect', call.operation);
    return await Promise.resolve(jsonReply(call.protocol, operation(exchange, call)));
  };
}

const startOutboundVoiceContact: Operation = (exchange, call) => {
  const { calls, byToken } = exchange;
  const input = inputOf(StartInput, jsonInput(call.http));
  const contactId = randomUUID();
  const instance = allowedInstance(exchange, call, input.InstanceId, contactId);
  checkDestination(input);
  const flow = flowOf(instance, input.ContactFlowId);
  const before = byToken.get(input.ClientToken ?? '');
  if (before !== undefined && calls.live(before) !== undefined) return { ContactId: before };
  if (input.ClientToken !== undefined) byToken.set(input.ClientToken, contactId);
  calls.place({
    contactId,
    instanceArn: instance.arn,
    flow,
    from: input.SourcePhoneNumber,
    to: input.DestinationPhoneNumber,
    attributes: input.Attributes,
  });
  return { ContactId: contactId };
};

function flowOf({ flows }: Instance, id: string): NamedFlow {
  const flow = flows.get(id);
  if (flow === undefined)
    throw new AwsError('ResourceNotFoundException', `Contact flow not found: ${id}`, 404);
  return flow;
}

const stopContact: Operation = (exchange, call) => {
  const { InstanceId, ContactId } = inputOf(StopInput, jsonInput(call.http));
  allowedInstance(exchange, call, InstanceId, ContactId);
  const live = exchange.calls.live(ContactId);
  if (live === undefined)
    throw new AwsError(
      'ContactNotFoundException',
      `The contact ${ContactId} is not active or does not exist.`,
      410,
    );
  live.hangUp();
  return {};
};

const describeContact: Operation = (exchange, call) => {
  const [instanceId = '', contactId = ''] = call.http.path
    .split('/')
    .slice(2)
    .map(decodeURIComponent);
  const { arn } = allowedInstance(exchange, call, instanceId, contactId);
  const record = exchange.calls.find(contactId);
  if (record === undefined)
    throw new AwsError('ResourceNotFoundException', `Contact not found: ${contactId}`, 404);
  return {
    Contact: {
      Arn: `${arn}/contact/${contactId}`,
      Id: contactId,
      InitiationMethod: 'API',
      Channel: 'VOICE',
      InitiationTimestamp: Date.parse(record.at) / 1000,
    },
  };
};

const OPERATIONS: Record<string, Operation> = {
  StartOutboundVoiceContact: startOutboundVoiceContact,
  StopContact: stopContact,
  DescribeContact: describeContact,
};

/** The instance that a call names. @throws AwsError if the caller may not do this to the contact */
function allowedInstance(
  { template, instances }: Exchange,
  call: AwsCall,
  id: string,
  contactId: string,
): Instance {
  const instance = instances.get(id.slice(id.lastIndexOf('/') + 1));
  if (instance === undefined)
    throw new AwsError('ResourceNotFoundException', `Instance not found: ${id}`, 404);
  const resource = `${instance.arn}/contact/${contactId}`;
  authorise(call, template.place, { action: `connect:${call.operation}`, resource });
  return instance;
}

function inputOf<T>(shape: z.ZodType<T>, input: unknown): T {
  const parsed = shape.safeParse(input);
  if (!parsed.success) throw new AwsError('InvalidRequestException', z.prettifyError(parsed.error));
  return parsed.data;
}

function checkDestination({
  DestinationPhoneNumber: to,
  Attributes,
}: z.infer<typeof StartInput>): void {
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    throw new AwsError(
      'InvalidParameterException',
      'DestinationPhoneNumber is not in E.164 format',
    );
  if (!ALLOWED.test(to))
    throw new AwsError(
      'DestinationNotAllowedException',
      'Outbound calls to the destination number are not allowed.',
      403,
    );
  if (Buffer.byteLength(JSON.stringify(Attributes)) > MOST_ATTRIBUTE_BYTES)
    throw new AwsError('InvalidParameterException', 'Attributes are over 32 KB');
}
