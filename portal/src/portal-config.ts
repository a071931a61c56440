import { PortalConfig } from '../../contract/portal-config.ts';

/** @throws Error when there is no such file, or it is not ours */
export async function loadConfig(): Promise<PortalConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok)
    throw new Error(`/config.json answered ${response.status}: serve it beside the portal.`);
  return PortalConfig.parse(await response.json());
}
