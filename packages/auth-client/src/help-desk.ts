/** The help desk's routes, with an employee's access token. */
import { callWithToken, type CallWithToken, type HelpDeskRoute } from './call-with-token.ts';
import { definite } from './definite.ts';
import type { EmployeeSession } from './employee-session.ts';
import type { CallRoute } from './http-api.ts';
import type { PortalRole } from './wire.ts';

/** What a caller says of themselves: one of four. */
export type Sought = { username: string } | { email: string } | { phone: string } | { npi: string };

export function createHelpDesk(call: CallRoute, session: EmployeeSession) {
  const asEmployee = callWithToken<HelpDeskRoute>(call, session);
  return {
    /** @param cursor leads on through the users of an NPI */
    find: (sought: Sought, cursor?: string) =>
      asEmployee('findPeople', { query: { ...sought, ...definite({ cursor }) } }),
    ...personRoutes(asEmployee),
    approvals: () => asEmployee('listApprovals'),
    decide: (approvalId: string, decision: 'APPROVED' | 'DENIED') =>
      asEmployee('decideApproval', { parameters: { approvalId }, body: { decision } }),
    ...providerRoutes(asEmployee),
  };
}

/** What is known of a person, and the acts that help. Each act says why it is done. */
function personRoutes(asEmployee: CallWithToken<HelpDeskRoute>) {
  return {
    person: (username: string) => asEmployee('getPerson', { parameters: { username } }),
    explain: (username: string) => asEmployee('explainPerson', { parameters: { username } }),
    events: (username: string, cursor?: string) =>
      asEmployee('listPersonEvents', { parameters: { username }, query: definite({ cursor }) }),
    /**
     * Undefined where it is done; else what to wait for.
     * @param attempt the same for repeats of one request
     */
    reset: (username: string, reason: string, attempt: string) =>
      asEmployee('resetPerson', {
        parameters: { username },
        idempotencyKey: attempt,
        body: { reason },
      }),
    /** The person, or what to wait for. */
    setStatus: (username: string, status: 'DISABLED' | 'ENABLED', reason: string) =>
      asEmployee('setPersonStatus', { parameters: { username }, body: { status, reason } }),
    correctEmail: (username: string, email: string, reason: string) =>
      asEmployee('correctPersonEmail', { parameters: { username }, body: { email, reason } }),
    resendLink: (username: string, reason: string) =>
      asEmployee('resendPersonLink', { parameters: { username }, body: { reason } }),
    unlock: (username: string, reason: string) =>
      asEmployee('unlockPerson', { parameters: { username }, body: { reason } }),
  };
}

export interface CodesWanted {
  count: number;
  role: PortalRole;
  /** Needed for a provider that is new. */
  providerName?: string;
  reason: string;
}

function providerRoutes(asEmployee: CallWithToken<HelpDeskRoute>) {
  return {
    provider: (npi: string) => asEmployee('getProvider', { parameters: { npi } }),
    /** The only answer that has the codes. */
    issueCodes: (npi: string, wanted: CodesWanted) =>
      asEmployee('issueRegistrationCodes', { parameters: { npi }, body: wanted }),
    revokeCode: (npi: string, codeId: string, reason: string) =>
      asEmployee('revokeRegistrationCode', { parameters: { npi, codeId }, query: { reason } }),
  };
}
