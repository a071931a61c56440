/** Texts of the routes of provider admins and of the help desk. */

const OWN = 'A user of another provider is `NOT_FOUND`, like one who does not exist.';
const PAGE = '`cursor` leads to the next page, and the last page has none.';
const REASON = 'The reason is kept in the audit trail.';

export const STAFF_TEXTS = {
  listUsers: {
    description: '`search` is the beginning of a username, a first name or a last name.',
    answer: `A page of users. ${PAGE}`,
  },
  getUser: { description: OWN, answer: 'The user.' },
  listUserEvents: {
    description: `Who did what, when, and how it ended. ${OWN}`,
    answer: `A page of events. ${PAGE}`,
  },
  resetRegistration: {
    description:
      'An `ENROLLING` or `ACTIVE` user becomes `RESET`; an `INVITED` or `IMPORTED` one keeps the ' +
      'status and gets a new link. An `Idempotency-Key` is kept for 24 hours. Nobody resets ' +
      'oneself.',
    answer: 'Accepted. The link is mailed to the address on record.',
  },
  correctUserEmail: {
    description:
      'The former address gets a notice. An incomplete registration with another address starts ' +
      'over as `RESET`. For an `ACTIVE` user it is `ALREADY_REGISTERED`: reset first.',
    answer: 'The user with the corrected address.',
  },
  setUserStatus: {
    description:
      'Disabling ends every session at once. Passkeys rest, and work again once the user is ' +
      'enabled.',
    answer: 'The user with the new status.',
  },
  findPeople: {
    description:
      'Exactly one of the four, compared as a whole. A search by NPI is a list of 25 a page; the ' +
      'others find one person or none.',
    answer: `The people found. ${PAGE}`,
  },
  getPerson: { description: 'An event of the person says who looked.', answer: 'The person.' },
  explainPerson: {
    description: 'What was sent, what is locked, what was begun, and what to do next.',
    answer: 'The explanation, in words and as codes for pages in any language.',
  },
  listPersonEvents: {
    description: 'Who did what, when, and how it ended.',
    answer: `A page of events. ${PAGE}`,
  },
  resetPerson: {
    description: `As a provider admin's reset. ${REASON}`,
    answer: 'Accepted. The link is mailed to the address on record.',
  },
  setPersonStatus: {
    description: `Disabling ends every session at once. ${REASON}`,
    answer: 'The person with the new status.',
  },
  correctPersonEmail: {
    description:
      'The former address gets a notice. An incomplete registration with another address starts ' +
      "over as `RESET`; for a provider's last administrator that is `STEP_OUT_OF_ORDER`: reset " +
      `first. ${REASON}`,
    answer: 'The person with the corrected address.',
  },
  resendPersonLink: {
    description: `The former link ends. ${REASON}`,
    answer: 'Accepted. The link is mailed to the address on record.',
  },
  unlockPerson: {
    description: `Counters of wrong codes and portal passwords begin anew. ${REASON}`,
    answer: 'The person may try again.',
  },
  listApprovals: {
    description: 'Whoever requested an act sees it as `own` and cannot decide it.',
    answer: 'The approvals that are open.',
  },
  decideApproval: {
    description: 'An approved act takes place at once. One who requested it is `FORBIDDEN`.',
    answer: 'The decision.',
  },
  getProvider: {
    description: 'An NPI without a provider in this stage is `NOT_FOUND`.',
    answer: 'The provider and the state of its registration codes.',
  },
  issueRegistrationCodes: {
    description: `A new provider needs \`providerName\`. ${REASON}`,
    answer: 'The codes, which are never shown again.',
  },
  revokeRegistrationCode: {
    description: `A code that was redeemed or revoked before is \`STEP_OUT_OF_ORDER\`. ${REASON}`,
    answer: 'The code opens no registration any more.',
  },
};
