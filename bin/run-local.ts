/** Runs a synthesized stack with its portal on this machine, until a signal ends it. */
import { PortalConfig } from '../contract/portal-config.ts';
import { definite } from '../local/definite.ts';
import { openGateway } from '../local/gateway/gateway.ts';
import { startLocal } from '../local/local-stack.ts';
import type { LocalStack } from '../local/local-stack.ts';
import { openPortalServer } from './serve-portal.ts';
import type { PortalServer } from './serve-portal.ts';
import { SAMPLE_LINES } from './sample-people.ts';
import { faultsText, readSeedFile } from './seed-file.ts';
import { addPeople, seedLocal } from './seed-local.ts';
import { readStartOptions, usageOf, UsageError } from './start-options.ts';
import type { StartOptions } from './start-options.ts';

/** Where the stack and the portal come from. */
export interface Sources {
  /** How this program is called with some options, for its usage. */
  called: (options: string) => string;
  /** @returns a cloud assembly for these addresses; the portal's is the first */
  assembly: (portalOrigins: readonly string[], options: StartOptions) => Promise<string>;
  /** @returns the folder of the built portal */
  portal: () => Promise<string>;
}

/** The zone of the Lambdas, which share this process. */
process.env.TZ = 'UTC';

/** Says how long a step takes. */
export async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await run();
  console.log(`  ${name.padEnd(28)}${Math.round(performance.now() - started)} ms`);
  return result;
}

/** A portal's configuration comes from the stack, but for the addresses of this machine. */
function servePortal(
  portal: PortalServer,
  files: string,
  { outputs: { cognitoUrl, apiUrl, employees }, stackOutputs }: LocalStack,
): void {
  const config = PortalConfig.parse(JSON.parse(stackOutputs.PortalConfig ?? ''));
  portal.serve(files, {
    ...config,
    cognitoUrl,
    apiUrl,
    employees: employeesHere(config.employees, employees),
  });
}

/** Undefined where employees would sign in by SAML, which this machine does not play. */
function employeesHere(
  config: PortalConfig['employees'],
  here: LocalStack['outputs']['employees'],
): PortalConfig['employees'] {
  if (config === undefined || here === undefined) return undefined;
  const { domain, clientId, issuer, identityProvider } = here;
  const signOutUrl = `${identityProvider}/session/end`;
  return {
    ...config,
    domain,
    clientId,
    issuer,
    signOutUrl,
  };
}

const ALSO_NOT_SHOWN = [
  'encryption at rest',
  'object locks',
  'service quotas',
  'real delivery of mail, texts and calls',
];

function describe({ outputs, operatorCredentials, notShown }: LocalStack): string {
  const { accessKeyId, secretAccessKey } = operatorCredentials;
  return [
    '',
    `  portal              ${outputs.portalUrl}`,
    `  mail, texts, calls  ${outputs.cognitoUrl}`,
    `  every AWS service   ${outputs.cognitoUrl}`,
    `  HTTP API            ${outputs.apiUrl}`,
    `  user pool           ${outputs.userPoolId}`,
    `  public client       ${outputs.userPoolClientId}`,
    `  operator key        ${accessKeyId} / ${secretAccessKey}`,
    '',
    ...SAMPLE_LINES.map((line) => `  ${line}`),
    ...employeeLines(outputs).map((line) => `  ${line}`),
    '',
    `  not shown of AWS: ${[...notShown, ...ALSO_NOT_SHOWN].join(', ')}`,
    '',
  ].join('\n');
}

/** How employees sign in, if the stack has a pool of theirs. */
function employeeLines({ employees }: LocalStack['outputs']): string[] {
  if (employees === undefined) return [];
  const { identityProvider, people } = employees;
  return [
    `Employees sign in at  ${identityProvider}  (any password), which plays their organisation:`,
    ...people.map(
      ({ email, name, helpDesk }) =>
        `Employee  ${email}  (${name}, ${helpDesk ? 'help desk' : 'not in the help desk'})`,
    ),
  ];
}

/** Until the stack runs, ending the process ends what it started. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
let end = (code: number): void => process.exit(code);
for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => end(code));

async function start(options: StartOptions, sources: Sources): Promise<void> {
  console.log("Starting the portal's sign-in on this machine");
  const { data, origins, contentionMs, port, portalPort, identityPort } = options;
  const seed = options.seed === undefined ? undefined : await readSeedFile(options.seed);
  // The ports come first: a taken one is reported at once, an early client gets an answer, and the
  // portal's origin is part of the template.
  const portal = await openPortalServer(portalPort);
  const gateway = await openGateway(port);
  const portalUrl = portal.url;
  const assembly = options.template ?? (await sources.assembly([portalUrl, ...origins], options));
  const stack = await step('start the services', () =>
    startLocal({
      assembly,
      gateway,
      portalUrl,
      origins,
      contentionMs,
      identityPort,
      addPeople,
      seed: (started) => loadPeople(started, seed),
      ...definite({ data }),
    }),
  );
  await step('serve the portal', async () => servePortal(portal, await sources.portal(), stack));
  end = () => void Promise.all([portal.close(), stack.stop()]).then(() => process.exit(0));
  console.log(describe(stack));
  console.log('ready');
}

async function loadPeople(stack: LocalStack, seed: unknown): Promise<void> {
  await seedLocal(stack);
  const faults = seed === undefined ? [] : await addPeople(stack, seed);
  if (faults.length > 0) throw new Error(`The seed has faults: ${faultsText(faults)}`);
}

/** The program, with the arguments and the environment of this process. */
export async function runLocal(sources: Sources): Promise<void> {
  const usage = usageOf(sources.called);
  try {
    const options = readStartOptions(process.argv.slice(2), process.env);
    if (options.help) console.log(usage);
    else await start(options, sources);
  } catch (error) {
    const misused = error instanceof UsageError;
    console.error(`\nCould not start: ${(error as Error).message}${misused ? `\n\n${usage}` : ''}`);
    process.exit(misused ? 2 : 1);
  }
}
