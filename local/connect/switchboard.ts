import { randomUUID } from 'node:crypto';
import type { LocalContext } from '../context.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { within } from '../lambda/within.ts';
import type { Section } from '../state.ts';
import { Call, type CallRecord, type ContactEventType } from './call.ts';
import type { NamedFlow } from './instances.ts';
import { type FlowStep, runContactFlow } from './interpreter.ts';

/** A call to place. */
interface NewCall {
  contactId: string;
  instanceArn: string;
  flow: NamedFlow;
  /** E.164. */
  from: string;
  to: string;
  attributes: Record<string, string>;
}

/** The calls that were placed, and the callee's side of them. */
export interface Switchboard {
  place: (call: NewCall) => void;
  /** Newest first. */
  read: (to?: string) => CallRecord[];
  /** A call of this run that has not ended. */
  live: (contactId: string) => Call | undefined;
  find: (contactId: string) => CallRecord | undefined;
  /** Publishes the end of every call that the machine's own end cut off. */
  publishCutOff: () => void;
}

/** The content of contact events of a call that has not ended. */
interface Contact {
  instanceArn: string;
  timestamps: Record<string, string>;
}

/** What the switchboard uses. */
export type SwitchboardInputs = Pick<
  LocalContext,
  'clock' | 'state' | 'lambda' | 'events' | 'faults' | 'metrics' | 'reportFailure'
>;

const KEPT_CALLS = 1_000;

export function createSwitchboard(inputs: SwitchboardInputs): Switchboard {
  return new KeptSwitchboard(inputs);
}

class KeptSwitchboard implements Switchboard {
  readonly #inputs: SwitchboardInputs;
  readonly #section: Section<{ calls: CallRecord[] }>;
  readonly #contacts: Section<Record<string, Contact>>;
  readonly #cutOff: string[];
  readonly #calls = new Map<string, Call>();

  constructor(inputs: SwitchboardInputs) {
    this.#inputs = inputs;
    this.#section = inputs.state.section('calls', () => ({ calls: [] }));
    this.#contacts = inputs.state.section('contacts', () => ({}));
    // Calls that were live when the machine stopped were cut off.
    for (const record of this.#section.value.calls) record.state = 'ENDED';
    this.#cutOff = Object.keys(this.#contacts.value);
  }

  place(placed: NewCall): void {
    const { contactId, flow, attributes } = placed;
    const { clock, lambda, reportFailure } = this.#inputs;
    const record = this.#record(placed);
    this.#contacts.value[contactId] = { instanceArn: placed.instanceArn, timestamps: {} };
    const call = new Call({
      record,
      clock,
      reportFailure,
      flow: runContactFlow(flow, { contactId, attributes }),
      invoke: async (step) => {
        const reply = await invokeForFlow(lambda, placed, step);
        if (reply === undefined) this.#countFlowError(placed);
        return reply;
      },
      changed: () => this.#section.changed(),
      happened: (type) => publish(this.#inputs, this.#contacts, contactId, type),
    });
    this.#calls.set(contactId, call);
  }

  /** The flow takes an error branch. */
  #countFlowError({ instanceArn, flow }: NewCall): void {
    const InstanceId = instanceArn.slice(instanceArn.lastIndexOf('/') + 1);
    const dimensions = {
      InstanceId,
      MetricGroup: 'ContactFlow',
      ContactFlowName: flow.name,
    };
    this.#inputs.metrics.put('AWS/Connect', 'ContactFlowErrors', dimensions, 1);
  }

  #record({ contactId, to }: NewCall): CallRecord {
    const record: CallRecord = {
      contactId,
      to,
      at: new Date(this.#inputs.clock.now()).toISOString(),
      state: 'RINGING',
      said: [],
      keys: [],
    };
    const { calls } = this.#section.value;
    calls.unshift(record);
    for (const dropped of calls.splice(KEPT_CALLS)) this.#calls.delete(dropped.contactId);
    this.#section.changed();
    return record;
  }

  read(to?: string): CallRecord[] {
    return this.#section.value.calls.filter((record) => to === undefined || record.to === to);
  }

  live(contactId: string): Call | undefined {
    const call = this.#calls.get(contactId);
    return call?.record.state === 'ENDED' ? undefined : call;
  }

  find(contactId: string): CallRecord | undefined {
    return this.#section.value.calls.find((record) => record.contactId === contactId);
  }

  publishCutOff(): void {
    for (const contactId of this.#cutOff.splice(0))
      publish(this.#inputs, this.#contacts, contactId, 'DISCONNECTED');
  }
}

const TIMESTAMPS: Record<ContactEventType, string> = {
  INITIATED: 'initiationTimestamp',
  CONNECTED_TO_SYSTEM: 'connectedToSystemTimestamp',
  DISCONNECTED: 'disconnectTimestamp',
};

/** Publishes a contact event of a call: late, twice or not at all under a fault. */
function publish(
  { clock, events, faults }: SwitchboardInputs,
  contacts: Section<Record<string, Contact>>,
  contactId: string,
  eventType: ContactEventType,
): void {
  const contact = contacts.value[contactId];
  if (contact === undefined) return;
  contact.timestamps[TIMESTAMPS[eventType]] = new Date(clock.now()).toISOString();
  if (eventType === 'DISCONNECTED') Reflect.deleteProperty(contacts.value, contactId);
  contacts.changed();
  const detail = {
    eventType,
    contactId,
    initialContactId: contactId,
    channel: 'VOICE',
    instanceArn: contact.instanceArn,
    initiationMethod: 'API',
    eventId: randomUUID(),
    ...contact.timestamps,
  };
  const { copies, delayMs } = faults.takeEventFault();
  const publishCopies = (): void => {
    for (let copy = 0; copy < copies; copy += 1)
      events.publish({
        source: 'aws.connect',
        detailType: 'Amazon Connect Contact Event',
        detail,
      });
  };
  if (delayMs === 0) publishCopies();
  else setTimeout(publishCopies, delayMs).unref();
}

async function invokeForFlow(
  lambda: Lambda,
  placed: NewCall,
  step: Extract<FlowStep, { kind: 'invoke' }>,
): Promise<Record<string, string> | undefined> {
  const event = {
    Details: {
      ContactData: contactData(placed),
      Parameters: step.parameters,
    },
    Name: 'ContactFlowEvent',
  };
  const outcome = await within(
    step.seconds * 1000,
    lambda.invokeAs('connect.amazonaws.com', placed.instanceArn, step.functionArn, event),
    undefined,
  );
  return outcome?.kind === 'returned' ? (outcome.payload as Record<string, string>) : undefined;
}

/** The contact in a function's event (administrator guide, "Invoke AWS Lambda functions"). */
function contactData({ contactId, instanceArn, from, to, attributes }: NewCall): object {
  return {
    Attributes: attributes,
    Channel: 'VOICE',
    ContactId: contactId,
    CustomerEndpoint: { Address: to, Type: 'TELEPHONE_NUMBER' },
    CustomerId: null,
    Description: null,
    InitialContactId: contactId,
    InitiationMethod: 'API',
    InstanceARN: instanceArn,
    LanguageCode: 'en-US',
    MediaStreams: { Customer: { Audio: null } },
    Name: null,
    PreviousContactId: contactId,
    Queue: null,
    References: {},
    SystemEndpoint: { Address: from, Type: 'TELEPHONE_NUMBER' },
  };
}
