import type { OutboundCall } from '../../lambdas/capabilities/calls/call.rules.ts';
import type { TelephonyPort } from '../../lambdas/capabilities/calls/calls.port.ts';
import { DeliveryFailed } from '../../lambdas/capabilities/messages/delivery-failed.rules.ts';
import { Faulty } from './faulty.ts';

/** A line that keeps the calls it places; a contact is `contact-1`, `contact-2` and so on. */
export class TestTelephony extends Faulty<'start' | 'stop'> implements TelephonyPort {
  readonly started: OutboundCall[] = [];
  readonly stopped: string[] = [];

  protected override outage(): Error {
    return new DeliveryFailed('Connect was made to fail.');
  }

  async start(call: OutboundCall): Promise<string> {
    return this.run('start', () => {
      if (this.started.some(({ clientToken }) => clientToken === call.clientToken))
        throw new Error('Connect places one call for a client token.');
      return `contact-${this.started.push(call)}`;
    });
  }

  async stop(contactId: string): Promise<void> {
    await this.run('stop', () => this.stopped.push(contactId));
  }

  lastSpeech(): string {
    return this.started.at(-1)?.attributes.promptText ?? '';
  }
}
