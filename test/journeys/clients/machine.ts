/** A running stack with its routes, mail, texts, clock, faults and logs. */
import { BUILT_STACK } from '../../built-stack.ts';
import { definite } from '../../../local/definite.ts';
import type { LocalOptions } from '../../../local/local-stack.ts';
import type { Reached } from '../../shared/machine.ts';
import { sharedInWorker } from '../../shared/shared.ts';
import { undocumented } from './documented.ts';

export const PASSWORD = 'Correct-Horse-9-Battery';
export const PAT = {
  email: 'pat.phone@cedargrove.example',
  phone: '+12025550143',
  username: 'pphone',
  accountNpi: '1234567893',
};
export const ERIN = { email: 'erin.email@cedargrove.example', username: 'eemail' };
export const ADA = {
  email: 'ada.admin@cedargrove.example',
  phone: '+12025550144',
  username: 'aadmin',
};
export const LEE = { email: 'lee.admin@lakeside.example', username: 'ladmin' };

export interface Message {
  id: string;
  channel: 'EMAIL' | 'SMS';
  to: string;
  from: string;
  at: string;
  subject?: string;
  text: string;
  html?: string;
}

export interface Answer {
  status: number;
  // Journeys read the fields that they expect, and fail on a field that is missing.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: Headers;
}

/** Waits for a condition instead of a fixed time, and fails after a long wait. */
export async function eventually<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const patience = Date.now() + 50_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > patience) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resume) => setTimeout(resume, 25));
  }
}

export interface Caller {
  token?: string;
  headers?: Record<string, string>;
}

export class Machine {
  readonly stack: Reached;
  readonly stop: () => Promise<void>;

  constructor(stack: Reached & { stop: () => Promise<void> }) {
    this.stack = stack;
    this.stop = () => stack.stop();
  }

  /**
   * The machine that the files of a worker share, as at its start. An assembly or a data directory
   * of one's own starts a machine of one's own.
   */
  static async boot(assembly?: string, data?: string): Promise<Machine> {
    return assembly === undefined && data === undefined
      ? await sharedMachine()
      : await ownMachine({ assembly: assembly ?? BUILT_STACK, ...definite({ data }) });
  }

  /** A machine of one's own, whose transactions hold their items. */
  static async contended(contentionMs: number): Promise<Machine> {
    return await ownMachine({ assembly: BUILT_STACK, contentionMs });
  }

  get outputs() {
    return this.stack.outputs;
  }

  /**
   * A request to the HTTP API, with an access or flow token and, if needed, further headers.
   * @throws Error where the answer is not one that the contract documents
   */
  async api(
    method: string,
    path: string,
    body?: unknown,
    caller?: string | Caller,
  ): Promise<Answer> {
    const { token, headers } = typeof caller === 'object' ? caller : { token: caller };
    const response = await fetch(`${this.outputs.apiUrl}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    };
    const fault = undocumented(method, path, answer);
    if (fault !== undefined) throw new Error(fault);
    return answer;
  }

  async local(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.stack.endpoint}/_local/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  async messages(to?: string): Promise<Message[]> {
    return (await this.local(
      'GET',
      to === undefined ? 'messages' : `messages?to=${encodeURIComponent(to)}`,
    )) as Message[];
  }

  /** Waits until all that the last requests cause has happened: what is not sent then, never is. */
  async settled(): Promise<void> {
    await eventually(async () => {
      const { underWay } = (await this.local('GET', 'work')) as { underWay: boolean };
      return underWay ? undefined : true;
    }, 'the end of the work');
  }

  async clearMessages(): Promise<void> {
    await this.settled();
    await this.local('DELETE', 'messages');
  }

  /** The code in the newest message to `to` that is none of `known`. */
  async code(to: string, known: readonly string[] = []): Promise<string> {
    return eventually(
      async () => (await this.codes(to)).find((code) => !known.includes(code)),
      `a code for ${to}`,
    );
  }

  /** Every code sent to `to`, newest first. */
  async codes(to: string): Promise<string[]> {
    return (await this.messages(to)).flatMap(
      ({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? [],
    );
  }

  /** The link token in the newest mail to `to`. */
  async link(to: string, known: readonly string[] = []): Promise<string> {
    return eventually(async () => {
      const tokens = (await this.messages(to)).flatMap(
        ({ text }) => /\/register#([\w-]{43})/.exec(text)?.[1] ?? [],
      );
      return tokens.find((token) => !known.includes(token));
    }, `a link for ${to}`);
  }

  async advance(seconds: number): Promise<void> {
    await this.local('POST', 'clock', { advanceSeconds: seconds });
  }

  /** The emulated time, in milliseconds since 1970. */
  async now(): Promise<number> {
    return Date.parse(((await this.local('GET', 'clock')) as { now: string }).now);
  }

  async fault(fault: Record<string, unknown>): Promise<void> {
    await this.local('POST', 'faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.local('DELETE', 'faults');
  }

  /** Waits until a function has logged a line with the code. */
  async logged(functionId: string, code: string): Promise<void> {
    await eventually(
      async () => (await this.logs(functionId)).find(({ line }) => line.includes(code)),
      `${code} in the log of ${functionId}`,
    );
  }

  /** Makes everything as at the start, but for functions, which stay warm. */
  async reset(): Promise<void> {
    await this.local('POST', 'reset', { keepEnvironments: true });
  }

  async logs(functionId?: string): Promise<{ function: string; line: string }[]> {
    return (await this.local(
      'GET',
      functionId === undefined ? 'logs' : `logs?function=${functionId}`,
    )) as { function: string; line: string }[];
  }
}

async function sharedMachine(): Promise<Machine> {
  // It ends with the run. A reset leaves its identifiers as they are.
  const machine = new Machine({
    ...(await sharedInWorker<Reached>('machine')),
    stop: async () => undefined,
  });
  await machine.reset();
  return machine;
}

/** Loaded on demand, because most journeys share a machine that runs elsewhere. */
async function ownMachine(options: LocalOptions): Promise<Machine> {
  const [{ addPeople, seedLocal }, { startLocal }] = await Promise.all([
    import('../../../bin/seed-local.ts'),
    import('../../../local/local-stack.ts'),
  ]);
  return new Machine(await startLocal({ seed: seedLocal, addPeople, ...options }));
}

/** A code that is not `right`. */
export function wrong(right: string): string {
  return String((Number(right) + 1) % 1_000_000).padStart(6, '0');
}
