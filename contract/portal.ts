/**
 * Bodies of the routes for signed-in users: themselves, their devices, and the users that a
 * provider admin manages.
 */
import * as z from 'zod';
import { AccountStatus, EmailAddress, LoginMethod, PortalRole, SignInMethod } from './accounts.ts';
import { LANGUAGES } from './languages.ts';

const time = z.iso.datetime();

/** Of a person's messages and calls: a BCP 47 tag. */
export const Language = z.enum(LANGUAGES);

export const Terms = z.object({
  version: z.string(),
  /** Of the title and the text. */
  language: Language,
  title: z.string(),
  effectiveAt: time,
  sha256: z.string(),
  markdown: z.string(),
});
export type Terms = z.infer<typeof Terms>;

export const Me = z.object({
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  maskedPhone: z.string().optional(),
  method: LoginMethod,
  role: PortalRole,
  npi: z.string(),
  /** Absent: none was chosen, and messages and calls are in English. */
  language: Language.optional(),
  acceptedTermsVersion: z.string().optional(),
  lastSignInAt: time.optional(),
  previousSignInAt: time.optional(),
  previousLoginMethod: SignInMethod.optional(),
});
export type Me = z.infer<typeof Me>;

export const ChooseLanguage = z.strictObject({ language: Language });

export const RememberedDevice = z.object({
  deviceId: z.string(),
  browser: z.string().optional(),
  loginMethod: LoginMethod,
  createdAt: time,
  expiresAt: time,
  lastUsedAt: time.optional(),
});
export const RememberedDevices = z.array(RememberedDevice);
export type RememberedDevice = z.infer<typeof RememberedDevice>;

export const ManagedUser = z.object({
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  maskedEmail: z.string().optional(),
  maskedPhone: z.string().optional(),
  method: LoginMethod.optional(),
  status: AccountStatus,
  role: PortalRole,
  lastSignInAt: time.optional(),
});
export type ManagedUser = z.infer<typeof ManagedUser>;

export const UserPage = z.object({ users: z.array(ManagedUser), cursor: z.string().optional() });
export type UserPage = z.infer<typeof UserPage>;
export const UserSearch = z.strictObject({
  search: z.string().trim().max(64).optional(),
  cursor: z.string().max(512).optional(),
});

/** One line of the audit trail as a provider admin sees it. */
export const UserEvent = z.object({
  at: time,
  event: z.string(),
  outcome: z.string().optional(),
  /** `SELF`, `ADMIN`, `HELP_DESK`, `OPERATOR` or `SYSTEM`. */
  actor: z.string().optional(),
  /** Of an admin of the same provider. */
  actorUsername: z.string().optional(),
  reason: z.string().optional(),
  loginMethod: SignInMethod.optional(),
  sourceAddress: z.string().optional(),
  requestId: z.string().optional(),
});
export const UserEventPage = z.object({
  events: z.array(UserEvent),
  cursor: z.string().optional(),
});
export type UserEventPage = z.infer<typeof UserEventPage>;
export const EventSearch = z.strictObject({ cursor: z.string().max(512).optional() });

export const ResetRegistration = z.strictObject({ reason: z.string().trim().max(500).optional() });
export const CorrectEmail = z.strictObject({ email: EmailAddress });
export const SetStatus = z.strictObject({ status: z.enum(['DISABLED', 'ENABLED']) });
