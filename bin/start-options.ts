/** The options of `npm start`: its arguments and its environment variables. */
import { parseArgs } from 'node:util';

export interface StartOptions {
  /** Keeps the state here between starts. */
  data?: string;
  /** Runs a cloud assembly that is already there, instead of bundling and synthesizing. */
  template?: string;
  /** A file of people to load beside the sample people. */
  seed?: string;
  /** Further origins whose pages may use the stack. */
  origins: string[];
  /** How many milliseconds a transaction of DynamoDB holds its items. */
  contentionMs: number;
  port: number;
  portalPort: number;
  /** The port of the employees' identity provider. */
  identityPort: number;
  help: boolean;
}

/** @param called how the program is called with these options */
export function usageOf(called: (options: string) => string): string {
  const first = '[--data DIR] [--template DIR] [--seed FILE]';
  const more = '[--origin URL]... [--contention MS]';
  return `Usage: ${called(`${first}\n                     ${more}`)}

  --data DIR      keeps the state in DIR between starts (default: in memory, for this run)
  --template DIR  runs the cloud assembly in DIR, instead of its own
  --seed FILE     loads the people of FILE (JSON) beside the sample people, at each reset too
  --origin URL    admits the pages of another portal, such as http://localhost:5173; repeatable
  --contention MS makes a transaction of DynamoDB hold its items that long, and refuses
                  what overlaps, as DynamoDB does (default: 0)
  --help          prints this

  PORT=4566         the port of every AWS service; 0 chooses a free one
  PORTAL_PORT=3000  the port of the portal; 0 chooses a free one
  IDENTITY_PORT=0   the port of the employees' identity provider; 0 chooses a free one`;
}

/** The command line or an environment variable is not valid. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readStartOptions(args: string[], environment: NodeJS.ProcessEnv): StartOptions {
  const { origin = [], help = false, contention, ...values } = valuesOf(args);
  for (const name of ['data', 'template', 'seed'] as const)
    if (values[name] === '')
      throw new UsageError(`--${name} is empty. Name a ${name === 'seed' ? 'file' : 'directory'}.`);
  return {
    ...values,
    origins: origin.map(originFrom),
    contentionMs: contentionFrom(contention),
    help,
    port: portFrom(environment, 'PORT', 4566),
    portalPort: portFrom(environment, 'PORTAL_PORT', 3000),
    identityPort: portFrom(environment, 'IDENTITY_PORT', 0),
  };
}

function valuesOf(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        template: { type: 'string' },
        seed: { type: 'string' },
        origin: { type: 'string', multiple: true },
        contention: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** Browsers send an origin in exactly one form, and only that form matches. */
function originFrom(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (origin === 'null' || !/^https?:/.test(origin) || ![origin, `${origin}/`].includes(text))
    throw new UsageError(
      `--origin is "${text}". Give a scheme and a host, such as http://localhost:5173.`,
    );
  return origin;
}

function contentionFrom(text = '0'): number {
  if (!/^\d{1,4}$/.test(text))
    throw new UsageError(
      `--contention is "${text}". Give the milliseconds, 0 to 9999, such as --contention 12.`,
    );
  return Number(text);
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
