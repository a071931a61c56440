/**
 * Placing a verification call: the record first, then the call, then the contact that it became.
 */
import type { Language } from '../../../contract/languages.ts';
import type { Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { randomDigitPair, randomId } from '../../ground/platform/random.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { DeliveryFailed } from '../messages/delivery-failed.rules.ts';
import type { Binding } from '../messages/purposes.rules.ts';
import { type Call, type FlowReference, isLive, LIVE_STATES, type OpenCall } from './call.rules.ts';
import type { CallsPort, TelephonyPort } from './calls.port.ts';
import { speechFor } from './speech.rules.ts';

export interface CallRequest {
  binding: Binding;
  /** Where the flow that asks for the call is kept. */
  flow: FlowReference;
  epoch: number;
  /** That the call speaks. */
  language: Language;
  now: number;
  /** Six digits to speak, where the stage asks for a code instead of #. */
  spokenCode?: string;
}

export interface PreparedCall {
  open: OpenCall;
  writes: Write[];
  /** Throws DeliveryFailed. */
  place: () => Promise<void>;
}

/** Another flow has a call to this number under way, or its callee wants no call until a time. */
export type CallRefusal =
  { refused: 'CALL_IN_PROGRESS'; until: number } | { refused: 'SEND_LIMIT'; until: number };

export interface CallDeskDeps {
  calls: Pick<CallsPort, 'get' | 'ofNumber' | 'place' | 'bind' | 'move'>;
  telephony: TelephonyPort;
  settings: Pick<FunctionSettings, 'portalName' | 'codeLife' | 'voiceConfirmation'>;
  log: Log;
}

export class CallDesk {
  readonly #deps: CallDeskDeps;

  constructor(deps: CallDeskDeps) {
    this.#deps = deps;
  }

  /**
   * A number has one call at a time. The flow that has it may replace it: the former call is FAILED
   * once the new one is placed.
   */
  async prepare(request: CallRequest): Promise<PreparedCall | CallRefusal> {
    const { binding, flow, epoch, now } = request;
    const { destination: phone, purpose, flowId, accountId } = binding;
    const { number, last: former } = await this.#deps.calls.ofNumber(phone);
    const { deniedUntil = 0 } = number ?? {};
    if (deniedUntil > now) return { refused: 'SEND_LIMIT', until: deniedUntil };
    if (former !== undefined && isLive(former, now) && former.flowId !== flowId)
      return {
        refused: 'CALL_IN_PROGRESS',
        until: former.expiresAt,
      };
    const { codeLife, voiceConfirmation } = this.#deps.settings;
    const expiresAt = now + codeLife.call * 1000;
    const match = voiceConfirmation === 'MATCH' ? randomDigitPair() : undefined;
    const call: Call = {
      callId: randomId(),
      purpose,
      flowId,
      flow,
      accountId,
      epoch,
      phone,
      state: 'CALLING',
      spoken: request.spokenCode !== undefined,
      placedAt: now,
      expiresAt,
      ...definite({ match }),
    };
    return {
      open: definite({
        callId: call.callId,
        sentAt: now,
        expiresAt,
        match,
      }),
      writes: this.#deps.calls.place(call, number?.callId),
      place: () => this.#place(call, former, request),
    };
  }

  async #place(call: Call, former: Call | undefined, request: CallRequest): Promise<void> {
    if (former !== undefined) await this.#logFailure(() => this.#end(former));
    const contactId = await this.#start(call, request);
    try {
      await this.#deps.calls.bind(call.callId, contactId, call.placedAt);
    } catch (error) {
      // The phone is ringing: # binds the contact itself, and expiry covers the events that are
      // lost.
      this.#deps.log('WARN', 'CONTACT_NOT_BOUND', errorFields(error));
    }
  }

  async #start(
    { callId, phone, purpose, match }: Call,
    { language, spokenCode }: CallRequest,
  ): Promise<string> {
    const { portalName } = this.#deps.settings;
    const mode = match === undefined ? ('POUND' as const) : ('MATCH' as const);
    const speech = speechFor(
      definite({
        language,
        portalName,
        purpose,
        mode,
        spokenCode,
      }),
    );
    try {
      const contactId = await this.#deps.telephony.start({
        phone,
        clientToken: sha256(callId),
        attributes: { challengeId: callId, ...speech },
      });
      this.#deps.log('INFO', 'CALL_PLACED', { purpose });
      return contactId;
    } catch (error) {
      if (!(error instanceof DeliveryFailed)) throw error;
      this.#deps.log('ERROR', 'CALL_NOT_PLACED', {
        purpose,
        causeClass: error.causeClass,
        ...errorFields(error),
      });
      await this.#deps.calls.move(callId, 'FAILED');
      throw error;
    }
  }

  async endById(callId: string): Promise<void> {
    await this.#logFailure(async () => {
      const call = await this.#deps.calls.get(callId);
      if (call !== undefined) await this.#end(call);
    });
  }

  /** Ends a call that is still under way: switched away from or replaced. */
  async #end({ callId, contactId, state }: Call): Promise<void> {
    if (!LIVE_STATES.includes(state)) return;
    await this.#deps.calls.move(callId, 'FAILED');
    if (contactId !== undefined) await this.#deps.telephony.stop(contactId);
  }

  /** The flow has gone on: the call confirms nothing any more, and rings out by itself. */
  async #logFailure(end: () => Promise<void>): Promise<void> {
    try {
      await end();
    } catch (error) {
      this.#deps.log('WARN', 'CALL_NOT_STOPPED', errorFields(error));
    }
  }
}
