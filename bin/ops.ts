/**
 * The operators' command line: `npm run ops -- <command>`. It works on the stage that --stage
 * names, with the usual AWS environment. To use it with `npm start`, set AWS_ENDPOINT_URL and the
 * printed operator key. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 something was refused.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { PortalRole } from '../contract/accounts.ts';
import { importAccounts, showAccount } from './ops/accounts.ts';
import { exportAudit, verifyAudit } from './ops/audit.ts';
import { importCodes, issueCodes, revokeCode } from './ops/codes.ts';
import { examine } from './ops/doctor.ts';
import { Target } from './ops/target.ts';
import { actOnUser, setEmail, type UserAction } from './ops/users.ts';

const program = new Command('ops')
  .description('Operate a stage of Portal Auth')
  .option('--stage <stage>', 'the stage to work on', 'local')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const target = () => Target.find(program.opts<{ stage: string }>().stage);
const roleOption = new Option('--role <role>', 'the role that the account gets')
  .choices(['STANDARD', 'ADMIN'])
  .default('STANDARD');

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1_000)
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return number;
}

function instant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new InvalidArgumentError(
      'It must be a date or time, such as 2026-10-31 or 2026-10-31T12:00:00Z.',
    );
  return new Date(time).toISOString();
}

/** Runs a command and sets its exit code. A failure is reported in one line. */
function ending<A extends unknown[]>(
  run: (...given: A) => Promise<number>,
): (...given: A) => Promise<void> {
  return async (...given) => {
    try {
      process.exitCode = await run(...given);
    } catch (error) {
      console.error(`ops: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  };
}

const codes = program.command('codes').description('Registration codes');
codes
  .command('import <file>')
  .description('CSV or JSON Lines: npi, code, role?, providerName?')
  .option('--dry-run', 'report what would happen and change nothing', false)
  .action(
    ending(async (file: string, { dryRun }: { dryRun: boolean }) =>
      importCodes(await target(), { file, dryRun, progress: process.stdout.isTTY }),
    ),
  );
codes
  .command('issue')
  .description('Make random codes. Each is shown once.')
  .requiredOption('--npi <npi>', 'the provider')
  .option('--count <count>', 'how many codes', count, 1)
  .option('--name <name>', "the provider's name, if it is new or has changed")
  .addOption(roleOption)
  .action(
    ending(
      async ({
        npi,
        count: many,
        name,
        role,
      }: {
        npi: string;
        count: number;
        name?: string;
        role: PortalRole;
      }) => issueCodes(await target(), { npi, count: many, role, name }),
    ),
  );
codes
  .command('revoke')
  .description('Revoke a code that is not yet redeemed')
  .requiredOption('--npi <npi>', 'the NPI of the provider')
  .requiredOption('--code <code>', 'the code')
  .action(
    ending(async ({ npi, code }: { npi: string; code: string }) =>
      revokeCode(await target(), npi, code),
    ),
  );

const accounts = program.command('accounts').description('Accounts');
accounts
  .command('import <file>')
  .description('CSV or JSON Lines: username, firstName, lastName, npi, passwordHash, email?, role?')
  .option('--dry-run', 'report what would happen and change nothing', false)
  .action(
    ending(async (file: string, { dryRun }: { dryRun: boolean }) =>
      importAccounts(await target(), { file, dryRun, progress: process.stdout.isTTY }),
    ),
  );
accounts
  .command('show <username>')
  .description('Show an account')
  .action(ending(async (username: string) => showAccount(await target(), username)));

program
  .command('doctor')
  .description(
    'Examine the stage and its account, and change nothing: OK, WARN or FIX, with remedies',
  )
  .action(ending(async () => examine(await target())));

const users = program
  .command('users')
  .description('Users: what a provider admin can do, for every provider');
for (const action of [
  'show',
  'reset',
  'disable',
  'enable',
  'make-admin',
  'make-standard',
  'events',
] as const satisfies UserAction[]) {
  users
    .command(`${action} <username>`)
    .action(ending(async (username: string) => actOnUser(await target(), action, username)));
}

users
  .command('set-email <username> <email>')
  .description('Correct the address on record of a user who is not registered, and mail the link')
  .action(
    ending(async (username: string, email: string) => setEmail(await target(), username, email)),
  );

const audit = program.command('audit').description('The audit trail');
for (const [name, run, what] of [
  ['export', exportAudit, 'print the events as JSON Lines'],
  ['verify', verifyAudit, 'compare the events with the archive'],
] as const) {
  audit
    .command(name)
    .description(what)
    .requiredOption('--from <time>', 'inclusive', instant)
    .requiredOption('--to <time>', 'exclusive', instant)
    .action(
      ending(async ({ from, to }: { from: string; to: string }) => run(await target(), from, to)),
    );
}

await program.parseAsync();
