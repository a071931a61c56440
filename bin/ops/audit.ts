/**
 * Exports the audit trail as JSON Lines, compares it with the archive, and says who looked at or
 * changed an account.
 */
import type { RecordedEvent } from '../../lambdas/ground/audit/audit.rules.ts';
import { EXIT, NotFound, type Output, UsageFault } from './output.ts';
import type { Target } from './target.ts';
import { eventsOf, type NamedEvent } from './looks.ts';
import { compareWithArchive } from './trail/archive.ts';
import { dayEvents, daysOf, type Range } from './trail/days.ts';

/** @throws UsageFault */
function checked({ from, to }: Range): Range {
  if (from >= to) throw new UsageFault(`--from ${from} is not before --to ${to}.`);
  return { from, to };
}

export async function exportAudit(target: Target, range: Range, output: Output): Promise<void> {
  await output.stream(eventsOfRange(target, checked(range)));
}

async function* eventsOfRange(target: Target, range: Range): AsyncGenerator<RecordedEvent> {
  for (const day of daysOf(range, target.now())) yield* dayEvents(target, day, range);
}

/** Compares the trail with its archive. @returns the exit code: 0, or 3 if they differ */
export async function verifyAudit(target: Target, range: Range, output: Output): Promise<number> {
  const { compared, faults } = await compareWithArchive(target, checked(range));
  const lines = faults.map(({ fault, event }) => `${fault.padEnd(12)}  ${event}`);
  lines.push(`${compared} events compared, ${faults.length} faults found`);
  output.result({ compared, faults }, lines.join('\n'));
  return faults.length === 0 ? EXIT.done : EXIT.refused;
}

/** The account of a username, also of one that was erased. @throws NotFound */
async function accountIdOf(target: Target, username: string): Promise<string> {
  const name = username.trim().toLowerCase();
  const owner = (await target.accounts.ownersOf([name], [])).byUsername.get(name);
  if (owner === undefined) throw new NotFound(`No account has the username ${username}.`);
  return owner.accountId;
}

/** Who looked at or changed an account: every event that is not its owner's or the system's. */
export async function auditWho(
  target: Target,
  username: string,
  range: Range,
  output: Output,
): Promise<void> {
  const { from, to } = checked(range);
  const events = (await eventsOf(target, await accountIdOf(target, username))).filter(
    ({ actor, at }) =>
      actor !== undefined && actor !== 'SELF' && actor !== 'SYSTEM' && at >= from && at < to,
  );
  output.result(events, events.map(lineOf).join('\n') || 'Nobody in this time.');
}

function lineOf({ at, event, outcome, actor, actorUsername, ...more }: NamedEvent): string {
  const { operator, reason, ticket } = more;
  const who = [actor, actorUsername ?? operator].filter(Boolean).join(' ');
  const why = [reason, ticket].filter(Boolean).join(', ');
  return [at, who, [event, outcome].filter(Boolean).join(' '), why].filter(Boolean).join('  ');
}

/**
 * What an employee of the help desk looked at and did, the oldest first, with the accounts' names.
 */
export async function auditEmployee(
  target: Target,
  employee: string,
  range: Range,
  output: Output,
): Promise<void> {
  const { from, to } = checked(range);
  const names = new Map<string, string>();
  const nameOfAccount = async (accountId: string): Promise<string> => {
    const known = names.get(accountId);
    if (known !== undefined) return known;
    const isPerson = !accountId.includes('#');
    const account = isPerson ? await target.accounts.get(accountId) : undefined;
    const name = account?.username ?? accountId;
    names.set(accountId, name);
    return name;
  };
  const acts: EmployeeAct[] = [];
  for (const day of daysOf({ from, to }, target.now()))
    for await (const event of dayEvents(target, day, { from, to })) {
      const { accountId, eventId: _event, ...more } = event;
      if (event.employee !== employee && event.secondEmployee !== employee) continue;
      acts.push({ ...more, on: await nameOfAccount(accountId) });
    }
  output.result(acts, acts.map(actLineOf).join('\n') || 'Nothing in this time.');
}

type EmployeeAct = Omit<RecordedEvent, 'accountId' | 'eventId'> & { on: string };

function actLineOf(act: EmployeeAct): string {
  const { at, on: account, event, outcome, employee, secondEmployee, reason } = act;
  const both = secondEmployee === undefined ? '' : `${employee ?? ''} and ${secondEmployee}`;
  const what = [event, outcome].filter(Boolean).join(' ');
  return [at, account, what, both, reason].filter(Boolean).join('  ');
}
