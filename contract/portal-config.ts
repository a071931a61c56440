/** The file `/config.json` beside a portal. The stack's output `PortalConfig` is its content. */
import * as z from 'zod';
import { PortalRole } from './accounts.ts';
import { Channel } from './flows.ts';

export const HOME_ICONS = ['CASES', 'MESSAGES', 'REPORTS', 'CALENDAR', 'LINK'] as const;

export const HomeLink = z.object({
  title: z.string(),
  text: z.string(),
  titleEs: z.string().optional(),
  textEs: z.string().optional(),
  icon: z.enum(HOME_ICONS),
  url: z.url(),
  /** Who sees it. Without it, everyone. */
  roles: z.array(PortalRole).optional(),
});
export type HomeLink = z.infer<typeof HomeLink>;

/** How employees sign in, and what the help desk's pages show. Nothing of it is secret. */
export const EmployeesConfig = z.object({
  /** Base address of the hosted endpoints of the employees' user pool, without a trailing slash. */
  domain: z.url(),
  clientId: z.string().min(1),
  /** `iss` of the employees' tokens. */
  issuer: z.url(),
  scopes: z.array(z.string()).min(1),
  /** The identity provider's name in that pool: Cognito leads straight to it. */
  provider: z.string().min(1),
  /** Ends the session at the organisation's identity provider, if it has such an address. */
  signOutUrl: z.url().optional(),
  /** Whether a second employee approves the acts that hurt most. */
  secondPerson: z.boolean(),
  /** What to check on a call back before a reset. An empty list stands for the portal's own. */
  callBackChecks: z.array(z.object({ text: z.string(), textEs: z.string().optional() })),
});
export type EmployeesConfig = z.infer<typeof EmployeesConfig>;

export const PortalConfig = z.object({
  userPoolId: z.string().min(1),
  userPoolClientId: z.string().min(1),
  /** Base address of the HTTP API, without a trailing slash. */
  apiUrl: z.url(),
  /** Cognito's address, if it is not the Region's own endpoint. */
  cognitoUrl: z.url().optional(),
  portalName: z.string().min(1),
  /** The relying party of passkeys, if it is not the portal's own host name. */
  passkeyRpId: z.string().min(1).optional(),
  /** How employees sign in to this portal. Without it they are led to `workforceLoginUrl`. */
  employees: EmployeesConfig.optional(),
  /**
   * A page elsewhere for employees. Without it and `employees` the portal has no login for them.
   */
  workforceLoginUrl: z.url().optional(),
  /** What people sign in for, as tiles on the home page. */
  homeLinks: z.array(HomeLink).default([]),
  support: z
    .object({ phone: z.string(), hours: z.string(), hoursEs: z.string().optional() })
    .optional(),
  /** How long a session lasts after its factor. */
  sessionHours: z.number().default(4),
  /** 0 if browsers cannot be remembered. */
  rememberDeviceHours: z.number(),
  /** How long a sign-in code by e-mail, a code by text message and a mailed link are valid. */
  emailCodeSeconds: z.number(),
  smsCodeSeconds: z.number(),
  linkSeconds: z.number(),
  /** How a phone can be verified. */
  channels: z.array(Channel),
  /** Countries whose phone numbers are accepted, the usual one first. */
  countries: z
    .array(z.object({ country: z.string().length(2), callingCode: z.string().min(1) }))
    .min(1),
});
export type PortalConfig = z.infer<typeof PortalConfig>;
