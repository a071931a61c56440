/** Pre token generation V2: translates between Cognito and the token gate. */
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { once } from '../../ground/platform/once.ts';
import { extendTrail, log } from '../../ground/platform/log.ts';
import { RefusedByGate, trigger } from '../../ground/platform/trigger.ts';
import { attemptOf } from './attempt.rules.ts';
import { type Claims, decideTokens, type TokenSource } from './token-gate.ts';
import { wireGate } from './token-gate.wiring.ts';

const wired = once(wireGate);

// The client's id is read while the function initializes, so that no sign-in waits for it. Where
// that fails, the first event tries again.
await wired()
  .clientId()
  .catch(() => undefined);

/**
 * Any other way to tokens (hosted UI, forced password change, device authentication) is refused.
 */
const SOURCES: Record<string, TokenSource> = {
  TokenGeneration_Authentication: 'SIGN_IN',
  TokenGeneration_RefreshTokens: 'REFRESH',
};

/** Claims may be numbers too, which the types of the event do not have. */
interface TokenGeneration {
  claimsToAddOrOverride: Claims;
  scopesToAdd?: string[];
  scopesToSuppress?: string[];
}
type GateEvent = Omit<PreTokenGenerationV2TriggerEvent, 'response'> & {
  response: {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: TokenGeneration;
      accessTokenGeneration: TokenGeneration;
    };
  };
};

/** Opens our API. */
const API_SCOPE = 'portal-auth/api';
/** Would open Cognito's self-service operations to the access token. */
const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

export const handler = trigger<GateEvent>('TOKENS_DECIDED', log, async (event, note) => {
  const source = SOURCES[event.triggerSource];
  if (source === undefined) throw new RefusedByGate('FOREIGN_SOURCE');
  const accountId = event.request.userAttributes['custom:account_id'];
  extendTrail({ account: accountId, attemptId: attemptOf(event.request.clientMetadata) });
  note({ source });
  const { clientId } = event.callerContext;
  const decision = await decideTokens(wired(), { source, accountId, clientId });
  if ('refused' in decision) throw new RefusedByGate(decision.refused);
  const claims = decision.issued;
  note({ method: claims.login_method });
  event.response = {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: { claimsToAddOrOverride: claims },
      accessTokenGeneration: {
        claimsToAddOrOverride: claims,
        scopesToAdd: [API_SCOPE],
        scopesToSuppress: [SELF_SERVICE_SCOPE],
      },
    },
  };
  return event;
});
