/** Texts of registrations, resets, calls and terms. */

const NEXT = 'The state of the flow; `step` says what comes next.';
const RESEND =
  '`resendAt` says when it may be repeated at the soonest; a new code ends the one before.';
const ATTEMPTS =
  'Five wrong codes end a code, and `TOO_MANY_ATTEMPTS` asks for a new one. A code of the wrong ' +
  'form is `REQUEST_INVALID` and counts as no attempt.';
const CONFIRMED_CALL =
  'Send `{"call":"CONFIRMED"}` once `GET /calls/{callId}` says `CONFIRMED`. The server checks ' +
  'the call itself.';
const PASSWORD_RULES =
  'A password has 8 to 256 characters, without rules of composition. It must not be common, part ' +
  'of a known breach, or contain the names of the person or the provider.';

const POLL = 'With `CALL`, poll `GET /calls/{callId}`.';

export const FLOW_TEXTS = {
  startProviderRegistration: {
    description:
      'The first step of a new provider. A wrong NPI and a wrong code have the same answer. The ' +
      'code is redeemed by the next step, and stays valid if that is never taken.',
    answer: 'The flow is open. Show the name of the provider for confirmation.',
  },
  createAccount: {
    description:
      "The account gets the code's role and waits as `INVITED` for the mailed link. A " +
      'username that is taken does not end the flow; after 20 of them it is `RATE_LIMITED`.',
    answer: 'The account exists, and the registration link is in the mail.',
  },
  correctContactEmail: {
    description: 'For a mistyped address, while the account is `INVITED`. The former link ends.',
    answer: 'A new link is in the mail.',
  },
  requestLink: {
    description:
      'For people whose registration is incomplete or was reset. The lookup and the mail follow ' +
      'the answer, which says nothing about whether an account exists or qualifies.',
    answer: 'Accepted. A mail follows if the account exists and qualifies.',
  },
  showRegistrationLink: {
    description:
      'For the page that a mailed link opens: mail scanners load pages, so that a link is only ' +
      'spent by a click.',
    answer: 'Whose registration the link opens.',
  },
  openMfaRegistration: {
    description:
      'With `username` and `password` of the portal login, or with the token of a mailed link. ' +
      'Opening ends older flows of the account. `ALREADY_REGISTERED` follows a right password ' +
      'only.',
    answer: `The flow is open. ${NEXT}`,
  },
  getMfaRegistration: {
    description: 'For a page that was reloaded, and after an answer that was lost.',
    answer: NEXT,
  },
  chooseMethod: {
    description: '`PHONE` signs in by text message or call, `EMAIL` by a code in the mailbox.',
    answer: NEXT,
  },
  enterEmail: {
    description:
      `The address is the one to sign in with. ${RESEND} A flow that a portal password opened ` +
      'takes only the address on record, if there is one.',
    answer: `A code is in the mail. ${NEXT}`,
  },
  verifyEmail: { description: ATTEMPTS, answer: NEXT },
  setPassword: {
    description: PASSWORD_RULES,
    answer: `${NEXT} E-mail users are \`DONE\`, with a ticket that signs in once within 5 minutes.`,
  },
  enterPhone: {
    description: `A direct line with ten digits, or E.164. ${RESEND} ${POLL}`,
    answer: `A text message was sent, or the phone rings. ${NEXT}`,
  },
  verifyPhone: {
    description: `${ATTEMPTS} ${CONFIRMED_CALL}`,
    answer: `${NEXT} \`DONE\` comes with a ticket that signs in once within 5 minutes.`,
  },
  startPasswordReset: {
    description:
      'A flow opens for every address. For an unknown one every code is a mismatch. An e-mail ' +
      'follows if the address belongs to an active account.',
    answer: `The flow is open. ${NEXT}`,
  },
  getPasswordReset: {
    description: 'For a page that was reloaded, and after an answer that was lost.',
    answer: NEXT,
  },
  resendResetEmail: { description: RESEND, answer: `A code is in the mail. ${NEXT}` },
  verifyResetEmail: {
    description: ATTEMPTS,
    answer: `${NEXT} Those who sign in by phone prove the phone as well.`,
  },
  chooseResetChannel: {
    description: `The number is the one on file. ${RESEND} ${POLL}`,
    answer: `A text message was sent, or the phone rings. ${NEXT}`,
  },
  verifyResetPhone: { description: `${ATTEMPTS} ${CONFIRMED_CALL}`, answer: NEXT },
  resetPassword: {
    description: `${PASSWORD_RULES} Both factors stay.`,
    answer: 'The flow is `DONE`. The ticket signs in once within 5 minutes.',
  },
  getCall: {
    description:
      'Poll it while a call is waited for, less and less often. `CONFIRMED`, `NO_ANSWER` and ' +
      '`FAILED` are final. `denied` beside `FAILED` means that the callee pressed 9.',
    answer: 'The status of the call.',
  },
  getCurrentTerms: {
    description:
      'The Markdown text and its SHA-256, in the language of the request where the version has ' +
      'it. A sign-in asks to accept a version of them.',
    answer: 'The terms in force. `Content-Language` is the same as `language`.',
  },
};
