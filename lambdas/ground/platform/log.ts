/**
 * One JSON line per outcome. Fields are codes, ids of ours and numbers: no code, token, password,
 * address, number or name of a person ever goes through here.
 */
export interface LogFields {
  [field: string]: string | number | boolean | undefined;
}

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

export type Log = (level: LogLevel, code: string, fields?: LogFields) => void;

export const log: Log = (level, code, fields = {}) => {
  console.log(JSON.stringify({ level, code, ...fields }));
};

/** The name of an error and where it was raised; messages may quote input, so they stay out. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frame = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
  return { error: error.name, ...(frame === undefined ? {} : { at: frame }), ...causeOf(error) };
}

function causeOf(error: Error): LogFields {
  return error.cause instanceof Error ? { cause: error.cause.name } : {};
}
