/** A person whose phone rings. */
import { eventually, type Machine } from './machine.ts';

export interface HeardCall {
  contactId: string;
  to: string;
  state: 'RINGING' | 'ANSWERED' | 'ENDED';
  /** The Polly voice that speaks. */
  voice?: string;
  said: string[];
  keys: string[];
}

export class Callee {
  readonly machine: Machine;
  readonly phone: string;

  constructor(machine: Machine, phone: string) {
    this.machine = machine;
    this.phone = phone;
  }

  /** The calls, newest first. */
  async calls(): Promise<HeardCall[]> {
    return (await this.machine.local(
      'GET',
      `calls?to=${encodeURIComponent(this.phone)}`,
    )) as HeardCall[];
  }

  async newest(): Promise<HeardCall> {
    return eventually(async () => (await this.calls())[0], `a call to ${this.phone}`);
  }

  /** Acts on the newest call, or on the given one. */
  async #move(
    move: string,
    body?: object,
    contactId?: string,
  ): Promise<HeardCall & { status: number }> {
    const id = contactId ?? (await this.newest()).contactId;
    const response = await fetch(`${this.machine.stack.endpoint}/_local/calls/${id}/${move}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, ...((await response.json()) as HeardCall) };
  }

  answer = (contactId?: string) => this.#move('answer', undefined, contactId);
  press = (keys: string, contactId?: string) => this.#move('keys', { keys }, contactId);
  hangUp = (contactId?: string) => this.#move('hang-up', undefined, contactId);

  /** Waits until the newest call has ended by itself. */
  async ended(): Promise<HeardCall> {
    return eventually(
      async () => (await this.calls()).find(({ state }, index) => index === 0 && state === 'ENDED'),
      'the end of the call',
    );
  }

  /** The status of a call that the page polls. */
  async status(callId = ''): Promise<string> {
    return (await this.machine.api('GET', `/calls/${callId}`)).body.status;
  }

  /** Waits until the polled status is this one. */
  async becomes(callId: string | undefined, status: string): Promise<string> {
    return eventually(
      async () => ((await this.status(callId)) === status ? status : undefined),
      `status ${status} of call ${callId ?? '(none)'}`,
    );
  }
}
