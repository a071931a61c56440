/** The stack's alarms, as `GET /_local/alarms` has them. */
import { eventually, type Machine } from './machine.ts';

export interface Alarm {
  name: string;
  id: string;
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  since: string;
  reason: string;
}

export class StackAlarms {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async all(): Promise<Alarm[]> {
    return (await this.#machine.local('GET', 'alarms')) as Alarm[];
  }

  /** The names of those in ALARM, without the stack's. */
  async raised(): Promise<string[]> {
    const alarms = await this.all();
    return alarms.filter(({ state }) => state === 'ALARM').map(({ name }) => shortName(name));
  }

  /** Waits until an alarm is raised. */
  async untilRaised(name: string): Promise<Alarm> {
    return await eventually(
      async () =>
        (await this.all()).find((one) => shortName(one.name) === name && one.state === 'ALARM'),
      `the alarm ${name}`,
    );
  }
}

/** `PortalAuth-local-EmailsNotSent` → `EmailsNotSent` */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1);
}
