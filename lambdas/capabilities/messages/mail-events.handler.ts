/** Bounces and complaints, as SES publishes them by EventBridge. */
import type { EventBridgeEvent } from 'aws-lambda';
import { errorFields, log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { recordBounce } from './bounces.ts';
import { type MailEvent, reportedAddress } from './bounces.rules.ts';
import { wireBounces } from './bounces.wiring.ts';

const wired = once(wireBounces);

export async function handler({ detail }: EventBridgeEvent<string, MailEvent>): Promise<void> {
  try {
    const reported = reportedAddress(detail);
    const result = reported === undefined ? 'IGNORED' : await recordBounce(wired(), reported);
    log('WARN', 'EMAIL_BOUNCED', {
      outcome: reported?.outcome,
      account: reported?.accountId,
      result,
    });
  } catch (error) {
    log('ERROR', 'MAIL_EVENT_FAILED', errorFields(error));
    throw error;
  }
}
