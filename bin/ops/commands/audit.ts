/** The commands for the audit trail. */
import type { Command } from 'commander';
import { auditEmployee, auditWho, exportAudit, verifyAudit } from '../audit.ts';
import { UsageFault } from '../output.ts';
import type { Range } from '../trail/days.ts';
import { addCommand, instant } from './command.ts';

const RANGE = '--from 2026-10-01 --to 2026-11-01';

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('The audit trail');
  withRange(
    addCommand<Range>(
      audit,
      {
        use: 'export',
        what: 'Print the events as JSON Lines (with --json as one array), ordered by time',
        example: `audit export ${RANGE}`,
      },
      ({ target, options, output }) => exportAudit(target, options, output),
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
  addWho(audit);
}

function addWho(audit: Command): void {
  addCommand<Partial<Range> & { employee?: string }>(
    audit,
    {
      use: 'who [username]',
      what: 'Say who looked at or changed an account, or what an employee looked at and did',
      example: `audit who jrivera ${RANGE}`,
    },
    ({ target, options, output }, username) => {
      const { from = '1970-01-01T00:00:00.000Z', to = '9999-12-31T00:00:00.000Z' } = options;
      const { employee } = options;
      if ((username === undefined) === (employee === undefined))
        throw new UsageFault('Give either a username or --employee.');
      return employee === undefined
        ? auditWho(target, username ?? '', { from, to }, output)
        : auditEmployee(target, employee, { from, to }, output);
    },
  )
    .option('--employee <id>', "an employee's employee_id")
    .option('--from <time>', 'inclusive', instant)
    .option('--to <time>', 'exclusive', instant);
}

function withRange(command: Command): void {
  command
    .requiredOption('--from <time>', 'inclusive', instant)
    .requiredOption('--to <time>', 'exclusive', instant);
}
