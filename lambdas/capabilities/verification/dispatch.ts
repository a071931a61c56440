/**
 * Dispatch of a verification: decides what is sent, what it counts against, and what is written
 * before it goes out.
 */
import type { Factor } from '../../../contract/challenges.ts';
import type { Language } from '../../../contract/languages.ts';
import { breakerOf, limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { Limit } from '../../ground/limits/limits.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { CallDesk, CallRefusal } from '../calls/call-desk.ts';
import type { FlowReference } from '../calls/call.rules.ts';
import type { Binding } from '../messages/purposes.rules.ts';
import type { CodeDeliveryPort } from './code-delivery.ts';
import { type CodeMacPort, issueCode } from './codes.ts';
import type { Verification } from './verification.rules.ts';

/** The budget of a send: separate ones apply before and after a password is proven. */
export type SendLane = 'SIGN_IN' | 'ENROLMENT' | 'RESET';

export interface DispatchRequest {
  binding: Binding;
  factor: Factor;
  lane: SendLane;
  /** Of the message or the call. */
  language: Language;
  /** The address that the request came from; triggers are given none. */
  source?: string;
  /** Where the flow that asks for it is kept. */
  flow: FlowReference;
  epoch: number;
  now: number;
}

export interface Dispatch {
  open: Verification;
  limits: Limit[];
  writes: Write[];
  /** Sends, once. Throws DeliveryFailed. */
  deliver: () => Promise<void>;
}

export interface DispatcherPort {
  /** Throws CodeMacUnavailable and StoreUnavailable. */
  prepare: (request: DispatchRequest) => Promise<Dispatch | CallRefusal>;
}

export interface DispatcherDeps {
  mac: CodeMacPort;
  delivery: CodeDeliveryPort;
  settings: FunctionSettings;
  /** Where the stage has voice. */
  desk: Pick<CallDesk, 'prepare'> | undefined;
}

export class VerificationDispatcher implements DispatcherPort {
  readonly #deps: DispatcherDeps;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
  }

  async prepare(request: DispatchRequest): Promise<Dispatch | CallRefusal> {
    const { factor } = request;
    if (factor !== 'CALL') return this.#message(request);
    const isSpoken = this.#deps.settings.voiceConfirmation === 'SPOKEN_CODE';
    return isSpoken ? this.#spokenCode(request) : this.#call(request);
  }

  async #message(request: DispatchRequest): Promise<Dispatch> {
    const { binding, factor, language } = request;
    const { digits, issued } = await this.#issue(request);
    const { destination, purpose, accountId } = binding;
    const message = {
      factor,
      destination,
      purpose,
      language,
      digits,
      accountId,
    };
    const lifeMs = issued.expiresAt - issued.sentAt;
    return {
      open: {
        kind: 'CODE',
        factor,
        code: issued,
      },
      limits: sendLimits(request, this.#deps.settings),
      writes: [],
      deliver: () => this.#deps.delivery.send({ ...message, lifeMs }),
    };
  }

  async #call(request: DispatchRequest): Promise<Dispatch | CallRefusal> {
    const prepared = await this.#desk().prepare(request);
    if ('refused' in prepared) return prepared;
    const { open: call, writes, place } = prepared;
    return {
      open: {
        kind: 'CALL',
        factor: 'CALL',
        call,
      },
      limits: sendLimits(request, this.#deps.settings),
      writes,
      deliver: place,
    };
  }

  async #spokenCode(request: DispatchRequest): Promise<Dispatch | CallRefusal> {
    const { digits, issued } = await this.#issue(request);
    const prepared = await this.#desk().prepare({ ...request, spokenCode: digits });
    if ('refused' in prepared) return prepared;
    const { open: call, writes, place } = prepared;
    return {
      open: {
        kind: 'CODE',
        factor: 'CALL',
        code: issued,
        callId: call.callId,
      },
      limits: sendLimits(request, this.#deps.settings),
      writes,
      deliver: place,
    };
  }

  #issue({ binding, factor, now }: DispatchRequest) {
    const life = this.#deps.settings.codeLife;
    return issueCode(this.#deps.mac, { binding, factor, life, now });
  }

  #desk(): Pick<CallDesk, 'prepare'> {
    const { desk } = this.#deps;
    if (desk === undefined)
      throw new Error(
        'A call was requested, but this function places none: grant it voice in lib/.',
      );
    return desk;
  }
}

/** What one send counts against: its lane's budget, and the stage's breaker for its channel. */
export function sendLimits(
  { binding, factor, lane, source }: DispatchRequest,
  settings: FunctionSettings,
): Limit[] {
  const { destination, accountId: account } = binding;
  const proof = lane === 'SIGN_IN' ? 'AFTER_PASSWORD' : 'BEFORE_PASSWORD';
  const channel = factor === 'SMS' ? 'TEXT' : factor;
  const budget = `${lane}_${factor === 'EMAIL' ? 'EMAIL' : 'PHONE'}` as const;
  return [
    ...limitsOf(budget, definite({ destination, account, source }), settings),
    breakerOf(channel, proof, settings),
  ];
}
