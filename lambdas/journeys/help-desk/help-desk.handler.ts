/**
 * The help desk's routes: parse, use case, response. Whether the caller is an employee of the help
 * desk, the token of the employees' pool says.
 */
import { Username } from '../../../contract/accounts.ts';
import type { ApprovalNeeded } from '../../../contract/help-desk.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { findUser } from '../../capabilities/management/users.ts';
import { isEventId } from '../../ground/audit/audit.rules.ts';
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
  type RouteHandlers,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { pageAfter } from '../../ground/platform/http-page.ts';
import {
  correctPersonEmail,
  decide,
  resendPersonLink,
  resetPerson,
  setPersonStatus,
  unlockPerson,
} from './acts.ts';
import { actorOf, type DeskCaller, type DeskDeps } from './desk.ts';
import { employeeOf } from './employee.rules.ts';
import { wireHelpDesk } from './help-desk.wiring.ts';
import { explainPerson, listApprovals, seek, showEvents, showPerson } from './looks.ts';
import { issueCodes, npiIn, revokeCode, showProvider } from './registration-codes.ts';

async function asEmployee(
  deps: DeskDeps,
  { claims, source }: HttpRequest,
  answer: (caller: DeskCaller) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  const read = employeeOf(claims, deps.clientId);
  return 'refused' in read ? read : answer({ ...read.employee, ...source });
}

function withPerson(
  deps: DeskDeps,
  request: HttpRequest,
  answer: (caller: DeskCaller, person: Account) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asEmployee(deps, request, async (caller) => {
    const person = await findUser(deps, actorOf(caller), request.path.username ?? '');
    return 'refused' in person ? person : answer(caller, person);
  });
}

function withProvider(
  deps: DeskDeps,
  request: HttpRequest,
  answer: (caller: DeskCaller, npi: string) => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asEmployee(deps, request, async (caller) => {
    const provider = npiIn(request.path.npi ?? '');
    return 'refused' in provider ? provider : answer(caller, provider.npi);
  });
}

/** What waits for a second employee is accepted. */
function accepted(outcome: object | { approval: ApprovalNeeded }): HttpOutcome {
  return 'approval' in outcome ? { accepted: true, body: outcome.approval } : answered(outcome);
}

const isUsername = (key: string) => Username.safeParse(key).success;

export const routes: RouteHandlers<'help-desk', DeskDeps> = {
  findPeople: (request, deps) =>
    asEmployee(deps, request, (caller) =>
      pageAfter(request.query.cursor, isUsername, (after) =>
        seek(deps, caller, request.query, after),
      ),
    ),
  getPerson: (request, deps) =>
    withPerson(deps, request, async (caller, person) =>
      answered(await showPerson(deps, caller, person)),
    ),
  explainPerson: (request, deps) =>
    withPerson(deps, request, async (caller, person) =>
      answered(await explainPerson(deps, caller, person)),
    ),
  listPersonEvents: (request, deps) =>
    withPerson(deps, request, (caller, person) =>
      pageAfter(request.query.cursor, isEventId, (after) =>
        showEvents(deps, caller, person, after),
      ),
    ),
  resetPerson: (request, deps) =>
    withPerson(deps, request, async (caller, person) => {
      const { idempotencyKey, body } = request;
      const reset = { reason: body.reason, idempotencyKey };
      const outcome = await resetPerson(deps, caller, person, reset);
      return outcome === undefined ? {} : accepted(outcome);
    }),
  setPersonStatus: (request, deps) =>
    withPerson(deps, request, async (caller, person) =>
      accepted(await setPersonStatus(deps, caller, person, request.body)),
    ),
  correctPersonEmail: (request, deps) =>
    withPerson(deps, request, async (caller, person) =>
      answered(await correctPersonEmail(deps, caller, person, request.body)),
    ),
  resendPersonLink: (request, deps) =>
    withPerson(
      deps,
      request,
      async (caller, person) => (await resendPersonLink(deps, caller, person, request.body)) ?? {},
    ),
  unlockPerson: (request, deps) =>
    withPerson(
      deps,
      request,
      async (caller, person) => (await unlockPerson(deps, caller, person, request.body)) ?? {},
    ),
  listApprovals: (request, deps) =>
    asEmployee(deps, request, async (caller) => ({ body: await listApprovals(deps, caller) })),
  decideApproval: (request, deps) =>
    asEmployee(deps, request, async (caller) => {
      const { approvalId = '' } = request.path;
      return answered(await decide(deps, caller, approvalId, request.body.decision));
    }),
  getProvider: (request, deps) =>
    withProvider(deps, request, async (caller, npi) =>
      answered(await showProvider(deps, caller, npi)),
    ),
  issueRegistrationCodes: (request, deps) =>
    withProvider(deps, request, async (caller, npi) =>
      answered(await issueCodes(deps, caller, npi, request.body)),
    ),
  revokeRegistrationCode: (request, deps) =>
    withProvider(deps, request, async (caller, npi) => {
      const { codeId = '' } = request.path;
      return (await revokeCode(deps, caller, { npi, codeId }, request.query)) ?? {};
    }),
};

export const handler = httpHandler('help-desk', once(wireHelpDesk), routes);
