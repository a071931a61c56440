/**
 * DefineAuthChallenge: translates Cognito's history for the state machine. It calls nothing and
 * keeps nothing.
 */
import type { DefineAuthChallengeTriggerEvent } from 'aws-lambda';
import { log } from '../../ground/platform/log.ts';
import { decide } from './sign-in.rules.ts';

export function handler(
  event: DefineAuthChallengeTriggerEvent,
): Promise<DefineAuthChallengeTriggerEvent> {
  const decision = decide(event.request.session ?? [], event.request.userNotFound === true);
  event.response = {
    issueTokens: decision.next === 'TOKENS',
    failAuthentication: decision.next === 'FAIL',
    challengeName:
      decision.next === 'PASSWORD_VERIFIER' || decision.next === 'CUSTOM_CHALLENGE'
        ? decision.next
        : (null as unknown as string),
  };
  const why = decision.next === 'FAIL' ? decision.why : undefined;
  const rounds = event.request.session?.length ?? 0;
  log('INFO', 'DEFINED', { next: decision.next, why, rounds });
  return Promise.resolve(event);
}
