import * as z from 'zod';

/** `/config.json`, written where the portal is served: the stack's outputs and what its settings say to people. */
const PortalConfig = z.object({
  userPoolId: z.string().min(1),
  userPoolClientId: z.string().min(1),
  apiUrl: z.url(),
  cognitoUrl: z.url().optional(),
  portalName: z.string().min(1),
  workforceLoginUrl: z.url().optional(),
  rememberDeviceHours: z.number(),
  emailCodeSeconds: z.number(),
});
export type PortalConfig = z.infer<typeof PortalConfig>;

/** @throws Error when there is no such file, or it is not ours */
export async function loadConfig(): Promise<PortalConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}: serve it beside the portal.`);
  return PortalConfig.parse(await response.json());
}
