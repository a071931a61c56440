/**
 * The operators' command line: `npm run ops -- <command>`. It works on the stage that --stage
 * names, with the usual AWS environment. To use it with `npm start`, set AWS_ENDPOINT_URL and the
 * printed operator key. Exit codes: 0 done, 1 failed or not found, 2 wrong usage, 3 something was
 * refused or differs.
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAccountCommands, addCodeCommands } from './ops/commands/imports.ts';
import { addAuditCommands } from './ops/commands/audit.ts';
import { addStageCommands } from './ops/commands/stage.ts';
import { addUserCommands } from './ops/commands/users.ts';
import { EXIT } from './ops/output.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

const program = new Command('ops')
  .description('Operate a stage of Portal Auth')
  .version(version)
  .option('--stage <stage>', 'the stage to work on', 'local')
  .option('--json', 'print one JSON value', false)
  .showHelpAfterError('Add --help for the options and an example.')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed or not found, 2 wrong usage, 3 something was refused or differs',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage));

addCodeCommands(program);
addAccountCommands(program);
addUserCommands(program);
addAuditCommands(program);
addStageCommands(program);

await program.parseAsync();
