/** The commands for the stage itself. */
import type { Command } from 'commander';
import { examine } from '../doctor.ts';
import { addCommand } from './command.ts';

export function addStageCommands(program: Command): void {
  addCommand(
    program,
    {
      use: 'doctor',
      what: 'Examine the stage and its account, and change nothing: OK, WARN or FIX, with remedies',
      example: 'doctor --stage example',
    },
    ({ target, output }) => examine(target, output),
  );
}
