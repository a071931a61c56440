/** `/config.json` beside a portal: what the stack's output `PortalConfig` says. */
import * as z from 'zod';
import { Channel } from './flows.ts';

export const PortalConfig = z.object({
  userPoolId: z.string().min(1),
  userPoolClientId: z.string().min(1),
  /** Base address of the HTTP API, without a trailing slash. */
  apiUrl: z.url(),
  /** Where Cognito answers, if it is not the Region's own endpoint. */
  cognitoUrl: z.url().optional(),
  portalName: z.string().min(1),
  /** Where employees sign in; without it, no login is shown for them. */
  workforceLoginUrl: z.url().optional(),
  /** 0 where no browser can be remembered. */
  rememberDeviceHours: z.number(),
  /** Lives of a sign-in code by e-mail, of one by text message, and of a mailed link. */
  emailCodeSeconds: z.number(),
  smsCodeSeconds: z.number(),
  linkSeconds: z.number(),
  /** How a phone can be verified. */
  channels: z.array(Channel),
  /** Where phones may be, the usual country first. */
  countries: z
    .array(z.object({ country: z.string().length(2), callingCode: z.string().min(1) }))
    .min(1),
});
export type PortalConfig = z.infer<typeof PortalConfig>;
