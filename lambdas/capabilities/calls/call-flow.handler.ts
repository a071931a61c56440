/**
 * The function that the contact flow invokes. It returns a flat object of strings (administrator
 * guide, "Invoke AWS Lambda functions").
 */
import type { ConnectContactFlowEvent } from 'aws-lambda';
import { definite } from '../../ground/platform/definite.rules.ts';
import { errorFields, log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { wireCallee } from './callee.wiring.ts';
import { handleCallee } from './callee.ts';

const wired = once(wireCallee);

export async function handler(event: ConnectContactFlowEvent): Promise<{ result: string }> {
  const { ContactData, Parameters } = event.Details;
  const { outcome = '', digits } = Parameters as Record<string, string | undefined>;
  try {
    const result = await handleCallee(wired(), outcome, {
      contactId: ContactData.ContactId,
      challengeId: ContactData.Attributes.challengeId ?? '',
      phone: ContactData.CustomerEndpoint?.Address ?? '',
      ...definite({ digits }),
    });
    log('INFO', 'CALLEE_HANDLED', { outcome, result });
    return { result };
  } catch (error) {
    log('ERROR', 'CALLEE_FAILED', { outcome, ...errorFields(error) });
    throw error;
  }
}
