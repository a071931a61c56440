import type { PortalConfig } from '../../contract/portal-config.ts';

const TEXTS = ['userPoolId', 'userPoolClientId', 'apiUrl', 'portalName'] as const;
const NUMBERS = [
  'rememberDeviceHours',
  'emailCodeSeconds',
  'smsCodeSeconds',
  'linkSeconds',
] as const;
const LISTS = ['channels', 'countries'] as const;

/**
 * Reads the file beside the portal. The stack writes it by the schema of `contract/`; what is
 * checked here is that the file is that one, without loading a schema library for it.
 * @throws Error if the file is missing or has another shape
 */
export async function loadConfig(): Promise<PortalConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok)
    throw new Error(`/config.json returned ${response.status}. Serve it beside the portal.`);
  return readConfig(await response.json());
}

export function readConfig(file: unknown): PortalConfig {
  const config = (file ?? {}) as Record<string, unknown>;
  const missing = [
    ...TEXTS.filter((name) => typeof config[name] !== 'string'),
    ...NUMBERS.filter((name) => typeof config[name] !== 'number'),
    ...LISTS.filter((name) => !Array.isArray(config[name])),
  ];
  if (missing.length > 0)
    throw new Error(
      `/config.json lacks ${missing.join(', ')}. Use the stack's output PortalConfig.`,
    );
  return { homeLinks: [], sessionHours: 4, ...config } as unknown as PortalConfig;
}
