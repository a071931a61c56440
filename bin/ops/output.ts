/** What a command prints, and how it ends. */
import { createInterface } from 'node:readline/promises';

/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  /** It failed, or what it names does not exist. */
  failed: 1,
  /** Wrong usage. Nothing was attempted. */
  usage: 2,
  /** Something was refused, or differs. */
  refused: 3,
} as const;

/** The command was not used as it must be. */
export class UsageFault extends Error {}

/** What the command names does not exist. */
export class NotFound extends Error {}

/** The stage refuses what was asked for. */
export class Refusal extends Error {}

/** The command failed when a part of its result was printed. */
class BrokenOff extends Error {}

export class Output {
  readonly #json: boolean;

  constructor(json: boolean) {
    this.#json = json;
  }

  /**
   * Prints the result one by one: as one JSON array if --json is given, otherwise as JSON Lines. An
   * array whose reading fails stays open, so that nobody takes it for the whole.
   */
  async stream(values: AsyncIterable<unknown>): Promise<void> {
    let count = 0;
    try {
      for await (const value of values) {
        const text = JSON.stringify(value);
        await write(this.#json ? `${count === 0 ? '[\n' : ',\n'}${text}` : `${text}\n`);
        count += 1;
      }
    } catch (cause) {
      throw count === 0 ? cause : new BrokenOff((cause as Error).message, { cause });
    }
    if (this.#json) await write(count === 0 ? '[]\n' : '\n]\n');
  }

  /** Prints the one result of a command: as JSON if --json is given, otherwise as text. */
  result(value: unknown, text = JSON.stringify(value, null, 2)): void {
    console.log(this.#json ? JSON.stringify(value, null, 2) : text);
  }

  /** Prints what is not part of the result. */
  note(text: string): void {
    console.error(text);
  }

  /**
   * Asks before what cannot be undone.
   * @throws UsageFault without --yes and without a terminal; Refusal if the answer is not "yes"
   */
  async confirm(what: string, yes: boolean): Promise<void> {
    if (yes) return;
    if (!process.stdin.isTTY)
      throw new UsageFault(`${what} This cannot be undone. Confirm it with --yes.`);
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const answer = await terminal.question(`${what} This cannot be undone. Type "yes": `);
      if (answer.trim().toLowerCase() !== 'yes') throw new Refusal('Nothing has changed.');
    } finally {
      terminal.close();
    }
  }
}

/** Waits where the reader is slower. */
async function write(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise((drained) => process.stdout.once('drain', drained));
}

/** Why a command failed, for programs that read the output. */
type FaultCode = 'WRONG_USAGE' | 'NOT_FOUND' | 'REFUSED' | 'FAILED';

/** Prints an error in one line; with --json also as the one JSON value of the command. */
export function printFault(code: FaultCode, message: string, json: boolean): void {
  console.error(`ops: ${message}`);
  if (json) console.log(JSON.stringify({ error: { code, message } }, null, 2));
}

/** @returns the exit code of an error, which is printed */
export function exitCodeOf(error: unknown, json: boolean): number {
  const isBrokenOff = error instanceof BrokenOff;
  const [code, exit] = kindOf(isBrokenOff ? error.cause : error);
  printFault(code, (error as Error).message, json && !isBrokenOff);
  return exit;
}

function kindOf(error: unknown): [code: FaultCode, exit: number] {
  if (error instanceof UsageFault) return ['WRONG_USAGE', EXIT.usage];
  if (error instanceof NotFound) return ['NOT_FOUND', EXIT.failed];
  return error instanceof Refusal ? ['REFUSED', EXIT.refused] : ['FAILED', EXIT.failed];
}
