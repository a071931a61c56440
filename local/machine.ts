import {
  createContext,
  type Foundation,
  type LocalContext,
  type Machine,
  type ResetOptions,
  type SeedFaults,
} from './context.ts';
import { createFailureCounts } from './cloudwatch/service-metrics.ts';
import { withDescriptions } from './describe/describe.ts';
import type { GatewayServices } from './gateway/answer.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { ServiceName } from './gateway/messages.ts';
import type { LocalOutputs } from './outputs.ts';
import type { LocalService } from './service.ts';
import { closeServices, startServices } from './services.ts';
import type { Section } from './state.ts';

/** How the machine gets its people. */
export interface People {
  /** Loads the people of the start. */
  fill: () => Promise<void>;
  /** Adds the people of a seed. @returns its faults; with any, nothing was loaded */
  add: (seed: unknown) => Promise<SeedFaults>;
}

/** What the machine is built on, before it exists itself. */
export type MachineFoundation = Omit<Foundation, 'machine'>;

export interface MachineSettings {
  foundation: MachineFoundation;
  gateway: Gateway;
  people: People;
  reportFailure: (error: unknown) => void;
}

/** What a data directory records about its former runs. */
interface Past {
  starts: number;
  clockOffsetMs: number;
  filled: boolean;
}

/** The services that run between a start or reset and the next one. */
interface RunningServices {
  context: LocalContext;
  services: LocalService[];
  /** From then on, work that the end cuts off is not a failure. */
  end: () => void;
}

/** Runs the services behind the port, and replaces all of them on a reset. */
export class LocalMachine implements Machine {
  readonly #settings: MachineSettings;
  #past: Section<Past>;
  #running: RunningServices | undefined;
  #ready = false;
  /** One reset at a time. */
  #resetting: Promise<void> = Promise.resolve();
  /** Whether a former run left its state in the data directory. */
  readonly resumed: boolean;

  constructor(settings: MachineSettings) {
    this.#settings = settings;
    this.#past = this.#openPast();
    this.resumed = this.#past.value.starts > 0;
  }

  /** Starts the services and loads the people, unless a former run loaded them. */
  async start(): Promise<void> {
    const { foundation, gateway } = this.#settings;
    this.#past.value.starts += 1;
    const running = await this.#begin();
    this.#running = running;
    gateway.serve(gatewayServices(running));
    if (!this.#past.value.filled) await this.#fill(foundation.data);
    for (const service of running.services) service.filled?.();
    this.#ready = true;
  }

  /** Ends the services. The port stays open. */
  async stop(): Promise<void> {
    await this.#end(() => Promise.resolve());
    const { kept, keptEngine } = this.#settings.foundation;
    await Promise.all([kept.stop(), keptEngine.stop()]);
  }

  reset(options: ResetOptions): Promise<void> {
    const run = this.#resetting.then(() => this.#startAfresh(options));
    this.#resetting = run.catch(() => undefined);
    return run;
  }

  async #startAfresh({ keepEnvironments }: ResetOptions): Promise<void> {
    const { foundation, gateway } = this.#settings;
    this.#ready = false;
    gateway.serve(undefined);
    await this.#end(async (services) => {
      for (const service of services) await service.erase?.();
    }, keepEnvironments);
    if (!keepEnvironments) await foundation.kept.stop();
    foundation.state.reset();
    this.#past = this.#openPast();
    await this.start();
  }

  outputs(): LocalOutputs {
    const { template, portalUrl } = this.#settings.foundation;
    const { region, publicEndpoint } = template.place;
    const base: LocalOutputs = {
      region,
      userPoolId: '',
      userPoolClientId: '',
      cognitoUrl: publicEndpoint,
      apiUrl: publicEndpoint,
      portalUrl,
      tables: {},
    };
    const parts = (this.#running?.services ?? []).map(({ outputs }) => outputs);
    return Object.assign(base, ...parts) as LocalOutputs;
  }

  isReady(): boolean {
    return this.#ready;
  }

  async addPeople(seed: unknown): Promise<SeedFaults> {
    return await this.#settings.people.add(seed);
  }

  clockMoved(): void {
    if (this.#running === undefined) return;
    this.#past.value.clockOffsetMs = this.#running.context.clock.now() - Date.now();
    this.#past.changed();
  }

  async #begin(): Promise<RunningServices> {
    const { foundation, reportFailure } = this.#settings;
    let ended = false;
    const context = createContext(
      { ...foundation, machine: this },
      this.#past.value.clockOffsetMs,
      (error) => {
        if (!ended) reportFailure(error);
      },
    );
    const end = (): void => {
      ended = true;
      context.clock.stop();
    };
    try {
      return {
        context,
        services: await startServices(context),
        end,
      };
    } catch (error) {
      end();
      await context.lambda.stop();
      throw error;
    }
  }

  async #end(
    beforeClosing: (services: LocalService[]) => Promise<void>,
    keepEnvironments = false,
  ): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    running.end();
    await running.context.lambda.stop(keepEnvironments);
    await beforeClosing(running.services);
    await closeServices(running.services);
  }

  async #fill(data: string | undefined): Promise<void> {
    await this.#settings.people.fill().catch((error: unknown) => {
      const remedy =
        data === undefined
          ? ''
          : ` If an earlier start was cut off while it filled ${data}, ` +
            'remove that directory and start again.';
      const { message } = error as Error;
      throw new Error(`The stack cannot be filled: ${message.replace(/\.$/, '')}.${remedy}`, {
        cause: error,
      });
    });
    this.#past.value.filled = true;
    this.#past.changed();
  }

  #openPast(): Section<Past> {
    return this.#settings.foundation.state.section<Past>('machine', () => ({
      starts: 0,
      clockOffsetMs: 0,
      filled: false,
    }));
  }
}

/** The operations of every service, and those that describe it. */
function described(services: LocalService[], context: LocalContext): GatewayServices['aws'] {
  const entries = services.flatMap(({ aws }) => Object.entries(aws ?? {}));
  return Object.fromEntries(
    entries.map(([name, run]) => [name, withDescriptions(name as ServiceName, run, context)]),
  );
}

/** Everything that the port serves. */
function gatewayServices({ context, services }: RunningServices): GatewayServices {
  const { principals, faults, counts, clock, lambda, reportFailure } = context;
  const { portalUrl, extraOrigins, metrics, template } = context;
  return {
    principals,
    faults,
    counts,
    countFailure: createFailureCounts(metrics, template),
    reportFailure,
    now: () => clock.now(),
    functionOfRole: (role) => lambda.definitions.find(({ roleArn }) => roleArn === role)?.id,
    origins: [portalUrl, ...extraOrigins, ...services.flatMap(({ origins }) => origins ?? [])],
    aws: described(services, context),
    web: services.flatMap(({ web }) => web ?? []),
    publicWeb: services.flatMap(({ publicWeb }) => publicWeb ?? []),
  };
}
