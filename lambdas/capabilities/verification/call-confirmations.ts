/** What a flow asks about a call: was it confirmed, for this flow, in time? */
import type { Write } from '../../ground/platform/dynamo.ts';
import { type Call, passes } from '../calls/call.rules.ts';

export interface FlowOfCall {
  flowId: string;
  accountId: string;
  epoch: number;
}

interface ConfirmedCalls {
  get(callId: string): Promise<Call | undefined>;
  use(call: Call, now: number): Write;
}

export class CallConfirmations {
  readonly #calls: ConfirmedCalls;

  constructor(calls: ConfirmedCalls) {
    this.#calls = calls;
  }

  /** The write that uses the confirmation up, or undefined if there is none to use. */
  async use(callId: string, flow: FlowOfCall, now: number): Promise<Write | undefined> {
    const call = await this.#calls.get(callId);
    return call !== undefined && passes(call, flow, now) ? this.#calls.use(call, now) : undefined;
  }
}
