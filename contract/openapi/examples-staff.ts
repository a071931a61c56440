/** Examples of the routes of provider admins and of the help desk. */
import type { Person } from '../help-desk.ts';
import type { ManagedUser, UserEventPage } from '../portal.ts';
import type { ExamplesOf } from './example-types.ts';
import { at, CEDAR_GROVE, PAT, RIVERA, SAMPLE_IDS } from './sample.ts';

const pat: ManagedUser = {
  username: PAT.username,
  firstName: PAT.firstName,
  lastName: PAT.lastName,
  maskedEmail: PAT.maskedEmail,
  maskedPhone: PAT.maskedPhone,
  method: 'PHONE',
  status: 'ACTIVE',
  role: 'STANDARD',
  lastSignInAt: at('00:00'),
};
const rivera: ManagedUser = {
  username: RIVERA.username,
  firstName: RIVERA.firstName,
  lastName: RIVERA.lastName,
  maskedEmail: RIVERA.maskedEmail,
  status: 'IMPORTED',
  role: 'STANDARD',
};
const personOf = (user: ManagedUser): Person => ({ ...user, npi: CEDAR_GROVE.npi });

const events: UserEventPage = {
  events: [
    {
      at: at('00:00'),
      event: 'STATUS_CHANGED',
      outcome: 'ENABLED',
      actor: 'ADMIN',
      actorUsername: 'aadmin',
    },
  ],
};
const reason = 'The caller lost the phone; called back at the practice.';
const approval = { approvalId: SAMPLE_IDS.approval };
const theCode = { codeId: SAMPLE_IDS.registrationCode };

export const STAFF_EXAMPLES: ExamplesOf<'admin' | 'help-desk'> = {
  listUsers: { answer: { lastPage: { users: [rivera, pat] } } },
  getUser: { answer: { active: pat } },
  listUserEvents: { answer: { lastPage: events } },
  resetRegistration: { body: { withReason: { reason: 'Lost phone' }, empty: {} } },
  correctUserEmail: {
    body: { corrected: { email: RIVERA.email } },
    answer: { corrected: rivera },
  },
  setUserStatus: {
    body: { disable: { status: 'DISABLED' }, enable: { status: 'ENABLED' } },
    answer: { disabled: { ...pat, status: 'DISABLED' } },
  },
  findPeople: { answer: { one: { users: [personOf(pat)] } } },
  getPerson: { answer: { active: personOf(pat) } },
  explainPerson: {
    answer: {
      lockedForAnHour: {
        status: 'ACTIVE',
        meaning: 'Registered; can sign in.',
        factors: { method: 'PHONE', maskedEmail: PAT.maskedEmail, maskedPhone: PAT.maskedPhone },
        sends: [
          { at: at('00:00'), event: 'CODE_SENT', what: 'A code was sent.', cause: 'SIGN_IN' },
        ],
        locks: [
          {
            lock: 'HOUR_OF_WRONG_CODES',
            what: '20 wrong codes within an hour.',
            until: at('59:00'),
          },
        ],
        flows: [],
        signIns: [{ at: '2026-10-04T09:12:00.000Z', loginMethod: 'PHONE' }],
        nextSteps: [`Have the person wait until ${at('59:00')}, or unlock the account.`],
        steps: ['WAIT_OR_UNLOCK'],
        waitUntil: at('59:00'),
        acts: ['UNLOCK', 'RESET'],
      },
    },
  },
  listPersonEvents: { answer: { lastPage: events } },
  resetPerson: { body: { lostPhone: { reason } } },
  setPersonStatus: {
    body: { disable: { status: 'DISABLED', reason: 'Has left the practice.' } },
    answer: { disabled: personOf({ ...pat, status: 'DISABLED' }) },
  },
  correctPersonEmail: {
    body: {
      corrected: { email: RIVERA.email, reason: 'E-mail to the former address is undeliverable.' },
    },
    answer: { corrected: personOf(rivera) },
  },
  resendPersonLink: { body: { again: { reason: 'The caller deleted the mail.' } } },
  unlockPerson: { body: { unlock: { reason: 'Mistyped the code; called back.' } } },
  listApprovals: {
    answer: {
      one: {
        approvals: [
          {
            ...approval,
            act: 'RESET',
            username: 'aadmin',
            npi: CEDAR_GROVE.npi,
            reason,
            requestedBy: 'Hana Helpdesk',
            own: false,
            requestedAt: at('00:00'),
            expiresAt: '2026-10-06T14:00:00.000Z',
          },
        ],
      },
    },
  },
  decideApproval: {
    body: { approve: { decision: 'APPROVED' }, deny: { decision: 'DENIED' } },
    answer: { approved: { ...approval, decision: 'APPROVED' } },
  },
  getProvider: {
    answer: {
      withAnOpenCode: {
        npi: CEDAR_GROVE.npi,
        name: CEDAR_GROVE.name,
        registrationCodes: [
          {
            ...theCode,
            role: 'STANDARD',
            status: 'OPEN',
            issuedAt: at('00:00'),
            issuedBy: 'OPERATOR',
          },
        ],
      },
    },
  },
  issueRegistrationCodes: {
    body: { one: { count: 1, role: 'STANDARD', reason: 'A new colleague at the practice.' } },
    answer: { shownOnce: { codes: [{ ...theCode, code: CEDAR_GROVE.registrationCode }] } },
  },
  revokeRegistrationCode: {},
};
