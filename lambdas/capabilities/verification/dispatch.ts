/**
 * Dispatch of a verification: decides what is sent, what it counts against and what is written before it goes out.
 * Sign-in, registration and recovery commit `writes` and `limits` in one transaction with their own step, then deliver.
 */
import type { Factor } from '../../../contract/challenges.ts';
import type { CallDesk } from '../calls/call-desk.ts';
import type { CodeDelivery } from './code-delivery.ts';
import type { Write } from '../../ground/platform/dynamo.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { DAY_MS, type Limit, MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import { type CodeMac, issueCode } from './codes.ts';
import type { CodeBinding } from './codes.rules.ts';
import type { Verification } from './verification.rules.ts';

/** Sends before a proven password have a budget of their own: nobody spends a victim's sign-ins. */
export type Budget = 'BEFORE_PASSWORD' | 'AFTER_PASSWORD';

export interface DispatchRequest {
  binding: CodeBinding;
  factor: Factor;
  budget: Budget;
  epoch: number;
  now: number;
}

export interface Dispatch {
  open: Verification;
  limits: Limit[];
  writes: Write[];
  /** Sends, once. Throws DeliveryFailed. */
  deliver(): Promise<void>;
}

export interface Dispatcher {
  prepare(request: DispatchRequest): Promise<Dispatch>;
}

export class VerificationDispatcher implements Dispatcher {
  readonly #mac: CodeMac;
  readonly #delivery: CodeDelivery;
  readonly #settings: FunctionSettings;
  readonly #calls: CallDesk | undefined;

  constructor(mac: CodeMac, delivery: CodeDelivery, settings: FunctionSettings, calls?: CallDesk) {
    this.#mac = mac;
    this.#delivery = delivery;
    this.#settings = settings;
    this.#calls = calls;
  }

  async prepare(request: DispatchRequest): Promise<Dispatch> {
    const limits = sendLimits(request, this.#settings);
    if (request.factor === 'CALL' && this.#settings.voiceConfirmation === 'POUND') {
      const { open, writes, place } = await this.#desk().prepare(request);
      return { open: { kind: 'CALL', factor: 'CALL', call: open }, limits, writes, deliver: place };
    }
    const { binding, factor, now } = request;
    const { digits, issued } = await issueCode(
      this.#mac,
      binding,
      factor,
      this.#settings.codeLife,
      now,
    );
    const open: Verification = { kind: 'CODE', factor, code: issued };
    if (factor === 'CALL') {
      const {
        open: call,
        writes,
        place,
      } = await this.#desk().prepare({ ...request, spokenCode: digits });
      return { open: { ...open, callId: call.callId }, limits, writes, deliver: place };
    }
    const { destination, purpose } = binding;
    const lifeMs = issued.expiresAt - issued.sentAt;
    return {
      open,
      limits,
      writes: [],
      deliver: () => this.#delivery.send({ factor, destination, purpose, digits, lifeMs }),
    };
  }

  #desk(): CallDesk {
    if (this.#calls === undefined)
      throw new Error(
        'A call was asked for, but this function places none: grant it voice in lib/.',
      );
    return this.#calls;
  }
}

/** What one send counts against: its destination in 15 minutes and in a day, and the whole stage in a day. */
export function sendLimits(
  { binding, factor, budget }: DispatchRequest,
  { limits, stage }: FunctionSettings,
): Limit[] {
  const way = factor === 'EMAIL' ? 'EMAIL' : 'PHONE';
  const destination = `${budget}#${way}#${sha256(binding.destination)}`;
  const perQuarter =
    way === 'EMAIL' ? limits.emailSendsPerQuarterHour : limits.phoneSendsPerQuarterHour;
  return [
    { key: `SENDS#15M#${destination}`, max: perQuarter, windowMs: 15 * MINUTE_MS },
    {
      key: `SENDS#DAY#${destination}`,
      max: budget === 'AFTER_PASSWORD' ? limits.sendsPerDay : limits.unprovenSendsPerDay,
      windowMs: DAY_MS,
    },
    ...(factor === 'CALL'
      ? [{ key: `STAGE#${stage}#CALLS`, max: limits.dailyCallBreaker, windowMs: DAY_MS }]
      : []),
    ...(factor === 'SMS'
      ? [{ key: `STAGE#${stage}#TEXTS`, max: limits.dailyTextBreaker, windowMs: DAY_MS }]
      : []),
  ];
}
