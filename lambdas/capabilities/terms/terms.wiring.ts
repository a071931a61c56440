import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';

export function wireTerms() {
  const { settings } = readEnvironment({ settings: ENVIRONMENT.settings });
  return { settings: parseSettings(settings) };
}
