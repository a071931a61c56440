/** Texts of schemas and of members whose names do not say enough. */

export const SCHEMA_TEXTS: Record<string, string> = {
  AccountStatus:
    'INVITED: registered with a code. IMPORTED: a user of the former portal. ENROLLING: has a ' +
    'password and no factor yet. RESET: has to register again.',
  CallStatus: 'CONFIRMED, NO_ANSWER and FAILED are final.',
  Channel: 'A text message, or a call.',
  CodeView: 'A code that was sent.',
  EmailAddress: 'An address in ASCII. Case does not matter; write it in lower case.',
  Language: 'A BCP 47 tag: en is English and es is Spanish, as in the United States.',
  LoginMethod: 'PHONE signs in by text message or call, EMAIL by a code in the mailbox.',
  LegacyUsername: 'A username of the former portal. Case does not matter.',
  Npi: 'A National Provider Identifier: ten digits, the last a check digit.',
  OneTimeCode: 'Six ASCII digits.',
  OpaqueToken: 'A secret of 256 bits in base64url.',
  PersonName: 'A name as typed, without control characters.',
  Problem: 'Problem details (RFC 9457).',
  ProblemCode: 'The codes of this version. More may be added: treat an unknown one by its status.',
  SignInMethod: 'How a sign-in was proven.',
  Username: 'Case does not matter; write it in lower case.',
};

export const MEMBER_TEXTS: Record<string, string> = {
  'AccountDetails.phone': 'In any usual notation.',
  'CodeView.attemptsLeft': 'How many wrong codes it still survives.',
  'CodeView.resendAt': 'When a new code may be requested at the soonest.',
  'EnterPhone.phoneNumber': 'In any usual notation, or E.164. Extensions are refused.',
  'FlowCallView.callId': 'The key of GET /calls/{callId}.',
  'ManagedUser.maskedEmail': 'Absent where none is on record.',
  'Me.acceptedTermsVersion': 'Absent where none was accepted.',
  'Me.language': 'Of messages and calls. Absent where none was chosen; they are in English then.',
  'Me.lastSignInAt': 'The sign-in of this session.',
  'Me.previousLoginMethod': 'How the person signed in then.',
  'Me.previousSignInAt': 'The sign-in before this one; absent at the first.',
  'MfaRegistrationOpened.flowToken': 'The bearer token of the further steps.',
  'PasswordChanged.ticket': 'Signs in once, within 5 minutes.',
  'PasswordReset.maskedPhone': 'Only after the e-mail address is proven.',
  'PasswordResetAnswer.ticket':
    'Only in the answer that reaches DONE: signs in once, within 5 minutes.',
  'PasswordResetStarted.flowToken': 'The bearer token of the further steps.',
  'PersonPage.cursor': 'Leads to the next page. Absent on the last one.',
  'Problem.detail': 'A sentence in English about this problem.',
  'Problem.fields': 'With REQUEST_INVALID: the members that are not valid.',
  'Problem.requestId': 'For support. It is in the logs.',
  'Problem.retryAfterSeconds': 'As the header Retry-After.',
  'Problem.title': 'A sentence in English about this code.',
  'ProviderRegistrationStarted.flowToken': 'The bearer token of the further steps.',
  'RegistrationAnswer.ticket':
    'Only in the answer that reaches DONE: signs in once, within 5 minutes.',
  'RememberedDevice.browser':
    'What the browser called itself when it was remembered; absent where it did not say.',
  'RememberedDevice.deviceId': 'The RFC 7638 thumbprint of the key that the browser keeps.',
  'ShowRegistrationLink.linkToken': 'What follows # in the mailed link.',
  'Terms.language': 'Of the title and the text.',
  'Terms.markdown': 'The text, in Markdown.',
  'Terms.sha256': 'Of this text, in hexadecimal.',
  'UserEvent.actor': 'SELF, ADMIN, HELP_DESK, OPERATOR or SYSTEM.',
  'UserEvent.actorUsername': 'Of an admin of the same provider.',
  'UserEvent.event': 'A stable name in capitals, such as SIGNED_IN. More may be added.',
  'UserPage.cursor': 'Leads to the next page. Absent on the last one.',
};
