/**
 * Cold start of the triggers: the time that a fresh process takes to import a bundle, minus the
 * time for an empty bundle; and the bundles' sizes. The peer is amazon-cognito-passwordless-auth.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { median, ratio, type Result, ROOT, type Scenario } from './measure.ts';

const RUNS = 15;
const TRIGGERS = ['define', 'create', 'verify', 'token-gate'];
/** The peer's triggers and their files. */
const PEERS = [
  ['create', 'create-auth-challenge.js'],
  ['define', 'define-auth-challenge.js'],
  ['verify', 'verify-auth-challenge-response.js'],
] as const;
const BARE_CLIENT = `
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({});
  export const handler = async () => client.send(new GetItemCommand({ TableName: 'x', Key: {} }));
`;
const NAMES = [
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
];
const ENVIRONMENT = {
  PORTAL_SETTINGS: '{}',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
  ...Object.fromEntries(NAMES.map((name) => [name, 'x'])),
};

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

/**
 * Parameter Store in a process of its own: the token gate reads its client's ID while it starts.
 * @returns its address, and what ends it
 */
async function startParameters(): Promise<{ endpoint: string; stop: () => void }> {
  const program = `
    require('node:http')
      .createServer((request, response) => response.end('{"Parameter":{"Value":"x"}}'))
      .listen(0, '127.0.0.1', function () { console.log(this.address().port); });
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    endpoint: `http://127.0.0.1:${port.toString('utf8').trim()}`,
    stop: () => void child.kill(),
  };
}

/** Milliseconds from the start of an import, measured inside the process that imports. */
interface Cold {
  /** Until the bundle is there, which ends the init phase of a function. */
  imported: number;
  /** Until what it began meanwhile has ended: the gate asks for the ID of its client. */
  settled: number;
}

function coldMs(file: string, endpoint: string): Cold {
  const script = [
    'const started = performance.now();',
    "process.once('beforeExit', () => console.log(performance.now() - started));",
    `await import(${JSON.stringify(file)});`,
    'console.log(performance.now() - started);',
  ].join('');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script],
    {
      encoding: 'utf8',
      env: { ...process.env, ...ENVIRONMENT, AWS_ENDPOINT_URL_SSM: endpoint },
    },
  );
  if (status !== 0) throw new Error(`${file} does not start:\n${stderr}`);
  const [imported = 0, settled = 0] = stdout.trim().split('\n').slice(-2).map(Number);
  return { imported, settled };
}

const STATIC_IMPORT =
  /(?:^|[;\n])(?:import|export)\s*(?:[\w${}*,\s]+from\s*)?["']\.\/([^"']+)["']/g;

/** Kilobytes of the entry and of what it imports at once. */
async function sizeOf(folder: string): Promise<number> {
  const read = new Map<string, number>();
  const waiting = ['index.mjs'];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (read.has(file)) continue;
    const text = await readFile(join(folder, file), 'utf8');
    read.set(file, text.length);
    waiting.push(...[...text.matchAll(STATIC_IMPORT)].map(([, imported = '']) => imported));
  }
  return [...read.values()].reduce((sum, size) => sum + size, 0) / 1024;
}

export const coldStart: Scenario = {
  title: 'Cold init and size of the triggers',
  async run() {
    await mkdir(join(ROOT, '.portal-auth'), { recursive: true });
    const folder = await mkdtemp(join(ROOT, '.portal-auth', 'bench-'));
    const parameters = await startParameters();
    try {
      const files = await makeBundles(folder);
      const times = new Map<string, Cold[]>([...files.keys()].map((name) => [name, []]));
      for (let run = 0; run < RUNS; run += 1)
        for (const [name, file] of files) times.get(name)?.push(coldMs(file, parameters.endpoint));
      const medianOf = (name: string, until: keyof Cold) =>
        median((times.get(name) ?? []).map((cold) => cold[until]));
      const net = (name: string, until: keyof Cold = 'imported') =>
        Math.max(0.1, medianOf(name, until) - medianOf('empty', until));
      return [
        ...(await Promise.all(TRIGGERS.map((name) => against(name, net)))),
        gateReady(net),
        allFour(net),
      ];
    } finally {
      parameters.stop();
      await rm(folder, { recursive: true });
    }
  },
};

type Net = (name: string, until?: keyof Cold) => number;

async function against(name: string, net: Net): Promise<Result> {
  const kb = `${(await sizeOf(join(ROOT, 'dist', name))).toFixed(0)} kB read at start`;
  if (name === 'define')
    return {
      what: `define, net cold init (${kb})`,
      value: `${net(name).toFixed(1)} ms`,
      aim: '≤ 10 ms',
      met: net(name) <= 10,
    };
  return {
    what: `${name} against the bare DynamoDB client (${kb})`,
    aim: '≤ 1.4 ×',
    ...ratio(net(name) / net('bare DynamoDB client'), 1.4),
  };
}

/** The first sign-in of an environment waits for the ID, if it comes sooner. */
function gateReady(net: Net): Result {
  return {
    what: 'token-gate until it knows its client, against the bare DynamoDB client',
    value: `${(net('token-gate', 'settled') / net('bare DynamoDB client')).toFixed(2)} ×`,
  };
}

function allFour(net: Net): Result {
  const sum = (names: readonly string[]) => names.reduce((total, name) => total + net(name), 0);
  return {
    what: 'all four against the peer’s three as shipped (SDK external)',
    aim: '≤ 0.4 ×',
    ...ratio(sum(TRIGGERS) / sum(PEERS.map(([name]) => `peer ${name}`)), 0.4),
  };
}

async function makeBundles(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  await writeFile(join(folder, 'empty.mjs'), 'export const handler = async () => {};');
  files.set('empty', join(folder, 'empty.mjs'));
  await writeFile(join(folder, 'bare.ts'), BARE_CLIENT);
  await build(
    bundleWith({
      entryPoints: [join(folder, 'bare.ts')],
      outfile: join(folder, 'bare.mjs'),
      mainFields: ['module', 'main'],
    }),
  );
  files.set('bare DynamoDB client', join(folder, 'bare.mjs'));
  for (const name of TRIGGERS) files.set(name, join(ROOT, 'dist', name, 'index.mjs'));
  await addPeers(folder, files);
  return files;
}

async function addPeers(folder: string, files: Map<string, string>): Promise<void> {
  const peer = join(
    ROOT,
    'bench/peers/node_modules/amazon-cognito-passwordless-auth/dist/cdk/custom-auth',
  );
  for (const [name, source] of PEERS) {
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
}
