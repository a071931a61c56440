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
  /** Where employees sign in. Without it the portal shows no login for them. */
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
