/** One line that a Lambda wrote. */
interface LogLine {
  function: string;
  /** ISO 8601, on the emulated clock. */
  at: string;
  line: string;
}

/**
 * Who wrote a line, on which CloudWatch's form of it depends: the function on its standard output,
 * the function by its console, or Lambda itself.
 */
export type LineSource = 'OUTPUT' | 'CONSOLE' | 'PLATFORM';

/** A line on its way to CloudWatch. */
export interface WrittenLine {
  function: string;
  /** Milliseconds since 1970, on the emulated clock. */
  at: number;
  line: string;
  by: LineSource;
}

/** What a function wrote, of any number of lines. */
interface WrittenText {
  at: number;
  text: string;
  by?: LineSource;
}

/** What the Lambdas wrote, oldest first. */
export interface FunctionLogs {
  /** Lines of Lambda itself go to followers only. */
  add: (functionId: string, written: WrittenText) => void;
  read: (functionId?: string) => LogLine[];
  /** Gives every further line to a follower. */
  follow: (follower: (line: WrittenLine) => void) => void;
}

const KEPT_LINES = 50_000;

/** Keeps the last lines in memory. */
export function createFunctionLogs(): FunctionLogs {
  let lines: LogLine[] = [];
  const followers: ((line: WrittenLine) => void)[] = [];
  return {
    add(functionId, { at, text, by = 'OUTPUT' }) {
      for (const line of text.split('\n').filter((one) => one !== '')) {
        for (const follow of followers)
          follow({
            function: functionId,
            at,
            line,
            by,
          });
        if (by !== 'PLATFORM')
          lines.push({
            function: functionId,
            at: new Date(at).toISOString(),
            line,
          });
      }
      if (lines.length > KEPT_LINES * 1.2) lines = lines.slice(-KEPT_LINES);
    },
    read: (functionId) =>
      functionId === undefined ? lines : lines.filter((line) => line.function === functionId),
    follow: (follower) => void followers.push(follower),
  };
}
