/** One line that a Lambda wrote. */
interface LogLine {
  function: string;
  /** ISO 8601, on the emulated clock. */
  at: string;
  line: string;
}

/** What the Lambdas wrote, oldest first. */
export interface FunctionLogs {
  add: (functionId: string, at: number, text: string) => void;
  read: (functionId?: string) => LogLine[];
}

const KEPT_LINES = 50_000;

/** Keeps the last lines in memory. */
export function createFunctionLogs(): FunctionLogs {
  let lines: LogLine[] = [];
  return {
    add(functionId, at, text) {
      for (const line of text.split('\n')) {
        if (line !== '') lines.push({ function: functionId, at: new Date(at).toISOString(), line });
      }
      if (lines.length > KEPT_LINES * 1.2) lines = lines.slice(-KEPT_LINES);
    },
    read: (functionId) =>
      functionId === undefined ? lines : lines.filter((line) => line.function === functionId),
  };
}
