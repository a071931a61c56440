import { join } from 'node:path';
import type { SeedFaults } from './context.ts';
import { openGateway, type Gateway } from './gateway/gateway.ts';
import { readWorkforce } from './cognito/hosted/workforce.ts';
import type { Credentials } from './iam/credentials.ts';
import { createPrincipals } from './iam/principals.ts';
import { readRoles } from './iam/roles.ts';
import { KeptEngine } from './dynamodb/engine.ts';
import { KeptThreads } from './lambda/kept-threads.ts';
import { LocalMachine, type MachineFoundation, type People } from './machine.ts';
import type { LocalOutputs } from './outputs.ts';
import { openState, type State } from './state.ts';
import { loadAssembly, type Assembly } from './template/assembly.ts';
import type { Place } from './template/place.ts';
import { resolveTemplate, type StackTemplate } from './template/template.ts';
import { openIdentityProvider, type IdentityProvider } from './workforce/identity-provider.ts';

/** How to start the stack. */
export interface LocalOptions {
  /** A cloud assembly, as `cdk synth` writes it. */
  assembly: string;
  /** The port of every AWS service. @default - a free one */
  port?: number;
  /** An open port instead of `port`: the stack serves it and closes it. @default - none */
  gateway?: Gateway;
  /** Where state is kept. @default - in memory, for this run */
  data?: string;
  /** The port of the employees' identity provider. @default - a free one */
  identityPort?: number;
  /** Where the portal is served. @default - http://localhost:3000 */
  portalUrl?: string;
  /** Further origins whose pages may call the port. @default - none */
  origins?: readonly string[];
  /**
   * How many milliseconds a transaction of DynamoDB holds its items, so that what overlaps is
   * refused as in AWS. @default 0 - nothing is refused
   */
  contentionMs?: number;
  /**
   * Loads the first people, before the stack is ready and after each reset; not again in a data
   * directory that has them. @default - nothing
   */
  seed?: (stack: LocalStack) => Promise<void>;
  /** Adds the people of `POST /_local/seed`. @default - such a request is refused */
  addPeople?: (stack: LocalStack, seed: unknown) => Promise<SeedFaults>;
  /** Receives failures of the machine itself. @default - console.error */
  reportFailure?: (error: unknown) => void;
}

/** The running stack. */
export interface LocalStack {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  outputs: LocalOutputs;
  /** The template's own outputs. */
  stackOutputs: Record<string, string>;
  /** Credentials that may call every operation. */
  operatorCredentials: Credentials;
  /** What the stack has and this machine does not run. */
  notShown: string[];
  /** Whether a former run left its state in the data directory. */
  resumed: boolean;
  /** Role ARN → what its calls needed and were allowed, as `action resource`. */
  usedRights: () => Map<string, ReadonlySet<string>>;
  stop: () => Promise<void>;
}

const NO_SEEDS = {
  path: '',
  message: 'this stack was started without a way to add people',
};

/** Starts every service of a synthesized stack on one port of this machine. */
export async function startLocal(options: LocalOptions): Promise<LocalStack> {
  const assembly = loadAssembly(options.assembly);
  const state = openState(options.data);
  const gateway = options.gateway ?? (await openPort(options.port ?? 0, () => state.close()));
  let machine: LocalMachine | undefined;
  let identityProvider: IdentityProvider | undefined;
  const stop = once(async () => {
    await machine?.stop();
    await identityProvider?.close();
    await gateway.close();
    state.close();
  });
  try {
    const base = layFoundation(options, assembly, state, gateway.port);
    if (readWorkforce(base.template)?.provider !== undefined)
      identityProvider = await openIdentityProvider(options.identityPort ?? 0);
    const foundation = { ...base, identityProvider };
    const people: People = {
      fill: async () => await options.seed?.(describe(foundation, started, stop)),
      add: async (seed) =>
        (await options.addPeople?.(describe(foundation, started, stop), seed)) ?? [NO_SEEDS],
    };
    const reportFailure = options.reportFailure ?? console.error;
    const started = new LocalMachine({
      foundation,
      gateway,
      people,
      reportFailure,
    });
    machine = started;
    await machine.start();
    return describe(foundation, machine, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function layFoundation(
  options: LocalOptions,
  assembly: Assembly,
  state: State,
  port: number,
): Omit<MachineFoundation, 'identityProvider'> {
  const template = resolveTemplate(assembly.template, placeOf(assembly.stackName, port));
  const roles = readRoles(template);
  return {
    assembly,
    template,
    state,
    roles,
    principals: createPrincipals(roles, template.place),
    kept: new KeptThreads(),
    keptEngine: new KeptEngine(
      options.data === undefined ? undefined : join(options.data, 'dynamodb.sqlite'),
    ),
    clockOffset: new SharedArrayBuffer(8),
    data: options.data,
    portalUrl: options.portalUrl ?? 'http://localhost:3000',
    extraOrigins: options.origins ?? [],
    contentionMs: options.contentionMs ?? 0,
  };
}

function describe(
  { template, principals }: MachineFoundation,
  machine: LocalMachine,
  stop: () => Promise<void>,
): LocalStack {
  return {
    endpoint: template.place.endpoint,
    outputs: machine.outputs(),
    stackOutputs: template.outputs,
    operatorCredentials: principals.operator,
    notShown: [...template.notShown, ...notShownOfEmployees(template)],
    resumed: machine.resumed,
    usedRights: () => principals.used(),
    stop,
  };
}

/** SAML is synthesized, and nothing here speaks it. */
function notShownOfEmployees(template: StackTemplate): string[] {
  const workforce = readWorkforce(template);
  const isShown = workforce === undefined || workforce.provider !== undefined;
  return isShown ? [] : ["employees' sign-in by SAML"];
}

async function openPort(port: number, onFailure: () => void): Promise<Gateway> {
  try {
    return await openGateway(port);
  } catch (error) {
    onFailure();
    throw error;
  }
}

function placeOf(stackName: string, port: number): Place {
  return {
    region: 'us-east-1',
    account: '000000000000',
    partition: 'aws',
    stackName,
    endpoint: `http://127.0.0.1:${port}`,
    publicEndpoint: `http://localhost:${port}`,
  };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
