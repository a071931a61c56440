import type { Clock } from '../clock.ts';
import type { FlowStep, StepResult } from './interpreter.ts';

/** A call as `GET /_local/calls` shows it. */
export interface CallRecord {
  contactId: string;
  to: string;
  /** When it was placed: ISO 8601, on the emulated clock. */
  at: string;
  state: 'RINGING' | 'ANSWERED' | 'ENDED';
  /** The Polly voice that speaks, once the flow has chosen it. */
  voice?: string;
  /** What the callee heard, oldest first. */
  said: string[];
  /** What the callee pressed. */
  keys: string[];
}

export type ContactEventType = 'INITIATED' | 'CONNECTED_TO_SYSTEM' | 'DISCONNECTED';

/** What a call uses. */
export interface CallInputs {
  record: CallRecord;
  clock: Clock;
  /** The flow, which starts when the callee answers. */
  flow: Generator<FlowStep, void, StepResult>;
  /** Invokes a function of the flow; `undefined` if it failed. */
  invoke: (
    step: Extract<FlowStep, { kind: 'invoke' }>,
  ) => Promise<Record<string, string> | undefined>;
  /** Called after every change of the record. */
  changed: () => void;
  /** Called for everything that Connect publishes. */
  happened: (type: ContactEventType) => void;
  reportFailure: (error: unknown) => void;
}

/** Digits that the flow waits for. */
interface Collecting {
  digits: string;
  most: number;
  end: string;
  seconds: number;
}

const RING_MS = 60_000;

/**
 * One call: it rings, is answered, runs the flow and ends.
 * Prompts take no time; rings and silences take time of the emulated clock.
 */
export class Call {
  readonly #inputs: CallInputs;
  #cancelTimer: () => void = () => undefined;
  /** True while the flow waits for a key. */
  #listening = false;
  /** What the flow collects, while it waits for digits. */
  #collecting: Collecting | undefined;
  /** What follows the last key, the answer or a silence. */
  #following: Promise<void> = Promise.resolve();

  constructor(inputs: CallInputs) {
    this.#inputs = inputs;
    inputs.happened('INITIATED');
    this.#cancelTimer = inputs.clock.when(inputs.clock.now() + RING_MS, () => this.hangUp());
  }

  get record(): CallRecord {
    return this.#inputs.record;
  }

  /** Settles once what the flow says first was said. */
  async answer(): Promise<void> {
    const { record, clock, happened } = this.#inputs;
    if (record.state !== 'RINGING') return await this.#following;
    this.#cancelTimer();
    record.state = 'ANSWERED';
    happened('CONNECTED_TO_SYSTEM');
    this.#follow(undefined, clock.now());
    await this.#following;
  }

  /** Settles once what follows the keys was said. Keys after the end have no effect. */
  async press(keys: string): Promise<void> {
    const { record, clock } = this.#inputs;
    for (const key of keys) {
      await this.#following;
      if (this.#hasEnded()) break;
      record.keys.push(key);
      if (this.#collecting !== undefined) this.#collect(this.#collecting, key, clock.now());
      else if (this.#listening) this.#follow(key, clock.now());
    }
    await this.#following;
  }

  /** Ends the call, for the callee or for Connect. A function that is running goes on. */
  hangUp(): void {
    const { record, happened, changed } = this.#inputs;
    if (record.state === 'ENDED') return;
    this.#cancelTimer();
    this.#listening = false;
    record.state = 'ENDED';
    happened('DISCONNECTED');
    changed();
  }

  #hasEnded(): boolean {
    return this.#inputs.record.state === 'ENDED';
  }

  #follow(result: StepResult, at: number): void {
    this.#cancelTimer();
    this.#listening = false;
    this.#collecting = undefined;
    this.#following = this.#run(result, at).catch((error: unknown) => {
      this.#inputs.reportFailure(error);
      this.hangUp();
    });
  }

  /** @param at when the last thing happened: a silence begins there, wherever the clock is now */
  async #run(result: StepResult, at: number): Promise<void> {
    const { record, flow, invoke, changed } = this.#inputs;
    for (let step = flow.next(result); !this.#hasEnded();) {
      if (step.done) return this.hangUp();
      if (step.value.kind === 'invoke') {
        const reply = await invoke(step.value);
        if (this.#hasEnded()) return;
        step = flow.next(reply);
        continue;
      }
      if (step.value.kind === 'voice') {
        record.voice = step.value.voice;
        step = flow.next(undefined);
        continue;
      }
      record.said.push(step.value.text);
      changed();
      if (step.value.kind === 'listen') return this.#listen(at + step.value.seconds * 1000);
      if (step.value.kind === 'collect') {
        this.#collecting = { digits: '', ...step.value };
        return this.#listen(at + step.value.seconds * 1000);
      }
      step = flow.next(undefined);
    }
  }

  #listen(until: number): void {
    this.#listening = true;
    this.#cancelTimer = this.#inputs.clock.when(until, () =>
      this.#follow(this.#collecting?.digits || undefined, until),
    );
  }

  /** Digits are stored until the key that ends them, or until a silence; further ones are lost. */
  #collect(collecting: Collecting, key: string, at: number): void {
    if (key === collecting.end) return this.#follow(collecting.digits || undefined, at);
    if (collecting.digits.length < collecting.most) collecting.digits += key;
    this.#cancelTimer();
    this.#listen(at + collecting.seconds * 1000);
  }
}
