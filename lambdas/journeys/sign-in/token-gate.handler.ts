/** Pre token generation V2: translates between Cognito and the token gate. */
import { once } from '../../ground/platform/once.ts';
import { extendLogContext, log } from '../../ground/platform/log.ts';
import { type TokenEvent, tokensWith } from '../../ground/platform/token-generation.ts';
import { RefusedByGate, trigger } from '../../ground/platform/trigger.ts';
import { attemptOf } from './attempt.rules.ts';
import { type Claims, decideTokens, type TokenSource } from './token-gate.ts';
import { wireGate } from './token-gate.wiring.ts';

const wired = once(wireGate);

// The client's id is asked for once the function is ready, while Lambda brings the first event,
// which waits for it. Where that fails, the event asks again.
const askAhead = async (): Promise<unknown> => wired().clientId();
setImmediate(() => void askAhead().catch(() => undefined));

/**
 * Any other way to tokens (hosted UI, forced password change, device authentication) is refused.
 */
const SOURCES: Record<string, TokenSource> = {
  TokenGeneration_Authentication: 'SIGN_IN',
  TokenGeneration_RefreshTokens: 'REFRESH',
};

/** Opens our API. */
const API_SCOPE = 'portal-auth/api';
export const handler = trigger<TokenEvent<Claims>>('TOKENS_DECIDED', log, async (event, note) => {
  const source = SOURCES[event.triggerSource];
  if (source === undefined) throw new RefusedByGate('FOREIGN_SOURCE');
  const accountId = event.request.userAttributes['custom:account_id'];
  extendLogContext({
    account: accountId,
    attemptId: attemptOf(event.request.clientMetadata),
  });
  note({ source });
  const { clientId } = event.callerContext;
  const decision = await decideTokens(wired(), { source, accountId, clientId });
  if ('refused' in decision) throw new RefusedByGate(decision.refused);
  const claims = decision.issued;
  note({ method: claims.login_method });
  event.response = tokensWith(claims, API_SCOPE);
  return event;
});
