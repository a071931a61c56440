/** What `npm start` is told by its arguments and the environment. */
import { parseArgs } from 'node:util';

export interface StartOptions {
  /** Keeps the state here between starts. */
  data?: string;
  /** Runs a cloud assembly that is already there, instead of bundling and synthesizing. */
  template?: string;
  port: number;
  portalPort: number;
  help: boolean;
}

export const USAGE = `Usage: npm start [-- [--data DIR] [--template DIR]]

  --data DIR      keeps the state in DIR between starts (default: in memory, for this run)
  --template DIR  runs the cloud assembly in DIR, instead of bundling and synthesizing
  --help          prints this

  PORT=4566         the port of every AWS service; 0 chooses a free one
  PORTAL_PORT=3000  the port of the portal; 0 chooses a free one`;

/** The command was not written as it must be. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readStartOptions(args: string[], environment: NodeJS.ProcessEnv): StartOptions {
  const values = valuesOf(args);
  for (const name of ['data', 'template'] as const)
    if (values[name] === '') throw new UsageError(`--${name} is empty. Name a directory.`);
  return {
    ...values,
    help: values.help === true,
    port: portFrom(environment, 'PORT', 4566),
    portalPort: portFrom(environment, 'PORTAL_PORT', 3000),
  };
}

function valuesOf(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        template: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function portFrom(environment: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = environment[variable] ?? '';
  const port = text === '' ? fallback : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(
      `${variable} is "${text}". Set it to a port, 0 to 65535; 0 chooses a free one.`,
    );
  return port;
}
