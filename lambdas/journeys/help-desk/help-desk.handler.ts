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
import { actorOf, type DeskCaller } from './desk.ts';
import { employeeOf } from './employee.rules.ts';
import { wireHelpDesk } from './help-desk.wiring.ts';
import { explainPerson, listApprovals, seek, showEvents, showPerson } from './looks.ts';
import { issueCodes, npiIn, revokeCode, showProvider } from './registration-codes.ts';

const wired = once(wireHelpDesk);

async function asEmployee(
  { claims, source }: HttpRequest,
  answer: (caller: DeskCaller) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  const read = employeeOf(claims, wired().clientId);
  return 'refused' in read ? read : answer({ ...read.employee, ...source });
}

function withPerson(
  request: HttpRequest,
  answer: (caller: DeskCaller, person: Account) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asEmployee(request, async (caller) => {
    const person = await findUser(wired(), actorOf(caller), request.path.username ?? '');
    return 'refused' in person ? person : answer(caller, person);
  });
}

function withProvider(
  request: HttpRequest,
  answer: (caller: DeskCaller, npi: string) => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asEmployee(request, async (caller) => {
    const provider = npiIn(request.path.npi ?? '');
    return 'refused' in provider ? provider : answer(caller, provider.npi);
  });
}

/** What waits for a second employee is accepted. */
function accepted(outcome: object | { approval: ApprovalNeeded }): HttpOutcome {
  return 'approval' in outcome ? { accepted: true, body: outcome.approval } : answered(outcome);
}

const isUsername = (key: string) => Username.safeParse(key).success;

export const handler = httpHandler('help-desk', () => wired().settings, {
  findPeople: (request) =>
    asEmployee(request, (caller) =>
      pageAfter(request.query.cursor, isUsername, (after) =>
        seek(wired(), caller, request.query, after),
      ),
    ),
  getPerson: (request) =>
    withPerson(request, async (caller, person) =>
      answered(await showPerson(wired(), caller, person)),
    ),
  explainPerson: (request) =>
    withPerson(request, async (caller, person) =>
      answered(await explainPerson(wired(), caller, person)),
    ),
  listPersonEvents: (request) =>
    withPerson(request, (caller, person) =>
      pageAfter(request.query.cursor, isEventId, (after) =>
        showEvents(wired(), caller, person, after),
      ),
    ),
  resetPerson: (request) =>
    withPerson(request, async (caller, person) => {
      const { idempotencyKey, body } = request;
      const reset = { reason: body.reason, idempotencyKey };
      const outcome = await resetPerson(wired(), caller, person, reset);
      return outcome === undefined ? {} : accepted(outcome);
    }),
  setPersonStatus: (request) =>
    withPerson(request, async (caller, person) =>
      accepted(await setPersonStatus(wired(), caller, person, request.body)),
    ),
  correctPersonEmail: (request) =>
    withPerson(request, async (caller, person) =>
      answered(await correctPersonEmail(wired(), caller, person, request.body)),
    ),
  resendPersonLink: (request) =>
    withPerson(
      request,
      async (caller, person) =>
        (await resendPersonLink(wired(), caller, person, request.body)) ?? {},
    ),
  unlockPerson: (request) =>
    withPerson(
      request,
      async (caller, person) => (await unlockPerson(wired(), caller, person, request.body)) ?? {},
    ),
  listApprovals: (request) =>
    asEmployee(request, async (caller) => ({ body: await listApprovals(wired(), caller) })),
  decideApproval: (request) =>
    asEmployee(request, async (caller) => {
      const { approvalId = '' } = request.path;
      return answered(await decide(wired(), caller, approvalId, request.body.decision));
    }),
  getProvider: (request) =>
    withProvider(request, async (caller, npi) =>
      answered(await showProvider(wired(), caller, npi)),
    ),
  issueRegistrationCodes: (request) =>
    withProvider(request, async (caller, npi) =>
      answered(await issueCodes(wired(), caller, npi, request.body)),
    ),
  revokeRegistrationCode: (request) =>
    withProvider(request, async (caller, npi) => {
      const { codeId = '' } = request.path;
      return (await revokeCode(wired(), caller, { npi, codeId }, request.query)) ?? {};
    }),
});
