/* eslint max-lines: off -- one table that is read and searched as a whole */
/**
 * The HTTP API, route by route. The stack's API Gateway, the handlers, the portal's client and the
 * OpenAPI document derive from this table.
 */
import type * as z from 'zod';
import * as flows from './flows.ts';
import * as portal from './portal.ts';
import type { ProblemCode } from './problems.ts';

/**
 * Who may call a route. PUBLIC: anyone. FLOW: the holder of the flow token, which the function
 * checks. USER: a signed-in user. ADMIN: a signed-in provider admin; API Gateway checks the access
 * token, and the function checks the role.
 */
export type Access = 'PUBLIC' | 'FLOW' | 'USER' | 'ADMIN';

/** The function behind a route. There is one for each capability. */
export type Capability = 'terms' | 'calls' | 'registration' | 'recovery' | 'me' | 'admin';

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
  /** Accepts an `Idempotency-Key` header. */
  idempotencyKey?: true;
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
const ADMIN_PROBLEMS = ['TOKEN_INVALID', 'FORBIDDEN'] as const satisfies readonly ProblemCode[];

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
    problems: [...ADMIN_PROBLEMS, 'SELF_RESET', 'ACCOUNT_DISABLED'],
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
    problems: [...ADMIN_PROBLEMS, 'ALREADY_REGISTERED', 'ACCOUNT_DISABLED', 'WORKFORCE_EMAIL'],
  },
  setUserStatus: {
    method: 'PUT',
    path: '/admin/users/{username}/status',
    capability: 'admin',
    access: 'ADMIN',
    summary: 'Disable or enable a user',
    body: portal.SetStatus,
    answer: { status: 200, schema: portal.ManagedUser },
    problems: ADMIN_PROBLEMS,
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
