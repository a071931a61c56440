/* oxlint-disable max-lines -- one table that is read and searched as a whole */
/**
 * The HTTP API, route by route. The stack's API Gateway, the handlers, the portal's client and the
 * OpenAPI document derive from this table.
 */
import type * as z from 'zod';
import * as flows from './flows.ts';
import * as desk from './help-desk.ts';
import * as passkeys from './passkeys.ts';
import * as portal from './portal.ts';
import type { ProblemCode } from './problems.ts';

/**
 * Who may call a route. PUBLIC: anyone. FLOW: the holder of the flow token, which the function
 * checks. USER: a signed-in user. ADMIN: a signed-in provider admin; API Gateway checks the access
 * token, and the function checks the role. HELP_DESK: a signed-in employee in the help desk's
 * group; API Gateway checks the token, which the employees' own user pool issues, and the function
 * the group.
 */
export type Access = 'PUBLIC' | 'FLOW' | 'USER' | 'ADMIN' | 'HELP_DESK';

/** The function behind a route. There is one for each capability. */
export type Capability =
  'terms' | 'calls' | 'registration' | 'recovery' | 'me' | 'changes' | 'admin' | 'help-desk';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** API Gateway's form, `{parameter}` in braces. */
  path: string;
  capability: Capability;
  access: Access;
  summary: string;
  body?: z.ZodType;
  query?: z.ZodType;
  answer: { status: 200 | 201 | 202 | 204; schema?: z.ZodType };
  /** Stable codes in addition to the common ones. */
  problems: readonly ProblemCode[];
  /** Accepts an `Idempotency-Key` header: a repeat with the same key is answered as the first. */
  idempotencyKey?: true;
  /** May answer 202 with an approval to wait for, instead of acting. */
  mayNeedApproval?: true;
}

const FLOW_PROBLEMS = [
  'TOKEN_INVALID',
  'STEP_OUT_OF_ORDER',
  'FLOW_EXPIRED',
] as const satisfies readonly ProblemCode[];
const SEND_PROBLEMS = [
  'RESEND_TOO_SOON',
  'SEND_LIMIT',
  'DELIVERY_FAILED',
] as const satisfies readonly ProblemCode[];
/** A phone may be verified by a call, and another one to its number may be under way. */
const PHONE_SEND_PROBLEMS = [
  ...SEND_PROBLEMS,
  'CALL_IN_PROGRESS',
] as const satisfies readonly ProblemCode[];
const CODE_PROBLEMS = [
  'CODE_MISMATCH',
  'CODE_EXPIRED',
  'TOO_MANY_ATTEMPTS',
] as const satisfies readonly ProblemCode[];
const PASSWORD_PROBLEMS = [
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_COMMON',
  'PASSWORD_CONTAINS_IDENTITY',
  'PASSWORD_INVALID',
] as const satisfies readonly ProblemCode[];
const PHONE_PROBLEMS = [
  'PHONE_INVALID',
  'PHONE_EXTENSION',
  'PHONE_NOT_ALLOWED',
] as const satisfies readonly ProblemCode[];
const TOKEN_PROBLEMS = ['TOKEN_INVALID'] as const satisfies readonly ProblemCode[];
/** A change of one's own account needs a factor that was passed in the last ten minutes. */
const FRESH_PROBLEMS = [
  ...TOKEN_PROBLEMS,
  'FACTOR_TOO_OLD',
] as const satisfies readonly ProblemCode[];
const DESK_PROBLEMS = ['TOKEN_INVALID', 'FORBIDDEN'] as const satisfies readonly ProblemCode[];
/** A stage may require a passkey of its administrators. */
const ADMIN_PROBLEMS = [
  ...DESK_PROBLEMS,
  'PASSKEY_REQUIRED',
] as const satisfies readonly ProblemCode[];
/** Another act came first. */
const ADMIN_ACT_PROBLEMS = [
  ...ADMIN_PROBLEMS,
  'STEP_OUT_OF_ORDER',
] as const satisfies readonly ProblemCode[];
const DESK_ACT_PROBLEMS = [
  ...DESK_PROBLEMS,
  'STEP_OUT_OF_ORDER',
] as const satisfies readonly ProblemCode[];

const registrationAnswer = { status: 200, schema: flows.RegistrationAnswer } as const;
const resetAnswer = { status: 200, schema: flows.PasswordResetAnswer } as const;

export const ROUTES = {
  startProviderRegistration: {
    method: 'POST',
    path: '/provider-registrations',
    capability: 'registration',
    access: 'PUBLIC',
    summary: 'Open a provider registration with an NPI and a registration code',
    body: flows.StartProviderRegistration,
    answer: { status: 201, schema: flows.ProviderRegistrationStarted },
    problems: ['REGISTRATION_CODE_INVALID'],
  },
  createAccount: {
    method: 'POST',
    path: '/provider-registrations/current/account',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Redeem the code, create the account and mail the registration link',
    body: flows.AccountDetails,
    answer: { status: 201, schema: flows.AccountCreated },
    problems: [
      ...FLOW_PROBLEMS,
      ...PHONE_PROBLEMS,
      'USERNAME_TAKEN',
      'REGISTRATION_CODE_INVALID',
      'WORKFORCE_EMAIL',
    ],
  },
  correctContactEmail: {
    method: 'PUT',
    path: '/provider-registrations/current/email',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Correct a mistyped contact address, which invalidates the old link',
    body: flows.EnterEmail,
    answer: { status: 200, schema: flows.AccountCreated },
    problems: [...FLOW_PROBLEMS, ...SEND_PROBLEMS, 'WORKFORCE_EMAIL'],
  },
  requestLink: {
    method: 'POST',
    path: '/registration-links',
    capability: 'registration',
    access: 'PUBLIC',
    summary:
      'Request a registration link by username, or by e-mail and password. Every answer is ' +
      'the same.',
    body: flows.RequestLink,
    answer: { status: 202 },
    problems: [],
  },
  showRegistrationLink: {
    method: 'POST',
    path: '/registration-links/details',
    capability: 'registration',
    access: 'PUBLIC',
    summary: 'Show whose registration a mailed link opens, without spending the link',
    body: flows.ShowRegistrationLink,
    answer: { status: 200, schema: flows.RegistrationLinkDetails },
    problems: ['LINK_INVALID'],
  },
  openMfaRegistration: {
    method: 'POST',
    path: '/mfa-registrations',
    capability: 'registration',
    access: 'PUBLIC',
    summary: 'Open the MFA registration by portal username and password, or by a mailed link',
    body: flows.OpenMfaRegistration,
    answer: { status: 201, schema: flows.MfaRegistrationOpened },
    problems: ['CREDENTIALS_INVALID', 'LINK_INVALID', 'ALREADY_REGISTERED'],
  },
  getMfaRegistration: {
    method: 'GET',
    path: '/mfa-registrations/current',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Get the state of the MFA registration',
    answer: registrationAnswer,
    problems: ['TOKEN_INVALID', 'FLOW_EXPIRED'],
  },
  chooseMethod: {
    method: 'PUT',
    path: '/mfa-registrations/current/method',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Choose phone or e-mail. The choice can change until the password is set.',
    body: flows.ChooseMethod,
    answer: registrationAnswer,
    problems: FLOW_PROBLEMS,
    idempotencyKey: true,
  },
  enterEmail: {
    method: 'POST',
    path: '/mfa-registrations/current/email',
    capability: 'registration',
    access: 'FLOW',
    summary:
      'Send a code to the work e-mail address. Repeat to resend it or to change the address.',
    body: flows.EnterEmail,
    answer: registrationAnswer,
    problems: [
      ...FLOW_PROBLEMS,
      ...SEND_PROBLEMS,
      'WORKFORCE_EMAIL',
      'EMAIL_NOT_ON_RECORD',
      'EMAIL_BOUNCED',
    ],
    idempotencyKey: true,
  },
  verifyEmail: {
    method: 'POST',
    path: '/mfa-registrations/current/email/verification',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Enter the code from the e-mail',
    body: flows.VerifyCode,
    answer: registrationAnswer,
    problems: [...FLOW_PROBLEMS, ...CODE_PROBLEMS, 'EMAIL_TAKEN'],
    idempotencyKey: true,
  },
  setPassword: {
    method: 'PUT',
    path: '/mfa-registrations/current/password',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Set the password',
    body: flows.SetPassword,
    answer: registrationAnswer,
    problems: [...FLOW_PROBLEMS, ...PASSWORD_PROBLEMS, 'EMAIL_TAKEN'],
    idempotencyKey: true,
  },
  enterPhone: {
    method: 'POST',
    path: '/mfa-registrations/current/phone',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Send a code to the phone, or call it',
    body: flows.EnterPhone,
    answer: registrationAnswer,
    problems: [...FLOW_PROBLEMS, ...PHONE_SEND_PROBLEMS, ...PHONE_PROBLEMS],
    idempotencyKey: true,
  },
  verifyPhone: {
    method: 'POST',
    path: '/mfa-registrations/current/phone/verification',
    capability: 'registration',
    access: 'FLOW',
    summary: 'Enter the code from the text message, or report the confirmed call',
    body: flows.VerifyPhone,
    answer: registrationAnswer,
    problems: [...FLOW_PROBLEMS, ...CODE_PROBLEMS, 'CALL_NOT_CONFIRMED'],
    idempotencyKey: true,
  },
  startPasswordReset: {
    method: 'POST',
    path: '/password-resets',
    capability: 'recovery',
    access: 'PUBLIC',
    summary: 'Open a password reset. Known and unknown addresses get the same answer.',
    body: flows.StartPasswordReset,
    answer: { status: 201, schema: flows.PasswordResetStarted },
    problems: [],
  },
  getPasswordReset: {
    method: 'GET',
    path: '/password-resets/current',
    capability: 'recovery',
    access: 'FLOW',
    summary: 'Get the state of the password reset',
    answer: resetAnswer,
    problems: ['TOKEN_INVALID', 'FLOW_EXPIRED'],
  },
  resendResetEmail: {
    method: 'POST',
    path: '/password-resets/current/email',
    capability: 'recovery',
    access: 'FLOW',
    summary: 'Send a new code by e-mail',
    body: flows.Nothing,
    answer: resetAnswer,
    problems: [...FLOW_PROBLEMS, ...SEND_PROBLEMS],
    idempotencyKey: true,
  },
  verifyResetEmail: {
    method: 'POST',
    path: '/password-resets/current/email/verification',
    capability: 'recovery',
    access: 'FLOW',
    summary: 'Enter the code from the e-mail',
    body: flows.VerifyCode,
    answer: resetAnswer,
    problems: [...FLOW_PROBLEMS, ...CODE_PROBLEMS],
    idempotencyKey: true,
  },
  chooseResetChannel: {
    method: 'POST',
    path: '/password-resets/current/phone',
    capability: 'recovery',
    access: 'FLOW',
    summary: 'Send a code to the phone on file, or call it',
    body: flows.ChooseChannel,
    answer: resetAnswer,
    problems: [...FLOW_PROBLEMS, ...PHONE_SEND_PROBLEMS, 'PHONE_NOT_ALLOWED'],
    idempotencyKey: true,
  },
  verifyResetPhone: {
    method: 'POST',
    path: '/password-resets/current/phone/verification',
    capability: 'recovery',
    access: 'FLOW',
    summary: 'Enter the code from the text message, or report the confirmed call',
    body: flows.VerifyPhone,
    answer: resetAnswer,
    problems: [...FLOW_PROBLEMS, ...CODE_PROBLEMS, 'CALL_NOT_CONFIRMED'],
    idempotencyKey: true,
  },
  resetPassword: {
    method: 'PUT',
    path: '/password-resets/current/password',
    capability: 'recovery',
    access: 'FLOW',
    summary: 'Set the new password. This ends every session and forgets every remembered device.',
    body: flows.SetPassword,
    answer: resetAnswer,
    problems: [...FLOW_PROBLEMS, ...PASSWORD_PROBLEMS],
    idempotencyKey: true,
  },
  getCall: {
    method: 'GET',
    path: '/calls/{callId}',
    capability: 'calls',
    access: 'PUBLIC',
    summary: 'Get the status of a call. The 128-bit callId is the only key.',
    answer: { status: 200, schema: flows.CallView },
    problems: [],
  },
  getCurrentTerms: {
    method: 'GET',
    path: '/terms/current',
    capability: 'terms',
    access: 'PUBLIC',
    summary: 'Get the terms of use in force',
    answer: { status: 200, schema: portal.Terms },
    problems: [],
  },
  getMe: {
    method: 'GET',
    path: '/me',
    capability: 'me',
    access: 'USER',
    summary: 'Get the signed-in user',
    answer: { status: 200, schema: portal.Me },
    problems: TOKEN_PROBLEMS,
  },
  chooseLanguage: {
    method: 'PUT',
    path: '/me/language',
    capability: 'me',
    access: 'USER',
    summary: 'Choose the language of messages and calls',
    body: portal.ChooseLanguage,
    answer: { status: 200, schema: portal.Me },
    problems: TOKEN_PROBLEMS,
  },
  listRememberedDevices: {
    method: 'GET',
    path: '/me/remembered-devices',
    capability: 'me',
    access: 'USER',
    summary: 'List the remembered devices of the signed-in user',
    answer: { status: 200, schema: portal.RememberedDevices },
    problems: TOKEN_PROBLEMS,
  },
  forgetRememberedDevice: {
    method: 'DELETE',
    path: '/me/remembered-devices/{deviceId}',
    capability: 'me',
    access: 'USER',
    summary: 'Forget a remembered device',
    answer: { status: 204 },
    problems: TOKEN_PROBLEMS,
  },
  signOutEverywhere: {
    method: 'POST',
    path: '/me/sign-out-everywhere',
    capability: 'me',
    access: 'USER',
    summary: 'End every session and forget every remembered device',
    answer: { status: 204 },
    problems: TOKEN_PROBLEMS,
  },
  listMyEvents: {
    method: 'GET',
    path: '/me/events',
    capability: 'me',
    access: 'USER',
    summary: 'List the audit trail of the signed-in user, newest first',
    query: portal.EventSearch,
    answer: { status: 200, schema: portal.UserEventPage },
    problems: TOKEN_PROBLEMS,
  },
  startPasskeySignIn: {
    method: 'POST',
    path: '/passkey-challenges',
    capability: 'me',
    access: 'PUBLIC',
    summary: 'Get a challenge for a passkey that is offered before an address is typed',
    body: flows.Nothing,
    answer: { status: 201, schema: passkeys.PasskeyChallenge },
    problems: [],
  },
  listPasskeys: {
    method: 'GET',
    path: '/me/passkeys',
    capability: 'me',
    access: 'USER',
    summary: 'List the passkeys of the signed-in user',
    answer: { status: 200, schema: passkeys.PasskeyList },
    problems: TOKEN_PROBLEMS,
  },
  startPasskey: {
    method: 'POST',
    path: '/me/passkeys/options',
    capability: 'me',
    access: 'USER',
    summary: 'Get the options to create a passkey with (PublicKeyCredentialCreationOptionsJSON)',
    body: flows.Nothing,
    answer: { status: 200, schema: passkeys.PasskeyOptions },
    problems: [...FRESH_PROBLEMS, 'PASSKEY_LIMIT'],
  },
  addPasskey: {
    method: 'POST',
    path: '/me/passkeys',
    capability: 'me',
    access: 'USER',
    summary: 'Register the passkey that was created with the options',
    idempotencyKey: true,
    body: passkeys.AddPasskey,
    answer: { status: 201, schema: passkeys.PasskeyView },
    problems: [...FRESH_PROBLEMS, 'PASSKEY_LIMIT', 'PASSKEY_INVALID'],
  },
  renamePasskey: {
    method: 'PUT',
    path: '/me/passkeys/{passkeyId}',
    capability: 'me',
    access: 'USER',
    summary: 'Rename a passkey',
    body: passkeys.RenamePasskey,
    answer: { status: 200, schema: passkeys.PasskeyView },
    problems: FRESH_PROBLEMS,
  },
  removePasskey: {
    method: 'DELETE',
    path: '/me/passkeys/{passkeyId}',
    capability: 'me',
    access: 'USER',
    summary: 'Remove a passkey',
    answer: { status: 204 },
    problems: FRESH_PROBLEMS,
  },
  issueRecoveryCodes: {
    method: 'POST',
    path: '/me/recovery-codes',
    capability: 'me',
    access: 'USER',
    summary: 'Make ten recovery codes, which are shown once. Older ones end.',
    body: flows.Nothing,
    answer: { status: 201, schema: passkeys.RecoveryCodes },
    problems: FRESH_PROBLEMS,
  },
  countRecoveryCodes: {
    method: 'GET',
    path: '/me/recovery-codes',
    capability: 'me',
    access: 'USER',
    summary: 'Count the unused recovery codes',
    answer: { status: 200, schema: passkeys.UnusedRecoveryCodes },
    problems: TOKEN_PROBLEMS,
  },
  changePassword: {
    method: 'PUT',
    path: '/me/password',
    capability: 'changes',
    access: 'USER',
    summary:
      'Change the password. Every session and remembered device ends; a ticket signs in again.',
    idempotencyKey: true,
    body: flows.ChangePassword,
    answer: { status: 200, schema: flows.PasswordChanged },
    problems: [
      ...FRESH_PROBLEMS,
      ...PASSWORD_PROBLEMS,
      'CURRENT_PASSWORD_INVALID',
      'STEP_OUT_OF_ORDER',
    ],
  },
  changeEmail: {
    method: 'POST',
    path: '/me/email',
    capability: 'changes',
    access: 'USER',
    summary: 'Send a code to a new e-mail address',
    idempotencyKey: true,
    body: flows.EnterEmail,
    answer: { status: 200, schema: flows.ChangeStarted },
    problems: [
      ...FRESH_PROBLEMS,
      ...SEND_PROBLEMS,
      'WORKFORCE_EMAIL',
      'EMAIL_BOUNCED',
      'STEP_OUT_OF_ORDER',
    ],
  },
  verifyNewEmail: {
    method: 'POST',
    path: '/me/email/verification',
    capability: 'changes',
    access: 'USER',
    summary: 'Enter the code from the new address, which becomes that of the account',
    idempotencyKey: true,
    body: flows.VerifyCode,
    answer: { status: 200, schema: portal.Me },
    problems: [...FLOW_PROBLEMS, ...CODE_PROBLEMS, 'EMAIL_TAKEN'],
  },
  undoEmailChange: {
    method: 'POST',
    path: '/email-changes/undo',
    capability: 'changes',
    access: 'PUBLIC',
    summary: 'Put the former e-mail address back, by the link that was mailed to it',
    body: flows.UndoEmailChange,
    idempotencyKey: true,
    answer: { status: 204 },
    problems: ['LINK_INVALID'],
  },
  changePhone: {
    method: 'POST',
    path: '/me/phone',
    capability: 'changes',
    access: 'USER',
    summary: 'Send a code to a new phone number, or call it',
    idempotencyKey: true,
    body: flows.EnterPhone,
    answer: { status: 200, schema: flows.ChangeStarted },
    problems: [...FRESH_PROBLEMS, ...PHONE_SEND_PROBLEMS, ...PHONE_PROBLEMS, 'STEP_OUT_OF_ORDER'],
  },
  verifyNewPhone: {
    method: 'POST',
    path: '/me/phone/verification',
    capability: 'changes',
    access: 'USER',
    summary: 'Enter the code from the new number, or report the confirmed call',
    idempotencyKey: true,
    body: flows.VerifyPhone,
    answer: { status: 200, schema: portal.Me },
    problems: [...FLOW_PROBLEMS, ...CODE_PROBLEMS, 'CALL_NOT_CONFIRMED'],
  },
  removePhone: {
    method: 'DELETE',
    path: '/me/phone',
    capability: 'changes',
    access: 'USER',
    summary: 'Remove the phone. E-mail becomes the login method.',
    answer: { status: 200, schema: portal.Me },
    problems: FRESH_PROBLEMS,
  },
  listUsers: {
    method: 'GET',
    path: '/admin/users',
    capability: 'admin',
    access: 'ADMIN',
    summary: "List the users of the admin's own provider, 25 per page",
    query: portal.UserSearch,
    answer: { status: 200, schema: portal.UserPage },
    problems: ADMIN_PROBLEMS,
  },
  getUser: {
    method: 'GET',
    path: '/admin/users/{username}',
    capability: 'admin',
    access: 'ADMIN',
    summary: 'Get one user',
    answer: { status: 200, schema: portal.ManagedUser },
    problems: ADMIN_PROBLEMS,
  },
  listUserEvents: {
    method: 'GET',
    path: '/admin/users/{username}/events',
    capability: 'admin',
    access: 'ADMIN',
    summary: 'List the audit trail of one user, newest first',
    query: portal.EventSearch,
    answer: { status: 200, schema: portal.UserEventPage },
    problems: ADMIN_PROBLEMS,
  },
  resetRegistration: {
    method: 'POST',
    path: '/admin/users/{username}/registration-reset',
    capability: 'admin',
    access: 'ADMIN',
    summary:
      'Reset a registration. Sessions, devices and factors end, and the user registers again.',
    body: portal.ResetRegistration,
    answer: { status: 202 },
    problems: [...ADMIN_ACT_PROBLEMS, 'SELF_RESET', 'ACCOUNT_DISABLED'],
    idempotencyKey: true,
  },
  correctUserEmail: {
    method: 'PUT',
    path: '/admin/users/{username}/email',
    capability: 'admin',
    access: 'ADMIN',
    summary:
      'Correct the address on record of a user who is not registered, and mail the link there',
    body: portal.CorrectEmail,
    answer: { status: 200, schema: portal.ManagedUser },
    problems: [...ADMIN_ACT_PROBLEMS, 'ALREADY_REGISTERED', 'ACCOUNT_DISABLED', 'WORKFORCE_EMAIL'],
  },
  setUserStatus: {
    method: 'PUT',
    path: '/admin/users/{username}/status',
    capability: 'admin',
    access: 'ADMIN',
    summary: 'Disable or enable a user',
    body: portal.SetStatus,
    answer: { status: 200, schema: portal.ManagedUser },
    problems: ADMIN_ACT_PROBLEMS,
  },
  findPeople: {
    method: 'GET',
    path: '/help-desk/users',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Find people of every provider by exactly one of username, e-mail, phone and NPI',
    query: desk.PersonSearch,
    answer: { status: 200, schema: desk.PersonPage },
    problems: DESK_PROBLEMS,
  },
  getPerson: {
    method: 'GET',
    path: '/help-desk/users/{username}',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Get one person. The look is an event of theirs.',
    answer: { status: 200, schema: desk.Person },
    problems: DESK_PROBLEMS,
  },
  explainPerson: {
    method: 'GET',
    path: '/help-desk/users/{username}/explanation',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Explain why a person cannot get in, and what helps',
    answer: { status: 200, schema: desk.ExplanationView },
    problems: DESK_PROBLEMS,
  },
  listPersonEvents: {
    method: 'GET',
    path: '/help-desk/users/{username}/events',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'List the audit trail of one person, newest first',
    query: portal.EventSearch,
    answer: { status: 200, schema: portal.UserEventPage },
    problems: DESK_PROBLEMS,
  },
  resetPerson: {
    method: 'POST',
    path: '/help-desk/users/{username}/registration-reset',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Reset a registration. The last administrator of a provider needs an approval.',
    body: desk.WithReason,
    answer: { status: 202 },
    problems: [...DESK_ACT_PROBLEMS, 'ACCOUNT_DISABLED'],
    idempotencyKey: true,
    mayNeedApproval: true,
  },
  setPersonStatus: {
    method: 'PUT',
    path: '/help-desk/users/{username}/status',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Disable or enable a person. Disabling an administrator needs an approval.',
    body: desk.SetPersonStatus,
    answer: { status: 200, schema: desk.Person },
    problems: DESK_ACT_PROBLEMS,
    mayNeedApproval: true,
  },
  correctPersonEmail: {
    method: 'PUT',
    path: '/help-desk/users/{username}/email',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary:
      'Correct the address on record of a person who is not registered, and mail the link there',
    body: desk.CorrectPersonEmail,
    answer: { status: 200, schema: desk.Person },
    problems: [...DESK_ACT_PROBLEMS, 'ALREADY_REGISTERED', 'ACCOUNT_DISABLED', 'WORKFORCE_EMAIL'],
  },
  resendPersonLink: {
    method: 'POST',
    path: '/help-desk/users/{username}/links',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Mail the registration link again, at most once a minute',
    body: desk.WithReason,
    answer: { status: 202 },
    problems: [...DESK_ACT_PROBLEMS, 'ALREADY_REGISTERED', 'ACCOUNT_DISABLED', 'RESEND_TOO_SOON'],
  },
  unlockPerson: {
    method: 'POST',
    path: '/help-desk/users/{username}/unlock',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Lift every lock of a person',
    body: desk.WithReason,
    answer: { status: 204 },
    problems: DESK_ACT_PROBLEMS,
  },
  listApprovals: {
    method: 'GET',
    path: '/help-desk/approvals',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'List the acts that wait for a second employee',
    answer: { status: 200, schema: desk.Approvals },
    problems: DESK_PROBLEMS,
  },
  decideApproval: {
    method: 'POST',
    path: '/help-desk/approvals/{approvalId}',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Approve or deny an act that another employee requested',
    body: desk.DecideApproval,
    answer: { status: 200, schema: desk.ApprovalDecided },
    problems: [...DESK_ACT_PROBLEMS, 'ACCOUNT_DISABLED'],
  },
  getProvider: {
    method: 'GET',
    path: '/help-desk/providers/{npi}',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Get a provider and its registration codes, without the codes themselves',
    answer: { status: 200, schema: desk.ProviderView },
    problems: [...DESK_PROBLEMS, 'NPI_INVALID'],
  },
  issueRegistrationCodes: {
    method: 'POST',
    path: '/help-desk/providers/{npi}/registration-codes',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Issue registration codes, which are shown once',
    body: desk.IssueCodes,
    answer: { status: 201, schema: desk.CodesIssued },
    problems: [...DESK_PROBLEMS, 'NPI_INVALID'],
  },
  revokeRegistrationCode: {
    method: 'DELETE',
    path: '/help-desk/providers/{npi}/registration-codes/{codeId}',
    capability: 'help-desk',
    access: 'HELP_DESK',
    summary: 'Revoke a registration code that is still open',
    query: desk.WithReason,
    answer: { status: 204 },
    problems: [...DESK_ACT_PROBLEMS, 'NPI_INVALID'],
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

/** Every route as a list, each with its name (the OpenAPI `operationId`). */
export const ROUTE_LIST: readonly (Route & { name: RouteName })[] = Object.entries(ROUTES).map(
  ([name, route]) => ({
    name: name as RouteName,
    ...(route as Route),
  }),
);

/** The largest body that any route takes, in bytes. */
export const MAX_BODY_BYTES = 16 * 1024;
