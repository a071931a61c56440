/** `npm start`: bundles, synthesizes and runs the whole stack on this machine. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PortalConfig } from '../contract/portal-config.ts';
import { definite } from '../local/definite.ts';
import { openGateway } from '../local/gateway/gateway.ts';
import { startLocal } from '../local/local-stack.ts';
import type { LocalStack } from '../local/local-stack.ts';
import { runApart } from './build-apart.ts';
import { buildPortal } from './build-portal.ts';
import { buildIfChanged } from './built-from.ts';
import { openPortalServer } from './serve-portal.ts';
import type { PortalServer } from './serve-portal.ts';
import { SAMPLE_LINES } from './sample-people.ts';
import { faultsText, readSeedFile } from './seed-file.ts';
import { addPeople, seedLocal } from './seed-local.ts';
import { readStartOptions, USAGE, UsageError } from './start-options.ts';
import type { StartOptions } from './start-options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The zone of the Lambdas, which share this process. */
process.env.TZ = 'UTC';

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await run();
  console.log(`  ${name.padEnd(28)}${Math.round(performance.now() - started)} ms`);
  return result;
}

/**
 * A folder named after the portal's port, which belongs to this process alone.
 * One that is named after a chance port is removed when the process ends.
 */
function folderOfRun(portalUrl: string, byChance: boolean): string {
  const folder = join(root, '.portal-auth', `run-${new URL(portalUrl).port}`);
  if (byChance) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is built from the same sources already is taken as it is. */
async function synthesized(portalOrigins: string[], outdir: string): Promise<string> {
  const { BUNDLED, bundleIfChanged } = await import('./bundle.ts');
  await step('bundle the functions', () => bundleIfChanged(() => runApart('bin/bundle.ts')));
  const sources = [...BUNDLED, 'lib', 'cdk.json', 'bin/synthesize-local.ts'];
  const build = () => runApart('bin/synthesize-local.ts', outdir, ...portalOrigins);
  await step('synthesize the template', () =>
    buildIfChanged(outdir, sources, build, portalOrigins),
  );
  return outdir;
}

/** A portal's configuration comes from the stack, but for the addresses of this machine. */
async function servePortal(
  portal: PortalServer,
  { outputs: { cognitoUrl, apiUrl, employees }, stackOutputs }: LocalStack,
): Promise<void> {
  const config = PortalConfig.parse(JSON.parse(stackOutputs.PortalConfig ?? ''));
  const files = await buildPortal(() => runApart('bin/build-portal.ts'));
  portal.serve(files, {
    ...{ ...config, cognitoUrl, apiUrl },
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
  return { ...config, domain, clientId, issuer, signOutUrl };
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

async function start(options: StartOptions): Promise<void> {
  console.log("Starting the portal's sign-in on this machine");
  const { data, origins, contentionMs, port, portalPort, identityPort } = options;
  const seed = options.seed === undefined ? undefined : await readSeedFile(options.seed);
  // The ports come first: a taken one is reported at once, an early client gets an answer, and the
  // portal's origin is part of the template.
  const portal = await openPortalServer(portalPort);
  const gateway = await openGateway(port);
  const portalUrl = portal.url;
  const assembly =
    options.template ??
    (await synthesized([portalUrl, ...origins], folderOfRun(portalUrl, portalPort === 0)));
  const stack = await step('start the services', () =>
    startLocal({
      ...{ assembly, gateway, portalUrl, origins, contentionMs, identityPort, addPeople },
      seed: (started) => loadPeople(started, seed),
      ...definite({ data }),
    }),
  );
  await step('serve the portal', () => servePortal(portal, stack));
  end = () => void Promise.all([portal.close(), stack.stop()]).then(() => process.exit(0));
  console.log(describe(stack));
  console.log('ready');
}

async function loadPeople(stack: LocalStack, seed: unknown): Promise<void> {
  await seedLocal(stack);
  const faults = seed === undefined ? [] : await addPeople(stack, seed);
  if (faults.length > 0) throw new Error(`The seed has faults: ${faultsText(faults)}`);
}

async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2), process.env);
  if (options.help) console.log(USAGE);
  else await start(options);
}

main().catch((error: unknown) => {
  const misused = error instanceof UsageError;
  console.error(`\nCould not start: ${(error as Error).message}${misused ? `\n\n${USAGE}` : ''}`);
  process.exit(misused ? 2 : 1);
});
