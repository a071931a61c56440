/** The commands for registration codes, providers and imported accounts. */
import { type Command, Option } from 'commander';
import type { PortalRole } from '../../../contract/accounts.ts';
import { accountImport } from '../accounts.ts';
import {
  checkedNpi,
  codeImport,
  issueCodes,
  listCodes,
  revokeCodes,
  showProvider,
} from '../codes.ts';
import { type ImportOptions, runImport } from '../import/command.ts';
import { showUser } from '../looks.ts';
import { addCommand, argument, wholeNumber } from './command.ts';

function withImportOptions(command: Command): void {
  command
    .option('--dry-run', 'say what a run would do, and change nothing', false)
    .option('--update', 'change what differs, where nobody has registered yet', false)
    .option('--encoding <name>', 'the encoding of the file, such as windows-1252')
    .option('--parallel <number>', 'how many batches at once', wholeNumber(1, 32), 4);
}

export function addCodeCommands(program: Command): void {
  const codes = program.command('codes').description('Registration codes');
  addCodeImport(codes);
  addIssue(codes);
  addListAndRevoke(codes);
  const providers = program.command('providers').description('Providers');
  addCommand(
    providers,
    {
      use: 'show <npi>',
      what: 'Show a provider: its users, admins and codes in numbers',
      example: 'providers show 1234567893',
    },
    ({ target, output }, ...args) => showProvider(target, checkedNpi(argument(args, 0)), output),
  );
}

function addCodeImport(codes: Command): void {
  withImportOptions(
    addCommand<ImportOptions>(
      codes,
      {
        use: 'import <file>',
        what: 'Import CSV or JSON Lines: npi, code, role?, providerName?',
        example: 'codes import codes.csv --dry-run',
        reason: 'FILE',
      },
      ({ target, options, output }, ...args) =>
        runImport(
          target,
          codeImport(target, options),
          { file: argument(args, 0), output },
          options,
        ),
    ),
  );
}

function addIssue(codes: Command): void {
  addCommand<{ npi: string; count: number; name?: string; role: PortalRole }>(
    codes,
    {
      use: 'issue',
      what: 'Make random codes. Each is shown once.',
      example: 'codes issue --npi 1234567893 --count 5 --reason "new staff at Cedar Grove"',
      reason: 'REQUIRED',
    },
    ({ target, options, output }) =>
      issueCodes(target, { ...options, npi: checkedNpi(options.npi) }, output),
  )
    .requiredOption('--npi <npi>', 'the provider')
    .option('--count <count>', 'how many codes', wholeNumber(1, 1000), 1)
    .option('--name <name>', "the provider's name, if it is new or has changed")
    .addOption(
      new Option('--role <role>', 'the role that the account gets')
        .choices(['STANDARD', 'ADMIN'])
        .default('STANDARD'),
    );
}

function addListAndRevoke(codes: Command): void {
  addCommand<{ npi: string }>(
    codes,
    {
      use: 'list',
      what: "List a provider's codes by their IDs, with what became of each",
      example: 'codes list --npi 1234567893',
    },
    ({ target, options, output }) => listCodes(target, checkedNpi(options.npi), output),
  ).requiredOption('--npi <npi>', 'the provider');
  addCommand<{ npi: string; code?: string; all: boolean }>(
    codes,
    {
      use: 'revoke',
      what: 'Revoke a code that is not yet redeemed, or all of them',
      example: 'codes revoke --npi 1234567893 --code CEDAR-7K4M-92QX --reason "letter was lost"',
      reason: 'REQUIRED',
    },
    ({ target, options, output }) =>
      revokeCodes(target, { ...options, npi: checkedNpi(options.npi) }, output),
  )
    .requiredOption('--npi <npi>', 'the NPI of the provider')
    .option('--code <code>', 'the code')
    .option('--all', 'every code of the provider that is open', false);
}

export function addAccountCommands(program: Command): void {
  const accounts = program.command('accounts').description('Accounts');
  withImportOptions(
    addCommand<ImportOptions>(
      accounts,
      {
        use: 'import <file>',
        what:
          'Import CSV or JSON Lines: username, firstName, lastName, npi, passwordHash?, email?, ' +
          'role?, language?, legacyUsername?',
        example: 'accounts import people.csv --dry-run',
        reason: 'FILE',
      },
      ({ target, options, output }, ...args) => {
        const kind = accountImport(target, options.update);
        return runImport(target, kind, { file: argument(args, 0), output }, options);
      },
    ),
  );
  addCommand(
    accounts,
    {
      use: 'show <username>',
      what: 'Show an account',
      example: 'accounts show jrivera',
    },
    ({ target, output }, ...args) => showUser(target, argument(args, 0), output),
  );
}
