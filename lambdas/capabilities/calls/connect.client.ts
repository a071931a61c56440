/**
 * Amazon Connect: starting and stopping verification calls. One attempt, at most two seconds (API
 * reference, "StartOutboundVoiceContact").
 */
import { SEND_CALL } from '../../ground/platform/aws-clients.ts';
import { once } from '../../ground/platform/once.ts';
import type { OutboundCall } from './call.rules.ts';
import { DeliveryFailed } from '../messages/delivery-failed.rules.ts';

/** A new call waits for the end of the one before it: both together have to fit into a trigger. */
const STOP_MS = 1_000;

export interface PhoneLine {
  instanceArn: string;
  contactFlowId: string;
  sourcePhoneNumber: string;
}

export class ConnectTelephony {
  readonly #line: PhoneLine;
  readonly #instanceId: string;
  readonly #connect = once(async () => {
    const { ConnectClient, StartOutboundVoiceContactCommand, StopContactCommand } =
      await import('../../ground/platform/sdk/connect.ts');
    return {
      client: new ConnectClient(SEND_CALL),
      StartOutboundVoiceContactCommand,
      StopContactCommand,
    };
  });

  constructor(line: PhoneLine) {
    this.#line = line;
    this.#instanceId = line.instanceArn.split('/').at(-1) ?? '';
  }

  /** Returns Connect's contact id. Throws DeliveryFailed. */
  async start({ phone, clientToken, attributes }: OutboundCall): Promise<string> {
    try {
      const { client, StartOutboundVoiceContactCommand } = await this.#connect();
      const { ContactId } = await client.send(
        new StartOutboundVoiceContactCommand({
          InstanceId: this.#instanceId,
          ContactFlowId: this.#line.contactFlowId,
          SourcePhoneNumber: this.#line.sourcePhoneNumber,
          DestinationPhoneNumber: phone,
          ClientToken: clientToken,
          Attributes: attributes,
        }),
      );
      if (ContactId === undefined) throw new Error('Connect answered without a contact.');
      return ContactId;
    } catch (error) {
      throw new DeliveryFailed('Connect did not place the call.', { cause: error });
    }
  }

  /** Hangs up, within a second; a contact that has ended already is fine. Throws DeliveryFailed. */
  async stop(contactId: string): Promise<void> {
    const { client, StopContactCommand } = await this.#connect();
    try {
      await client.send(
        new StopContactCommand({ InstanceId: this.#instanceId, ContactId: contactId }),
        { abortSignal: AbortSignal.timeout(STOP_MS) },
      );
    } catch (error) {
      const gone = [
        'ContactNotFoundException',
        'ResourceNotFoundException',
        'InvalidRequestException',
      ];
      if (!gone.includes((error as Error).name))
        throw new DeliveryFailed('Connect did not hang up.', { cause: error });
    }
  }
}
