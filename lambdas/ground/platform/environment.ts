import type { EnvironmentName, FunctionSettings } from './environment-names.ts';

/**
 * The environment lacks variables that this function needs: a fault of the stack, never of a
 * request.
 */
export class EnvironmentIncomplete extends Error {
  override readonly name = 'EnvironmentIncomplete';
  readonly missing: readonly string[];
  constructor(missing: readonly string[]) {
    super(`The environment lacks ${missing.join(', ')}: grant the function what it uses, in lib/.`);
    this.missing = missing;
  }
}

/**
 * Reads the named variables at once and reports every missing one together. Call it in wiring only.
 */
export function readEnvironment<K extends string>(
  names: Record<K, EnvironmentName>,
  environment: NodeJS.ProcessEnv = process.env,
): Record<K, string> {
  const keys = Object.keys(names) as K[];
  const missing = keys.map((key) => names[key]).filter((name) => !environment[name]);
  if (missing.length > 0) throw new EnvironmentIncomplete(missing);
  return Object.fromEntries(keys.map((key) => [key, environment[names[key]]])) as Record<K, string>;
}

/** The settings as the stack checked and wrote them. */
export function parseSettings(json: string): FunctionSettings {
  return JSON.parse(json) as FunctionSettings;
}
