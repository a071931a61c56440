/**
 * One JSON line per outcome. Fields are codes, ids of ours and numbers: no code, token, password,
 * address, number or name of a person ever goes through here.
 */
import { definite } from './definite.rules.ts';
import { ENVIRONMENT } from './environment-names.ts';
import { embedded, type LogFields, measured } from './metrics.rules.ts';

export type { LogFields } from './metrics.rules.ts';

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

export type Log = (level: LogLevel, code: string, fields?: LogFields) => void;

/** An environment serves one invocation at a time, so one variable holds what identifies it. */
let context: LogFields = {};

/**
 * Sets the fields that every further line of this invocation has besides its own: the request and,
 * once they are known, the flow and the account (a random identifier, which reveals no identity).
 */
export function beginLogContext(fields: LogFields): void {
  context = fields;
}

/** Adds fields to every further line of this invocation. */
export function extendLogContext(fields: LogFields): void {
  context = { ...context, ...fields };
}

/**
 * Standard output unless a program says otherwise: opening it takes milliseconds of a cold start.
 */
let lines: Pick<NodeJS.WritableStream, 'write'> | undefined;

/** Has lines written elsewhere, by programs whose standard output is for their results. */
export function writeLinesTo(stream: Pick<NodeJS.WritableStream, 'write'>): void {
  lines = stream;
}

/**
 * Written to the standard output and not by `console`: Lambda passes lines that are JSON on as they
 * are, where it would put the console's into a string of its own, in which CloudWatch finds no
 * embedded metric.
 */
export const log: Log = (level, code, fields = {}) => {
  const now = Date.now();
  const line = {
    timestamp: new Date(now).toISOString(),
    level,
    code,
    ...context,
    ...fields,
  };
  (lines ?? process.stdout).write(
    `${JSON.stringify({ ...line, ...metricOf(code, fields, now) })}\n`,
  );
};

function metricOf(code: string, fields: LogFields, now: number): Record<string, unknown> {
  const namespace = process.env[ENVIRONMENT.metricsNamespace];
  const metric = namespace === undefined ? undefined : measured(code, fields);
  return metric === undefined ? {} : embedded(metric, namespace ?? '', now);
}

/** The name of an error and where it was raised; messages may quote input, so they stay out. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frame = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
  return definite({ error: error.name, at: frame, ...causeOf(error) });
}

/** Of a cancelled transaction also why, such as `ThrottlingError`. */
function causeOf({ cause }: Error): LogFields {
  if (!(cause instanceof Error)) return {};
  const { CancellationReasons = [] } = cause as { CancellationReasons?: { Code?: string }[] };
  const codes = CancellationReasons.map(({ Code }) => Code).filter((code) => code !== 'None');
  const reasons = [...new Set(codes)].join(', ');
  return { cause: reasons === '' ? cause.name : `${cause.name} (${reasons})` };
}
