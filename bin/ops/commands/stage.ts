/** The commands for the stage itself. */
import type { Command } from 'commander';
import { check, repair } from '../check.ts';
import { addCommand, instant } from './command.ts';

export function addStageCommands(program: Command): void {
  addCommand(
    program,
    {
      use: 'doctor',
      what: 'Examine the stage and its account, and change nothing: OK, WARN or FIX, with remedies',
      example: 'doctor --stage example',
    },
    // The clients of a dozen services, which take a while to load.
    async ({ target, output }) => (await import('../doctor.ts')).examine(target, output),
  );
  addCommand<{ since?: string }>(
    program,
    {
      use: 'check',
      what:
        'Compare accounts, their names and the user pool, devices, passkeys, codes, the trail ' +
        'and its archive, and change nothing',
      example: 'check --stage example',
    },
    ({ target, options, output }) => check(target, options.since, output),
  ).option('--since <time>', 'read the trail from there (default: a day ago)', instant);
  addCommand<{ yes: boolean }>(
    program,
    {
      use: 'repair',
      what: 'Mend what check finds, where nothing has to be decided',
      example: 'repair --stage example --reason "after the outage of Monday"',
      reason: 'REQUIRED',
    },
    async ({ target, output, options }) => {
      await output.confirm(
        'Repair releases names, and deletes users that no account refers to.',
        options.yes,
      );
      return repair(target, output);
    },
  );
}
