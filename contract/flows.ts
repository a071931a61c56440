/** Bodies of the registration and recovery routes. */
import * as z from 'zod';
import {
  EmailAddress,
  LegacyUsername,
  LoginMethod,
  Npi,
  PersonName,
  Username,
} from './accounts.ts';
import { OneTimeCode, OpaqueToken } from './challenges.ts';

const time = z.iso.datetime();
/** Password rules apply later, each with its reason. Here only a body's size bounds passwords. */
const password = z.string();
/** Phone rules apply later, too. */
const typedPhone = z.string().trim().min(1);

export const CallStatus = z.enum([
  'CALLING',
  'ANSWERED',
  'CONFIRMED',
  'NO_ANSWER',
  'FAILED',
  'EXPIRED',
]);
export type CallStatus = z.infer<typeof CallStatus>;

export const CallView = z.object({
  status: CallStatus,
  expiresAt: time,
  denied: z
    .boolean()
    .optional()
    .describe('With FAILED: the callee pressed 9, and the flow that asked for the call has ended'),
});
export type CallView = z.infer<typeof CallView>;
export const CodeView = z.object({ expiresAt: time, resendAt: time, attemptsLeft: z.int() });
export type CodeView = z.infer<typeof CodeView>;
export const FlowCallView = z.object({
  callId: z.string(),
  status: CallStatus,
  expiresAt: time,
  match: z
    .string()
    .optional()
    .describe('Two digits that the callee types before #, in the mode MATCH'),
});
export type FlowCallView = z.infer<typeof FlowCallView>;

export const Channel = z.enum(['SMS', 'CALL']);
export type Channel = z.infer<typeof Channel>;

export const RegistrationStep = z.enum([
  'CHOOSE_METHOD',
  'ENTER_EMAIL',
  'VERIFY_EMAIL',
  'SET_PASSWORD',
  'ENTER_PHONE',
  'VERIFY_PHONE',
  'DONE',
]);
export type RegistrationStep = z.infer<typeof RegistrationStep>;

export const Registration = z.object({
  step: RegistrationStep,
  method: LoginMethod.optional(),
  maskedEmail: z.string().optional(),
  maskedPhone: z.string().optional(),
  code: CodeView.optional(),
  call: FlowCallView.optional(),
});
export type Registration = z.infer<typeof Registration>;

export const ResetStep = z.enum([
  'VERIFY_EMAIL',
  'CHOOSE_CHANNEL',
  'VERIFY_PHONE',
  'SET_PASSWORD',
  'DONE',
]);
export type ResetStep = z.infer<typeof ResetStep>;

export const PasswordReset = z.object({
  step: ResetStep,
  maskedEmail: z.string(),
  maskedPhone: z.string().optional(),
  code: CodeView.optional(),
  call: FlowCallView.optional(),
});
export type PasswordReset = z.infer<typeof PasswordReset>;

/** Only the answer that reaches DONE has the ticket. */
const ticket = z.string().optional();
export const RegistrationAnswer = z.object({
  registration: Registration,
  ticket,
  email: z
    .string()
    .optional()
    .describe('Beside a ticket: the address to sign in with, which a link does not reveal before'),
});
export const PasswordResetAnswer = z.object({ reset: PasswordReset, ticket });

export const StartProviderRegistration = z.strictObject({
  npi: Npi,
  registrationCode: z.string().trim().min(1).max(64),
});
export const ProviderRegistrationStarted = z.object({
  flowToken: z.string(),
  expiresAt: time,
  provider: z.object({ npi: z.string(), name: z.string() }),
});

export const AccountDetails = z.strictObject({
  username: Username,
  firstName: PersonName,
  lastName: PersonName,
  email: EmailAddress,
  phone: typedPhone,
});
export type AccountDetails = z.infer<typeof AccountDetails>;
export const AccountCreated = z.object({
  username: z.string(),
  maskedEmail: z.string(),
  linkExpiresAt: time,
});

export const RequestLink = z.union([
  z.strictObject({ username: Username }),
  z.strictObject({ email: EmailAddress, password }),
]);

export const ShowRegistrationLink = z.strictObject({ linkToken: z.string() });
export const RegistrationLinkDetails = z.object({ username: z.string(), maskedEmail: z.string() });

export const OpenMfaRegistration = z.union([
  z.strictObject({ username: LegacyUsername, password }),
  // A token of the wrong shape is an invalid link, like one that was used.
  z.strictObject({ linkToken: z.string() }),
]);
export const MfaRegistrationOpened = z.object({
  flowToken: z.string(),
  registration: Registration,
});

export const ChooseMethod = z.strictObject({ method: LoginMethod });
export const EnterEmail = z.strictObject({ email: EmailAddress });
export const VerifyCode = z.strictObject({ code: OneTimeCode });
export const SetPassword = z.strictObject({ password });
export const EnterPhone = z.strictObject({ phoneNumber: typedPhone, channel: Channel });
export const VerifyPhone = z.union([
  z.strictObject({ code: OneTimeCode }),
  z.strictObject({ call: z.literal('CONFIRMED') }),
]);

/** What a change of address or number waits for. */
export const ChangeStarted = z.object({
  code: CodeView.optional(),
  call: FlowCallView.optional(),
});
export type ChangeStarted = z.infer<typeof ChangeStarted>;

export const ChangePassword = z.strictObject({ currentPassword: password, newPassword: password });
export const PasswordChanged = z.object({ ticket: z.string() });
export const UndoEmailChange = z.strictObject({ linkToken: OpaqueToken });

export const StartPasswordReset = z.strictObject({ email: EmailAddress });
export const PasswordResetStarted = z.object({ flowToken: z.string(), reset: PasswordReset });
export const ChooseChannel = z.strictObject({ channel: Channel });
export const Nothing = z.strictObject({});
