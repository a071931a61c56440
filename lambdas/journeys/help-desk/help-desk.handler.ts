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
import { actorOf, type AtDesk } from './desk.ts';
import { employeeOf } from './employee.rules.ts';
import { wireHelpDesk } from './help-desk.wiring.ts';
import { explainPerson, listApprovals, seek, showEvents, showPerson } from './looks.ts';
import { issueCodes, npiIn, revokeCode, showProvider } from './registration-codes.ts';

const wired = once(wireHelpDesk);

async function asEmployee(
  { claims, source }: HttpRequest,
  answer: (at: AtDesk) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  const caller = employeeOf(claims, wired().clientId);
  return 'refused' in caller ? caller : answer({ ...caller.employee, ...source });
}

function withPerson(
  request: HttpRequest,
  answer: (at: AtDesk, person: Account) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asEmployee(request, async (at) => {
    const person = await findUser(wired(), actorOf(at), request.path.username ?? '');
    return 'refused' in person ? person : answer(at, person);
  });
}

function withProvider(
  request: HttpRequest,
  answer: (at: AtDesk, npi: string) => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asEmployee(request, async (at) => {
    const provider = npiIn(request.path.npi ?? '');
    return 'refused' in provider ? provider : answer(at, provider.npi);
  });
}

/** What waits for a second employee is accepted. */
function accepted(outcome: object | { approval: ApprovalNeeded }): HttpOutcome {
  return 'approval' in outcome ? { accepted: true, body: outcome.approval } : answered(outcome);
}

const isUsername = (key: string) => Username.safeParse(key).success;

export const handler = httpHandler('help-desk', () => wired().settings, {
  findPeople: (request) =>
    asEmployee(request, (at) =>
      pageAfter(request.query.cursor, isUsername, (after) =>
        seek(wired(), at, request.query, after),
      ),
    ),
  getPerson: (request) =>
    withPerson(request, async (at, person) => answered(await showPerson(wired(), at, person))),
  explainPerson: (request) =>
    withPerson(request, async (at, person) => answered(await explainPerson(wired(), at, person))),
  listPersonEvents: (request) =>
    withPerson(request, (at, person) =>
      pageAfter(request.query.cursor, isEventId, (after) => showEvents(wired(), at, person, after)),
    ),
  resetPerson: (request) =>
    withPerson(request, async (at, person) => {
      const { idempotencyKey, body } = request;
      const reset = { reason: body.reason, idempotencyKey };
      const outcome = await resetPerson(wired(), at, person, reset);
      return outcome === undefined ? {} : accepted(outcome);
    }),
  setPersonStatus: (request) =>
    withPerson(request, async (at, person) =>
      accepted(await setPersonStatus(wired(), at, person, request.body)),
    ),
  correctPersonEmail: (request) =>
    withPerson(request, async (at, person) =>
      answered(await correctPersonEmail(wired(), at, person, request.body)),
    ),
  resendPersonLink: (request) =>
    withPerson(
      request,
      async (at, person) => (await resendPersonLink(wired(), at, person, request.body)) ?? {},
    ),
  unlockPerson: (request) =>
    withPerson(
      request,
      async (at, person) => (await unlockPerson(wired(), at, person, request.body)) ?? {},
    ),
  listApprovals: (request) =>
    asEmployee(request, async (at) => ({ body: await listApprovals(wired(), at) })),
  decideApproval: (request) =>
    asEmployee(request, async (at) => {
      const { approvalId = '' } = request.path;
      return answered(await decide(wired(), at, approvalId, request.body.decision));
    }),
  getProvider: (request) =>
    withProvider(request, async (at, npi) => answered(await showProvider(wired(), at, npi))),
  issueRegistrationCodes: (request) =>
    withProvider(request, async (at, npi) =>
      answered(await issueCodes(wired(), at, npi, request.body)),
    ),
  revokeRegistrationCode: (request) =>
    withProvider(request, async (at, npi) => {
      const { codeId = '' } = request.path;
      return (await revokeCode(wired(), at, { npi, codeId }, request.query)) ?? {};
    }),
});
