/** One command: its options, its example, and what becomes of its outcome and its errors. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, exitCodeOf, Output, UsageFault } from '../output.ts';
import { type Stated, Target } from '../target.ts';

export interface CommandSpec {
  /** With its arguments: `show <username>`. */
  use: string;
  what: string;
  /** An example, without `npm run ops --`. */
  example: string;
  /**
   * What changes something says why. `FILE`: the file's name is the reason where none is given.
   * @default - it changes nothing
   */
  reason?: 'REQUIRED' | 'FILE';
}

export interface Run<O> {
  options: O;
  output: Output;
  target: Target;
}

interface Common extends Stated {
  stage: string;
  json: boolean;
}

/**
 * Adds a command. `run` receives its arguments and options, and returns an exit code, or nothing if
 * it is done.
 */
export function addCommand<O extends object = object>(
  parent: Command,
  { use, what, example, reason }: CommandSpec,
  run: (run: Run<O>, ...args: string[]) => Promise<number | void>,
): Command {
  const command = parent
    .command(use)
    .description(what)
    .option('--stage <stage>', 'the stage to work on')
    .option('--json', 'print one JSON value')
    .addHelpText('after', `\nExample:\n  npm run ops -- ${example}`);
  if (reason !== undefined) addReason(command, reason);
  return command.action(async (...given: unknown[]) => {
    const args = given.slice(0, -2) as string[];
    // Options after the command take precedence over those before it.
    const options = {
      ...rootOf(command).opts<Common>(),
      ...command.opts<Record<string, unknown>>(),
    } as O & Common;
    const output = new Output(options.json);
    process.exitCode = await exitCode(options.json, async () => {
      const target = await Target.find(options.stage, statedIn(options, args, reason));
      return run({ options, output, target }, ...args);
    });
  });
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

function addReason(command: Command, reason: 'REQUIRED' | 'FILE'): void {
  const option = new Option('--reason <text>', 'why, for the audit trail').argParser(stated);
  if (reason === 'REQUIRED') option.makeOptionMandatory();
  command
    .addOption(option)
    .option('--ticket <id>', 'the ticket, for the audit trail', stated)
    .option('--yes', 'do not ask for confirmation', false);
}

function stated(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 500)
    throw new InvalidArgumentError('It must have 1 to 500 characters.');
  return trimmed;
}

function statedIn(options: Stated, args: string[], kind: CommandSpec['reason']): Stated {
  const { reason, ticket } = options;
  if (kind === 'FILE') return { reason: reason ?? `import of ${args[0] ?? ''}`, ticket };
  return { reason, ticket };
}

async function exitCode(json: boolean, run: () => Promise<number | void>): Promise<number> {
  try {
    return (await run()) ?? EXIT.done;
  } catch (error) {
    return exitCodeOf(error, json);
  }
}

/** Reads a whole number between two bounds. */
export const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  return number;
};

/** Reads a date or a time. */
export function instant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new InvalidArgumentError(
      'It must be a date or time, such as 2026-10-31 or 2026-10-31T12:00:00Z.',
    );
  return new Date(time).toISOString();
}

/** @throws UsageFault if an argument is missing */
export function argument(args: readonly string[], index: number): string {
  const value = args[index];
  if (value === undefined) throw new UsageFault('An argument is missing.');
  return value;
}
