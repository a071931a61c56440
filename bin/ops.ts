/**
 * The operators' command line: `npm run ops -- <command>`. It works on the stage that --stage
 * names, with the usual AWS environment. To use it with `npm start`, set AWS_ENDPOINT_URL and the
 * printed operator key. Exit codes: 0 done, 1 failed or not found, 2 wrong usage, 3 something was
 * refused or differs.
 */
// Before all others, while the heap is small.
import './ops/heap.ts';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { writeLinesTo } from '../lambdas/ground/platform/log.ts';
import { addAccountCommands, addCodeCommands } from './ops/commands/imports.ts';
import { addAuditCommands } from './ops/commands/audit.ts';
import { addStageCommands } from './ops/commands/stage.ts';
import { addUserCommands } from './ops/commands/users.ts';
import { EXIT, printFault } from './ops/output.ts';

// What the backend's use cases log is not the result of a command.
writeLinesTo(process.stderr);

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

const isJson = process.argv.includes('--json');

const program = new Command('ops')
  .description('Operate a stage of Portal Auth')
  .version(isJson ? JSON.stringify(version) : version)
  .option('--stage <stage>', 'the stage to work on', 'local')
  .option('--json', 'print one JSON value', false)
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed or not found, 2 wrong usage, 3 something was refused or ' +
      'differs',
  )
  .configureOutput({ outputError: () => undefined })
  .exitOverride(({ exitCode, code, message }) => {
    if (exitCode === 0) process.exit(EXIT.done);
    const what = code === 'commander.help' ? 'A command is missing.' : message;
    printFault('WRONG_USAGE', what.replace(/^error: /, ''), isJson);
    console.error('Add --help for the options and an example.');
    process.exit(EXIT.usage);
  });

addCodeCommands(program);
addAccountCommands(program);
addUserCommands(program);
addAuditCommands(program);
addStageCommands(program);

await program.parseAsync();
