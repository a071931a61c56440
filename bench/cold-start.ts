/** Cold init: a fresh process that imports a bundle until its handler stands, less the empty process; and sizes. Peer: amazon-cognito-passwordless-auth. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { median, ratio, type Result, ROOT, type Scenario } from './measure.ts';

const RUNS = 15;
const ENVIRONMENT = Object.fromEntries(
  [
    'ACCOUNTS_TABLE',
    'CHALLENGES_TABLE',
    'FLOWS_TABLE',
    'LIMITS_TABLE',
    'AUDIT_EVENTS_TABLE',
    'REMEMBERED_DEVICES_TABLE',
    'TERMS_ACCEPTANCES_TABLE',
    'CODE_KEY_ID',
    'EMAIL_CONFIGURATION_SET',
    'API_URL',
    'USER_POOL_CLIENT_ID_PARAMETER',
  ].map((name) => [name, 'x']),
);

const bundleWith = (more: BuildOptions): BuildOptions => ({
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  logLevel: 'silent',
  banner: {
    js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);",
  },
  ...more,
});

/** Milliseconds from the start of the import to the standing handler, told by the process itself. */
function coldMs(file: string): number {
  const script = `const t=performance.now();await import(${JSON.stringify(file)});console.log(performance.now()-t)`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, ...ENVIRONMENT, AWS_REGION: 'us-east-1' },
  });
  const ms = Number(stdout.trim().split('\n').at(-1));
  if (Number.isNaN(ms)) throw new Error(`${file} does not start:\n${stderr}`);
  return ms;
}

async function sizeOf(folder: string): Promise<number> {
  return (await stat(join(folder, 'index.mjs'))).size / 1024;
}

export const coldStart: Scenario = {
  title: 'Cold init and size of the triggers',
  async run() {
    await mkdir(join(ROOT, '.portal-auth'), { recursive: true });
    const folder = await mkdtemp(join(ROOT, '.portal-auth', 'bench-'));
    try {
      const files = await makeBundles(folder);
      const times = new Map<string, number[]>([...files.keys()].map((name) => [name, []]));
      for (let run = 0; run < RUNS; run += 1)
        for (const [name, file] of files) times.get(name)?.push(coldMs(file));
      const empty = median(times.get('empty') ?? []);
      const net = (name: string) => Math.max(0.1, median(times.get(name) ?? []) - empty);
      const bare = net('bare DynamoDB client');
      const ours = ['define', 'create', 'verify', 'token-gate'];
      const results: Result[] = [];
      for (const name of ours) {
        const kb = `${(await sizeOf(join(ROOT, 'dist', name))).toFixed(0)} kB read at start`;
        if (name === 'define')
          results.push({
            what: `define, net cold init (${kb})`,
            value: `${net(name).toFixed(1)} ms`,
            aim: '≤ 10 ms',
            met: net(name) <= 10,
          });
        else
          results.push({
            what: `${name} against the bare DynamoDB client (${kb})`,
            aim: '≤ 1.4 ×',
            ...ratio(net(name) / bare, 1.4),
          });
      }
      const all = ours.reduce((sum, name) => sum + net(name), 0);
      const peers = ['peer create', 'peer define', 'peer verify'].reduce(
        (sum, name) => sum + net(name),
        0,
      );
      results.push({
        what: 'all four against the peer’s three as shipped (SDK external)',
        aim: '≤ 0.4 ×',
        ...ratio(all / peers, 0.4),
      });
      return results;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function makeBundles(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  await writeFile(join(folder, 'empty.mjs'), 'export const handler = async () => {};');
  files.set('empty', join(folder, 'empty.mjs'));
  await writeFile(
    join(folder, 'bare.ts'),
    "import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';\nconst client = new DynamoDBClient({});\nexport const handler = async () => client.send(new GetItemCommand({ TableName: 'x', Key: {} }));",
  );
  await build(
    bundleWith({
      entryPoints: [join(folder, 'bare.ts')],
      outfile: join(folder, 'bare.mjs'),
      mainFields: ['module', 'main'],
    }),
  );
  files.set('bare DynamoDB client', join(folder, 'bare.mjs'));
  for (const name of await readdir(join(ROOT, 'dist')))
    if (['define', 'create', 'verify', 'token-gate'].includes(name))
      files.set(name, join(ROOT, 'dist', name, 'index.mjs'));
  const peer = join(
    ROOT,
    'bench/peers/node_modules/amazon-cognito-passwordless-auth/dist/cdk/custom-auth',
  );
  for (const [name, source] of [
    ['create', 'create-auth-challenge.js'],
    ['define', 'define-auth-challenge.js'],
    ['verify', 'verify-auth-challenge-response.js'],
  ] as const) {
    const outfile = join(folder, `peer-${name}.mjs`);
    await build(
      bundleWith({
        entryPoints: [join(peer, source)],
        outfile,
        external: ['@aws-sdk/*'],
        minify: false,
      }),
    );
    files.set(`peer ${name}`, outfile);
  }
  return files;
}
