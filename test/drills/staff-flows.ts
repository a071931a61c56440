/** What administrators of a provider and employees at the help desk do. */
import { Employee, HANA, HUGO } from '../journeys/clients/employee.ts';
import { ADA, ERIN, LEE } from '../journeys/clients/machine.ts';
import { CEDAR } from '../journeys/clients/registrant.ts';
import type { Course, Flow, Step } from './flow.ts';
import { asks, prepared, signedIn } from './steps.ts';

const erin = { at: { username: ERIN.username } };
const imported = { at: { username: 'jrivera' } };
const CORRECTED = 'jo.rivera@cedargrove.example';

const administration: Flow = {
  name: 'administration',
  steps: [
    signedIn(ADA.email, 'SMS', ADA.phone),
    asks('list', 'listUsers', { query: { search: 'e' } }),
    asks('look', 'getUser', erin),
    asks('events', 'listUserEvents', erin),
    asks('correct address', 'correctUserEmail', { ...imported, body: { email: CORRECTED } }),
    asks('disable', 'setUserStatus', { ...erin, body: { status: 'DISABLED' } }),
    asks('enable', 'setUserStatus', { ...erin, body: { status: 'ENABLED' } }),
    asks('reset', 'resetRegistration', { ...erin, body: {} }),
  ],
};

const WHY = { reason: 'asked by phone' };

async function signInAt({ machine, kept }: Course, who: string): Promise<void> {
  kept.accessToken = (await new Employee(machine).signIn(who)).access_token;
}

const employee = (who: string): Step => prepared('sign in', (course) => signInAt(course, who));

const people: Flow = {
  name: 'help desk',
  steps: [
    employee(HANA),
    asks('find', 'findPeople', { query: { email: ERIN.email } }),
    asks('look', 'getPerson', erin),
    asks('events', 'listPersonEvents', erin),
    asks('explain', 'explainPerson', erin),
    asks('unlock', 'unlockPerson', { ...erin, body: WHY }),
    asks('disable', 'setPersonStatus', { ...erin, body: { status: 'DISABLED', ...WHY } }),
    asks('enable', 'setPersonStatus', { ...erin, body: { status: 'ENABLED', ...WHY } }),
    asks('reset', 'resetPerson', { ...erin, body: WHY }),
  ],
};

const links: Flow = {
  name: 'help desk, for somebody who has not registered',
  steps: [
    employee(HANA),
    asks('correct address', 'correctPersonEmail', {
      ...imported,
      body: { email: CORRECTED, ...WHY },
    }),
    asks('mail link', 'resendPersonLink', {
      ...imported,
      body: WHY,
      before: ({ machine }) => machine.advance(61),
    }),
  ],
};

const npi = { npi: CEDAR.npi };

const registrationCodes: Flow = {
  name: 'help desk, registration codes',
  steps: [
    employee(HANA),
    asks('provider', 'getProvider', { at: npi }),
    asks('issue', 'issueRegistrationCodes', {
      at: npi,
      body: { count: 1, role: 'STANDARD', ...WHY },
      keeps: ({ codes }) => ({ codeId: (codes as { codeId: string }[])[0]?.codeId ?? '' }),
    }),
    asks('revoke', 'revokeRegistrationCode', {
      at: ({ codeId = '' }) => ({ ...npi, codeId }),
      query: WHY,
    }),
  ],
};

const approval: Flow = {
  name: 'help desk, two employees',
  steps: [
    employee(HANA),
    asks('request', 'setPersonStatus', {
      at: { username: LEE.username },
      body: { status: 'DISABLED', ...WHY },
      keeps: ({ approvalId }) => ({ approvalId: String(approvalId) }),
    }),
    asks('approvals', 'listApprovals', { before: (course) => signInAt(course, HUGO) }),
    asks('approve', 'decideApproval', {
      at: ({ approvalId = '' }) => ({ approvalId }),
      body: { decision: 'APPROVED' },
    }),
  ],
};

export const STAFF_FLOWS: readonly Flow[] = [
  administration,
  people,
  links,
  registrationCodes,
  approval,
];
