/** Pre token generation V2 of the employees' pool: translates between Cognito and its token gate. */
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { RefusedByGate, trigger } from '../../ground/platform/trigger.ts';
import { employeeClaims, type EmployeeClaims } from './workforce-gate.rules.ts';
import { wireWorkforceGate } from './workforce-gate.wiring.ts';

const wired = once(wireWorkforceGate);

/** Claims may be booleans too, which the types of the event do not have. */
interface TokenGeneration {
  claimsToAddOrOverride: EmployeeClaims;
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

/** Opens the help desk's routes, where the group decides. */
const HELP_DESK_SCOPE = 'portal-auth/help-desk';
/** Would open Cognito's self-service operations to the access token. */
const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

export const handler = trigger<GateEvent>('EMPLOYEE_TOKENS_DECIDED', log, async (event, note) => {
  const { admission, clientId } = wired();
  const { triggerSource: source, callerContext, request } = event;
  note({ source });
  const decision = employeeClaims(
    { source, clientId: callerContext.clientId, attributes: request.userAttributes },
    { ...admission, clientId: await clientId() },
  );
  if ('refused' in decision) throw new RefusedByGate(decision.refused);
  const claims = decision.issued;
  note({ helpDesk: claims.help_desk });
  event.response = {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: { claimsToAddOrOverride: claims },
      accessTokenGeneration: {
        claimsToAddOrOverride: claims,
        scopesToAdd: [HELP_DESK_SCOPE],
        scopesToSuppress: [SELF_SERVICE_SCOPE],
      },
    },
  };
  return event;
});
