import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { EventBus } from '../eventbridge/event-bus.ts';
import type { Faults } from '../gateway/faults.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { within } from '../lambda/within.ts';
import type { Section, State } from '../state.ts';
import { Call, type CallRecord, type ContactEventType } from './call.ts';
import type { ContactFlow } from './contact-flow.ts';
import { type FlowStep, runContactFlow } from './interpreter.ts';

/** A call to place. */
export interface NewCall {
  contactId: string;
  instanceArn: string;
  flow: ContactFlow;
  /** E.164. */
  from: string;
  to: string;
  attributes: Record<string, string>;
}

/** The calls that were placed, and the callee's side of them. */
export interface Switchboard {
  place(call: NewCall): void;
  /** Newest first. */
  read(to?: string): CallRecord[];
  /** A call of this run that has not ended. */
  live(contactId: string): Call | undefined;
  find(contactId: string): CallRecord | undefined;
  /** Publishes the end of every call that the machine's own end cut off: once functions can work. */
  tellCutOff(): void;
}

/** What contact events say of a call that has not ended. */
interface Contact {
  instanceArn: string;
  timestamps: Record<string, string>;
}

/** What the switchboard stands on. */
export interface SwitchboardInputs {
  clock: Clock;
  state: State;
  lambda: Lambda;
  events: EventBus;
  faults: Faults;
  reportFailure(error: unknown): void;
}

const KEPT_CALLS = 1_000;

export function createSwitchboard(inputs: SwitchboardInputs): Switchboard {
  const { clock, state, reportFailure } = inputs;
  const section = state.section<{ calls: CallRecord[] }>('calls', () => ({ calls: [] }));
  // Whoever was on the phone when the machine stopped was cut off.
  for (const record of section.value.calls) record.state = 'ENDED';
  const contacts = state.section<Record<string, Contact>>('contacts', () => ({}));
  const cutOff = Object.keys(contacts.value);
  const calls = new Map<string, Call>();
  return {
    place(placed) {
      const { contactId, to, flow, attributes } = placed;
      const record: CallRecord = {
        contactId,
        to,
        at: new Date(clock.now()).toISOString(),
        state: 'RINGING',
        said: [],
        keys: [],
      };
      section.value.calls.unshift(record);
      for (const { contactId: dropped } of section.value.calls.splice(KEPT_CALLS))
        calls.delete(dropped);
      section.changed();
      contacts.value[contactId] = { instanceArn: placed.instanceArn, timestamps: {} };
      const call = new Call({
        record,
        clock,
        reportFailure,
        flow: runContactFlow(flow, { contactId, attributes }),
        invoke: (step) => invokeForFlow(inputs.lambda, placed, step),
        changed: () => section.changed(),
        happened: (type) => publish(inputs, contacts, contactId, type),
      });
      calls.set(contactId, call);
    },
    read: (to) => section.value.calls.filter((record) => to === undefined || record.to === to),
    live: (contactId) => {
      const call = calls.get(contactId);
      return call?.record.state === 'ENDED' ? undefined : call;
    },
    find: (contactId) => section.value.calls.find((record) => record.contactId === contactId),
    tellCutOff() {
      for (const contactId of cutOff.splice(0))
        publish(inputs, contacts, contactId, 'DISCONNECTED');
    },
  };
}

const TIMESTAMPS: Record<ContactEventType, string> = {
  INITIATED: 'initiationTimestamp',
  CONNECTED_TO_SYSTEM: 'connectedToSystemTimestamp',
  DISCONNECTED: 'disconnectTimestamp',
};

/** Publishes a call's contact event, late, twice or not at all where a fault says so. */
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
  const { copies, delayMs } = faults.takeEventFault('connect', 'ContactEvents');
  const publishCopies = (): void => {
    for (let copy = 0; copy < copies; copy += 1)
      events.publish({ source: 'aws.connect', detailType: 'Amazon Connect Contact Event', detail });
  };
  if (delayMs === 0) publishCopies();
  else setTimeout(publishCopies, delayMs).unref();
}

/** The event of a contact flow (administrator guide, "Invoke AWS Lambda functions"). */
async function invokeForFlow(
  lambda: Lambda,
  { contactId, instanceArn, from, to, attributes }: NewCall,
  step: Extract<FlowStep, { kind: 'invoke' }>,
): Promise<Record<string, string> | undefined> {
  const event = {
    Details: {
      ContactData: {
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
      },
      Parameters: step.parameters,
    },
    Name: 'ContactFlowEvent',
  };
  const outcome = await within(
    step.seconds * 1000,
    lambda.invokeAs('connect.amazonaws.com', instanceArn, step.functionArn, event),
    undefined,
  );
  return outcome?.kind === 'returned' ? (outcome.payload as Record<string, string>) : undefined;
}
