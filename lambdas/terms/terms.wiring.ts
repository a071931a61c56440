import { parseSettings, readEnvironment } from '../platform/environment.ts';
import { ENVIRONMENT } from '../platform/environment-names.ts';

export function wireTerms() {
  const { settings } = readEnvironment({ settings: ENVIRONMENT.settings });
  return parseSettings(settings);
}
