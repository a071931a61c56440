/** Connect's contact events, by EventBridge: best effort, unordered, sometimes twice (facts on Connect, section 5). */
import type { EventBridgeEvent } from 'aws-lambda';
import { errorFields, log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { stateAfter } from './call.rules.ts';
import { wireCallEvents } from './calls.wiring.ts';

const calls = once(wireCallEvents);

export async function handler({
  detail,
}: EventBridgeEvent<string, Record<string, unknown>>): Promise<void> {
  const read = (name: string) => {
    const key = Object.keys(detail).find((one) => one.toLowerCase() === name.toLowerCase());
    return key === undefined || detail[key] === null ? undefined : String(detail[key]);
  };
  const connectedAt = read('connectedToSystemTimestamp');
  const event = {
    eventType: read('eventType') ?? '',
    contactId: read('contactId') ?? '',
    ...(connectedAt === undefined ? {} : { connectedToSystemTimestamp: connectedAt }),
  };
  try {
    const state = stateAfter(event);
    const call = state === undefined ? undefined : await calls().byContact(event.contactId);
    const moved =
      call !== undefined && state !== undefined && (await calls().move(call.callId, state));
    log('INFO', 'CONTACT_EVENT', { eventType: event.eventType, known: call !== undefined, moved });
  } catch (error) {
    // Lambda gives the event again.
    log('ERROR', 'CONTACT_EVENT_FAILED', { eventType: event.eventType, ...errorFields(error) });
    throw error;
  }
}
