/** Bodies of the help desk's routes: people of every provider, approvals and registration codes. */
import * as z from 'zod';
import { AccountStatus, EmailAddress, LoginMethod, PortalRole, SignInMethod } from './accounts.ts';
import { Language, ManagedUser } from './portal.ts';

const time = z.iso.datetime();

/** Why an employee acts, as the audit trail keeps it. */
const Reason = z.string().trim().min(3, 'must say why').max(500);

export const Person = ManagedUser.extend({ npi: z.string() });
export type Person = z.infer<typeof Person>;

export const PersonPage = z.object({ users: z.array(Person), cursor: z.string().optional() });
export type PersonPage = z.infer<typeof PersonPage>;

const SOUGHT = ['username', 'email', 'phone', 'npi'] as const;

/** What a caller says of themselves: exactly one of four. */
export const PersonSearch = z
  .strictObject({
    username: z.string().trim().toLowerCase().min(1).max(32).optional(),
    email: EmailAddress.optional(),
    phone: z.string().trim().min(1).max(32).optional(),
    npi: z.string().trim().min(1).max(16).optional(),
    cursor: z.string().max(512).optional().describe('Leads on through the users of an NPI.'),
  })
  .refine((query) => SOUGHT.filter((name) => query[name] !== undefined).length === 1, {
    message: 'must have exactly one of username, email, phone and npi',
  })
  .refine(({ npi, cursor }) => cursor === undefined || npi !== undefined, {
    path: ['cursor'],
    message: 'is for a search by npi only',
  });
export type PersonSearch = z.infer<typeof PersonSearch>;

/** An act that may help a person, as a button of the help desk's page. */
export const HelpfulAct = z.enum(['LINK', 'EMAIL', 'RESET', 'UNLOCK', 'ENABLE']);
export type HelpfulAct = z.infer<typeof HelpfulAct>;

/** What keeps a person out for a while. */
export const Lock = z.enum([
  'HOUR_OF_WRONG_CODES',
  'WRONG_CODES',
  'HOUR_OF_PORTAL_PASSWORDS',
  'PORTAL_PASSWORDS',
  'LEASE',
]);
export type Lock = z.infer<typeof Lock>;

/** What a person has begun and not completed. */
export const OpenFlow = z.enum(['REGISTRATION', 'LINK']);
export type OpenFlow = z.infer<typeof OpenFlow>;

/** What went out to a person, and what came of it. */
export const SendEvent = z.enum([
  'CODE_SENT',
  'LINK_SENT',
  'CALL_PLACED',
  'CALL_CONFIRMED',
  'CALL_DENIED',
  'EMAIL_BOUNCED',
]);
export type SendEvent = z.infer<typeof SendEvent>;

/** What to do next, for pages in any language. */
export const NextStep = z.enum([
  'MAIL_LINK',
  'CORRECT_BOUNCED_EMAIL',
  'ASK_FOR_EMAIL',
  'FORMER_PORTAL_LOGIN',
  'CONTINUE_AT_PORTAL_LOGIN',
  'FIND_OUT_WHY_DISABLED',
  'RESET_PASSWORD_OR_UNLOCK',
  'WAIT_OR_UNLOCK',
  'USE_EMAIL_ADDRESS',
  'RESET_PASSWORD',
  'REPLACE_LOST_PHONE',
]);
export type NextStep = z.infer<typeof NextStep>;

/** Each text comes with a code, by which a page can show it in another language. */
export const ExplanationView = z.object({
  status: AccountStatus,
  meaning: z.string(),
  factors: z.object({
    method: LoginMethod.optional(),
    maskedEmail: z.string().optional(),
    maskedPhone: z.string().optional(),
    language: Language.optional().describe('Of messages and calls. Absent: none was chosen.'),
    passkeys: z.int().optional().describe('How many there are. Absent: none.'),
    recoveryCodes: z.int().optional().describe('How many are unused. Absent: none.'),
  }),
  sends: z.array(
    z.object({
      at: time,
      event: SendEvent,
      what: z.string(),
      cause: z.string().optional().describe('What it was for, or DELIVERY_FAILED.'),
      factor: z.string().optional().describe('With DELIVERY_FAILED: the factor that failed.'),
      failure: z.string().optional().describe('With DELIVERY_FAILED: the class of its cause.'),
    }),
  ),
  locks: z.array(z.object({ lock: Lock, what: z.string(), until: time.optional() })),
  flows: z.array(
    z.object({
      flow: OpenFlow,
      what: z.string(),
      step: z.string().optional(),
      openedAt: time.optional(),
      until: time.optional(),
    }),
  ),
  signIns: z.array(z.object({ at: time, loginMethod: SignInMethod.optional() })),
  nextSteps: z.array(z.string()).describe('In words, the most likely remedy first.'),
  steps: z.array(NextStep).describe('The same as codes, in the same order.'),
  waitUntil: time.optional().describe('With WAIT_OR_UNLOCK: when what is locked opens by itself.'),
  acts: z.array(HelpfulAct).describe('The acts that nextSteps speak of.'),
});
export type ExplanationView = z.infer<typeof ExplanationView>;

export const WithReason = z.strictObject({ reason: Reason });
export const SetPersonStatus = z.strictObject({
  status: z.enum(['DISABLED', 'ENABLED']),
  reason: Reason,
});
export const CorrectPersonEmail = z.strictObject({ email: EmailAddress, reason: Reason });

/** The answer to an act that a second employee has to approve. */
export const ApprovalNeeded = z.object({ approvalId: z.string(), expiresAt: time });
export type ApprovalNeeded = z.infer<typeof ApprovalNeeded>;

export const ApprovalAct = z.enum(['DISABLE', 'RESET']);
export type ApprovalAct = z.infer<typeof ApprovalAct>;

export const Approvals = z.object({
  approvals: z.array(
    z.object({
      approvalId: z.string(),
      act: ApprovalAct,
      username: z.string(),
      npi: z.string(),
      reason: z.string(),
      requestedBy: z.string().describe("The employee's name."),
      own: z.boolean().describe('Whether the caller requested it, and cannot decide it.'),
      requestedAt: time,
      expiresAt: time,
    }),
  ),
});
export type Approvals = z.infer<typeof Approvals>;

export const ApprovalDecision = z.enum(['APPROVED', 'DENIED']);
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;
export const DecideApproval = z.strictObject({ decision: ApprovalDecision });
export const ApprovalDecided = z.object({
  approvalId: z.string(),
  decision: ApprovalDecision,
});
export type ApprovalDecided = z.infer<typeof ApprovalDecided>;

export const ProviderView = z.object({
  npi: z.string(),
  name: z.string(),
  registrationCodes: z.array(
    z.object({
      codeId: z.string(),
      role: PortalRole,
      status: z.enum(['OPEN', 'REDEEMED', 'REVOKED']),
      issuedAt: time,
      issuedBy: z.string().describe('An employee_id, or OPERATOR.'),
    }),
  ),
});
export type ProviderView = z.infer<typeof ProviderView>;

/** The most codes that one request issues. */
const MOST_CODES_AT_ONCE = 50;

export const IssueCodes = z.strictObject({
  count: z.int().min(1).max(MOST_CODES_AT_ONCE),
  role: PortalRole,
  providerName: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .regex(/^[^\p{C}]*$/u, 'contains control characters')
    .optional(),
  reason: Reason,
});
export type IssueCodes = z.infer<typeof IssueCodes>;

export const CodesIssued = z.object({
  codes: z.array(z.object({ codeId: z.string(), code: z.string() })),
});
export type CodesIssued = z.infer<typeof CodesIssued>;
