import { PortalConfig } from '../../contract/portal-config.ts';

/** @throws Error if the file is missing or has another shape */
export async function loadConfig(): Promise<PortalConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok)
    throw new Error(`/config.json returned ${response.status}. Serve it beside the portal.`);
  return PortalConfig.parse(await response.json());
}
