/**
 * DefineAuthChallenge: translates Cognito's history for the state machine. It calls nothing and
 * keeps nothing.
 */
import type { Context, DefineAuthChallengeTriggerEvent } from 'aws-lambda';
import { beginTrail, log } from '../../ground/platform/log.ts';
import { attemptOf } from './attempt.rules.ts';
import { decide, readStamp } from './sign-in.rules.ts';

export function handler(
  event: DefineAuthChallengeTriggerEvent,
  context: Pick<Context, 'awsRequestId'>,
): Promise<DefineAuthChallengeTriggerEvent> {
  const { session = [], userAttributes, userNotFound, clientMetadata } = event.request;
  beginTrail({
    requestId: context.awsRequestId,
    flowId: readStamp(session.at(-1)?.challengeMetadata)?.flowId,
    account: userAttributes?.['custom:account_id'],
    attemptId: attemptOf(clientMetadata),
  });
  const decision = decide(session, userNotFound === true);
  event.response = {
    issueTokens: decision.next === 'TOKENS',
    failAuthentication: decision.next === 'FAIL',
    challengeName:
      decision.next === 'PASSWORD_VERIFIER' || decision.next === 'CUSTOM_CHALLENGE'
        ? decision.next
        : (null as unknown as string),
  };
  const why = decision.next === 'FAIL' ? decision.why : undefined;
  log('INFO', 'DEFINED', { next: decision.next, why, rounds: session.length });
  return Promise.resolve(event);
}
