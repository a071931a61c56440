/**
 * Connect's contact events, by EventBridge: best effort, unordered, sometimes twice (administrator
 * guide, "Amazon Connect contact events").
 */
import type { EventBridgeEvent } from 'aws-lambda';
import { definite } from '../../ground/platform/definite.rules.ts';
import { errorFields, log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { stateAfter } from './call.rules.ts';
import { wireCallEvents } from './calls.wiring.ts';

const calls = once(wireCallEvents);

export async function handler({
  detail,
}: EventBridgeEvent<string, Record<string, unknown>>): Promise<void> {
  const connectedAt = textIn(detail, 'connectedToSystemTimestamp');
  const event = definite({
    eventType: textIn(detail, 'eventType') ?? '',
    contactId: textIn(detail, 'contactId') ?? '',
    connectedToSystemTimestamp: connectedAt,
  });
  try {
    const state = stateAfter(event);
    const call = state === undefined ? undefined : await calls().byContact(event.contactId);
    const moved =
      call !== undefined && state !== undefined && (await calls().move(call.callId, state));
    const { eventType } = event;
    log('INFO', 'CONTACT_EVENT', {
      eventType,
      known: call !== undefined,
      moved,
      state,
    });
  } catch (error) {
    // Lambda gives the event again.
    log('ERROR', 'CONTACT_EVENT_FAILED', { eventType: event.eventType, ...errorFields(error) });
    throw error;
  }
}

/** Connect spells the members of its events with either case. */
function textIn(detail: Record<string, unknown>, name: string): string | undefined {
  const key = Object.keys(detail).find((one) => one.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : detail[key];
  return typeof value === 'string' ? value : undefined;
}
