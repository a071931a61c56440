/** The commands for the audit trail. */
import type { Command } from 'commander';
import { auditWho, exportAudit, type Range, verifyAudit } from '../audit.ts';
import { addCommand, argument, instant } from './command.ts';

const RANGE = '--from 2026-10-01 --to 2026-11-01';

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('The audit trail');
  withRange(
    addCommand<Range>(
      audit,
      {
        use: 'export',
        what: 'Print the events as JSON Lines, ordered by time',
        example: `audit export ${RANGE}`,
      },
      ({ target, options }) => exportAudit(target, options),
    ),
  );
  withRange(
    addCommand<Range>(
      audit,
      {
        use: 'verify',
        what: 'Compare the events with the archive',
        example: `audit verify ${RANGE}`,
      },
      ({ target, options, output }) => verifyAudit(target, options, output),
    ),
  );
  addCommand<Partial<Range>>(
    audit,
    {
      use: 'who <username>',
      what: 'Say who looked at or changed an account',
      example: `audit who jrivera ${RANGE}`,
    },
    ({ target, options, output }, ...args) => {
      const { from = '1970-01-01T00:00:00.000Z', to = '9999-12-31T00:00:00.000Z' } = options;
      return auditWho(target, argument(args, 0), { from, to }, output);
    },
  )
    .option('--from <time>', 'inclusive', instant)
    .option('--to <time>', 'exclusive', instant);
}

function withRange(command: Command): void {
  command
    .requiredOption('--from <time>', 'inclusive', instant)
    .requiredOption('--to <time>', 'exclusive', instant);
}
