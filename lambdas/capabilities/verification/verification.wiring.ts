/** What sends and checks codes and places calls, where a function does. */
import type { Database } from '../../ground/platform/database.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { Needs } from '../../ground/platform/needs.ts';
import { callDesk } from '../calls/calls.wiring.ts';
import { emailSender, textSender } from '../messages/messages.wiring.ts';
import { CodeDelivery } from './code-delivery.ts';
import { KmsCodeMac } from './code-mac.client.ts';
import { VerificationDispatcher } from './dispatch.ts';

export function codeMac(): KmsCodeMac {
  return new KmsCodeMac(readEnvironment({ codeKeyId: ENVIRONMENT.codeKeyId }).codeKeyId);
}

/** The channels that a function sends codes by, as it states them in its needs. */
export type Channels = Pick<Needs, 'email' | 'text'>;

export function codeDelivery(settings: FunctionSettings, channels: Channels): CodeDelivery {
  const { portalName: name, portalOrigins } = settings;
  const host = new URL(portalOrigins[0] ?? '').host;
  return new CodeDelivery({
    portal: { name, host },
    email: channels.email ? emailSender(settings) : undefined,
    text: channels.text ? textSender(settings) : undefined,
  });
}

export function verificationOf(database: Database, settings: FunctionSettings, channels: Channels) {
  const { challengesTable } = readEnvironment({ challengesTable: ENVIRONMENT.challengesTable });
  const desk = callDesk(database, challengesTable, settings);
  const mac = codeMac();
  const delivery = codeDelivery(settings, channels);
  return {
    mac,
    desk,
    dispatcher: new VerificationDispatcher({ mac, delivery, settings, desk }),
  };
}
