/** Reads the settings of a stage, and reports all of their faults at once. */
import * as z from 'zod';
import { StageSettings } from './settings.ts';

/** Reports every fault of a stage's settings at once. */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
}

/**
 * Reads the settings of a stage.
 * @param stages the `stages` of cdk.json's context
 * @param stage undefined where the command chooses none
 * @throws SettingsFault naming every wrong setting, its value and its remedy
 */
export function readSettings(
  stages: unknown,
  stage: string | undefined,
  overrides: Partial<StageSettings> = {},
): StageSettings {
  const all = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(stages);
  const known = all.success ? Object.keys(all.data).join(', ') : 'none';
  if (stage === undefined)
    throw new SettingsFault(
      'No stage is chosen. Add -c stage=NAME to the command, with a stage of the context in ' +
        `cdk.json: ${known}`,
    );
  const own = all.success ? all.data[stage] : undefined;
  if (own === undefined) {
    throw new SettingsFault(
      `Stage "${stage}" has no settings. Add "stages.${stage}" to the context in cdk.json, ` +
        `or choose one of: ${known}`,
    );
  }
  const given = { ...own, stage, ...overrides };
  const parsed = StageSettings.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => describe(issue, given, `stages.${stage}`));
  throw new SettingsFault(
    [
      `The settings of stage "${stage}" (context in cdk.json) have ${faults.length} faults:`,
      ...faults.map((fault) => `  - ${fault}`),
    ].join('\n'),
  );
}

function describe(issue: z.core.$ZodIssue, given: unknown, root: string): string[] {
  const name = [root, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(
      (key) => `${name}.${key} is not a setting: correct its name or remove it`,
    );
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  return [
    `${name} = ${value === undefined ? '(not set)' : JSON.stringify(value)}: ${issue.message}`,
  ];
}
