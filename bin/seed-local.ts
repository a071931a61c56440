/** Fills a local stack with the sample people: `npm start` and the journeys begin from them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalStack } from '../local/local-stack.ts';
import { seedSamplePeople } from './sample-people.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** To be given to `startLocal`, which calls it once for each data directory. */
export async function seedLocal({
  endpoint,
  outputs,
  operatorCredentials,
}: LocalStack): Promise<void> {
  const { region, userPoolId, tables } = outputs;
  await seedSamplePeople({
    endpoint,
    region,
    userPoolId,
    tables,
    credentials: operatorCredentials,
    codeKeyId: 'alias/portal-auth/local/codes',
    termsVersion: await termsVersion(),
  });
}

async function termsVersion(): Promise<string> {
  const { context } = JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')) as {
    context: { stages: { local: { terms: { version: string } } } };
  };
  return context.stages.local.terms.version;
}
