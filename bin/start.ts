/** `npm start`: bundles, synthesizes and runs the whole stack on this machine. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PortalConfig } from '../contract/portal-config.ts';
import { startLocal } from '../local/local-stack.ts';
import type { LocalStack } from '../local/local-stack.ts';
import { buildPortal } from './build-portal.ts';
import { openPortalServer } from './serve-portal.ts';
import type { PortalServer } from './serve-portal.ts';
import { SAMPLE_LINES } from './sample-people.ts';
import { seedLocal } from './seed-local.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The zone of the Lambdas, which share this process. */
process.env.TZ = 'UTC';

const { values: options } = parseArgs({
  options: {
    /** Keeps the state here between starts. */
    data: { type: 'string' },
    /** Runs a cloud assembly that is already there, instead of bundling and synthesizing. */
    template: { type: 'string' },
  },
});

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await run();
  console.log(`  ${name.padEnd(28)}${Math.round(performance.now() - started)} ms`);
  return result;
}

function portFrom(variable: string, fallback: number): number {
  const text = process.env[variable] ?? '';
  const port = text === '' ? fallback : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${variable} is "${text}". Set it to a port, 0 to 65535; 0 chooses a free one.`);
  return port;
}

async function synthesized(portalUrl: string): Promise<string> {
  await step('bundle the functions', async () => {
    const { bundleIfChanged } = await import('./bundle.ts');
    await bundleIfChanged();
  });
  return await step('synthesize the template', async () => {
    const { synthesize } = await import('../lib/synthesize.ts');
    return await synthesize({ stage: 'local', outdir: join(root, 'cdk.out'), checks: false, overrides: { portalOrigins: [portalUrl] } });
  });
}

/** The stack says what a portal must know; where its services answer is this machine's own. */
async function servePortal(portal: PortalServer, { outputs: { cognitoUrl, apiUrl }, stackOutputs }: LocalStack): Promise<void> {
  const config = PortalConfig.parse(JSON.parse(stackOutputs.PortalConfig ?? ''));
  portal.serve(await buildPortal(), { ...config, cognitoUrl, apiUrl });
}

function describe({ outputs, operatorCredentials, notShown }: LocalStack): string {
  return [
    '',
    `  portal              ${outputs.portalUrl}`,
    `  mail, texts, calls  ${outputs.cognitoUrl}`,
    `  every AWS service   ${outputs.cognitoUrl}`,
    `  HTTP API            ${outputs.apiUrl}`,
    `  user pool           ${outputs.userPoolId}`,
    `  public client       ${outputs.userPoolClientId}`,
    `  operator key        ${operatorCredentials.accessKeyId} / ${operatorCredentials.secretAccessKey}`,
    '',
    ...SAMPLE_LINES.map((line) => `  ${line}`),
    '',
    `  not shown of AWS: ${[...notShown, 'encryption at rest', 'object locks', 'service quotas', 'real delivery of mail, texts and calls'].join(', ')}`,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  console.log('Starting the portal\'s sign-in on this machine');
  const port = portFrom('PORT', 4566);
  // Opened first: its origin goes into the template.
  const portal = await openPortalServer(portFrom('PORTAL_PORT', 3000));
  const portalUrl = portal.url;
  const assembly = options.template ?? await synthesized(portalUrl);
  const stack = await step('start the services', () => startLocal({ assembly, port, portalUrl, seed: seedLocal, ...(options.data === undefined ? {} : { data: options.data }) }));
  await step('serve the portal', () => servePortal(portal, stack));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void Promise.all([portal.close(), stack.stop()]).then(() => process.exit(0)));
  }
  console.log(describe(stack));
  console.log('ready');
}

main().catch((error: unknown) => {
  console.error(`\nCould not start: ${(error as Error).message}`);
  process.exit(1);
});
