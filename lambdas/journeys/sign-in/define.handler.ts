/**
 * DefineAuthChallenge: translates Cognito's history for the state machine. It calls nothing and
 * keeps nothing.
 */
import type { Context, DefineAuthChallengeTriggerEvent } from 'aws-lambda';
import { beginLogContext, errorFields, extendLogContext, log } from '../../ground/platform/log.ts';
import { TryAgain } from '../../ground/platform/try-again.ts';
import { attemptOf } from './attempt.rules.ts';
import { decide, type Decision, readStamp } from './sign-in.rules.ts';

export function handler(
  event: DefineAuthChallengeTriggerEvent,
  context: Pick<Context, 'awsRequestId'>,
): Promise<DefineAuthChallengeTriggerEvent> {
  beginLogContext({ requestId: context.awsRequestId });
  try {
    return Promise.resolve({ ...event, response: responseTo(decisionOn(event)) });
  } catch (error) {
    log('ERROR', 'DEFINED_FAILED', errorFields(error));
    return Promise.reject(new TryAgain(error));
  }
}

function decisionOn({ request }: DefineAuthChallengeTriggerEvent): Decision {
  const { session = [], userAttributes, userNotFound, clientMetadata } = request;
  extendLogContext({
    flowId: readStamp(session.at(-1)?.challengeMetadata)?.flowId,
    account: userAttributes?.['custom:account_id'],
    attemptId: attemptOf(clientMetadata),
  });
  const decision = decide(session, userNotFound === true);
  const why = decision.next === 'FAIL' ? decision.why : undefined;
  log('INFO', 'DEFINED', { next: decision.next, why, rounds: session.length });
  return decision;
}

function responseTo({ next }: Decision): DefineAuthChallengeTriggerEvent['response'] {
  return {
    issueTokens: next === 'TOKENS',
    failAuthentication: next === 'FAIL',
    challengeName:
      next === 'PASSWORD_VERIFIER' || next === 'CUSTOM_CHALLENGE'
        ? next
        : (null as unknown as string),
  };
}
