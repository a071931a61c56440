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

export class Output {
  readonly #json: boolean;

  constructor(json: boolean) {
    this.#json = json;
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

/** @returns the exit code of an error, which is printed in one line */
export function exitCodeOf(error: unknown): number {
  console.error(`ops: ${(error as Error).message}`);
  if (error instanceof UsageFault) return EXIT.usage;
  return error instanceof Refusal ? EXIT.refused : EXIT.failed;
}
