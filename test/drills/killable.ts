/** A machine that can be killed in the middle of its work, and starts again with what it wrote. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_STACK } from '../built-stack.ts';
import { Machine } from '../journeys/clients/machine.ts';
import { ended } from '../shared/ended.ts';
import { forkMachine } from '../shared/machine.ts';

export class KillableMachine {
  /** Another one after each start: the operator's key is new. */
  machine: Machine;
  #child: ChildProcess;
  readonly #data: string;

  private constructor(machine: Machine, child: ChildProcess, data: string) {
    this.machine = machine;
    this.#child = child;
    this.#data = data;
  }

  static async start(): Promise<KillableMachine> {
    const data = await mkdtemp(join(tmpdir(), 'portal-auth-soak-'));
    const { machine, child } = await started([BUILT_STACK, data]);
    return new KillableMachine(machine, child, data);
  }

  /** Without a word of warning. */
  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  /** At the same address, with the same keys. */
  async startAgain(): Promise<void> {
    const { port } = new URL(this.machine.stack.endpoint);
    const { machine, child } = await started([BUILT_STACK, this.#data, port]);
    this.machine = machine;
    this.#child = child;
  }

  /** The resident set of the process in MB, where the system says it. */
  async memory(): Promise<number | undefined> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8').catch(() => '');
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(status) ?? [];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  }

  async stop(): Promise<void> {
    await ended(this.#child, 'The machine');
    await rm(this.#data, { recursive: true, force: true });
  }
}

async function started(
  options: readonly string[],
): Promise<{ machine: Machine; child: ChildProcess }> {
  const { child, reachedBy } = await forkMachine(options);
  return { child, machine: new Machine({ ...reachedBy, stop: () => Promise.resolve() }) };
}
