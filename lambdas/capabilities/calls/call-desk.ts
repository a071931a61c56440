/** Placing a verification call: the record first, then the call, then the contact that it became. */
import { DeliveryFailed } from '../messages/delivery-failed.rules.ts';
import type { CodeBinding } from '../verification/codes.rules.ts';
import type { OpenCall } from '../verification/verification.rules.ts';
import type { Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { randomId } from '../../ground/platform/random.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { type Call, LIVE_STATES, type OutboundCall } from './call.rules.ts';
import { speechFor } from './speech.rules.ts';

export interface CallRequest {
  binding: CodeBinding;
  epoch: number;
  now: number;
  /** Six digits to speak, where the stage asks for a code instead of #. */
  spokenCode?: string;
}

export interface PreparedCall {
  open: OpenCall;
  writes: Write[];
  /** Throws DeliveryFailed. */
  place(): Promise<void>;
}

/** The calls that are kept. */
export interface CallRecords {
  get(callId: string): Promise<Call | undefined>;
  lastOf(phone: string): Promise<Call | undefined>;
  place(call: Call, former: Call | undefined): Write[];
  bind(callId: string, contactId: string, now: number): Promise<void>;
  move(callId: string, to: 'FAILED'): Promise<boolean>;
}

export interface Telephony {
  /** Returns the contact's id. Throws DeliveryFailed. */
  start(call: OutboundCall): Promise<string>;
  /** Hangs up; a contact that has ended already is fine. Throws DeliveryFailed. */
  stop(contactId: string): Promise<void>;
}

export class CallDesk {
  readonly #calls: CallRecords;
  readonly #line: Telephony;
  readonly #settings: FunctionSettings;
  readonly #log: Log;

  constructor(calls: CallRecords, line: Telephony, settings: FunctionSettings, log: Log) {
    this.#calls = calls;
    this.#line = line;
    this.#settings = settings;
    this.#log = log;
  }

  /** A number has one live call: the one before ends and becomes FAILED once the new one is placed. */
  async prepare({ binding, epoch, now, spokenCode }: CallRequest): Promise<PreparedCall> {
    const { destination: phone, purpose, flowId, accountId } = binding;
    const former = await this.#calls.lastOf(phone);
    const expiresAt = now + this.#settings.codeLife.call * 1000;
    const spoken = spokenCode !== undefined;
    const call: Call = {
      callId: randomId(),
      purpose,
      flowId,
      accountId,
      epoch,
      phone,
      state: 'CALLING',
      spoken,
      placedAt: now,
      expiresAt,
    };
    return {
      open: { callId: call.callId, sentAt: now, expiresAt },
      writes: this.#calls.place(call, former),
      place: () => this.#place(call, former, spokenCode),
    };
  }

  async #place(
    call: Call,
    former: Call | undefined,
    spokenCode: string | undefined,
  ): Promise<void> {
    if (former !== undefined) await this.end(former);
    const contactId = await this.#start(call, spokenCode);
    try {
      await this.#calls.bind(call.callId, contactId, call.placedAt);
    } catch (error) {
      // The phone is ringing: # binds the contact itself, and expiry covers the events that are lost.
      this.#log('WARN', 'CONTACT_NOT_BOUND', errorFields(error));
    }
  }

  async #start({ callId, phone, purpose }: Call, spokenCode: string | undefined): Promise<string> {
    const speech = speechFor(this.#settings.portalName, purpose, spokenCode);
    try {
      return await this.#line.start({
        phone,
        clientToken: sha256(callId),
        attributes: { challengeId: callId, ...speech },
      });
    } catch (error) {
      if (!(error instanceof DeliveryFailed)) throw error;
      this.#log('ERROR', 'CALL_NOT_PLACED', errorFields(error));
      await this.#calls.move(callId, 'FAILED');
      throw error;
    }
  }

  /** Ends a call that is still under way: switched away from, replaced, or reported as unwanted. */
  async end({
    callId,
    contactId,
    state,
  }: Pick<Call, 'callId' | 'contactId' | 'state'>): Promise<void> {
    if (!LIVE_STATES.includes(state)) return;
    await this.#calls.move(callId, 'FAILED');
    if (contactId === undefined) return;
    try {
      await this.#line.stop(contactId);
    } catch (error) {
      // It cannot confirm anything any more; it rings out by itself.
      this.#log('WARN', 'CALL_NOT_STOPPED', errorFields(error));
    }
  }

  async endById(callId: string): Promise<void> {
    const call = await this.#calls.get(callId);
    if (call !== undefined) await this.end(call);
  }
}
