/**
 * Pre token generation V2 of the employees' pool: translates between Cognito and its token gate.
 */
import { log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { type TokenEvent, tokensWith } from '../../ground/platform/token-generation.ts';
import { RefusedByGate, trigger } from '../../ground/platform/trigger.ts';
import { employeeClaims, type EmployeeClaims } from './workforce-gate.rules.ts';
import { wireWorkforceGate } from './workforce-gate.wiring.ts';

const wired = once(wireWorkforceGate);

/** Opens the help desk's routes, where the group decides. */
const HELP_DESK_SCOPE = 'portal-auth/help-desk';
export const handler = trigger<TokenEvent<EmployeeClaims>>(
  'EMPLOYEE_TOKENS_DECIDED',
  log,
  async (event, note) => {
    const { admission, clientId } = wired();
    const { triggerSource: source, callerContext, request } = event;
    note({ source });
    const decision = employeeClaims(
      {
        source,
        clientId: callerContext.clientId,
        attributes: request.userAttributes,
      },
      { ...admission, clientId: await clientId() },
    );
    if ('refused' in decision) throw new RefusedByGate(decision.refused);
    const claims = decision.issued;
    note({ helpDesk: claims.help_desk });
    event.response = tokensWith(claims, HELP_DESK_SCOPE);
    return event;
  },
);
