import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { definite } from '../../../local/definite.ts';
import type { Machine } from './machine.ts';

/** Keys that a program runs with. */
interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Keys of a role that people assume, with a second factor. */
export async function assume(
  { stack }: Machine,
  output: 'OperatorRoleArn' | 'OperatorReadOnlyRoleArn',
  session = 'olga.operator',
): Promise<Keys> {
  const { endpoint, outputs, operatorCredentials } = stack;
  const options = { endpoint, region: outputs.region, credentials: operatorCredentials };
  const { Stacks = [] } = await new CloudFormationClient(options).send(
    new DescribeStacksCommand({ StackName: 'PortalAuth-local' }),
  );
  const role = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === output);
  const { Credentials: keys } = await new STSClient(options).send(
    new AssumeRoleCommand({
      RoleArn: role?.OutputValue,
      RoleSessionName: session,
      SerialNumber: 'arn:aws:iam::000000000000:mfa/olga.operator',
      TokenCode: '123456',
    }),
  );
  return {
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    sessionToken: keys?.SessionToken ?? '',
  };
}

const DAY_MS = 86_400_000;
const dayAt = (later: number) => new Date(Date.now() + later * DAY_MS).toISOString().slice(0, 10);

/** The options for the days around today: every day more is ten requests more. */
export const THESE_DAYS = ['--from', dayAt(-1), '--to', dayAt(2)];

/** Runs `ops` as an operator does. */
export function runOps(machine: Machine, ...args: string[]): Promise<Run> {
  return runProgram('bin/ops.ts', machine, ...args);
}

/** Runs `ops` with keys of one's own. */
export function runOpsAs(keys: Keys, { stack }: Machine, ...args: string[]): Promise<Run> {
  return run('bin/ops.ts', stack, keys, args);
}

/** How a program ended, and what it wrote. */
interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs a program of `bin/` with an operator's environment. */
export function runProgram(program: string, { stack }: Machine, ...args: string[]): Promise<Run> {
  return run(program, stack, stack.operatorCredentials, args);
}

function run(program: string, stack: Machine['stack'], keys: Keys, args: string[]): Promise<Run> {
  const env = environmentOf(stack, keys);
  return new Promise((done) => {
    execFile(process.execPath, [resolve(program), ...args], { env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

/** Starts `ops`, and interrupts it once `when` says so. */
export async function interruptOps(
  { stack }: Machine,
  when: () => Promise<unknown>,
  ...args: string[]
): Promise<Run> {
  const env = environmentOf(stack, stack.operatorCredentials);
  const child = spawn(process.execPath, [resolve('bin/ops.ts'), ...args], { env });
  const [out, err] = [text(child.stdout), text(child.stderr)];
  const ended = once(child, 'exit') as Promise<[number]>;
  await when();
  child.kill('SIGINT');
  const [code] = await ended;
  return { code, out: await out, err: await err };
}

function environmentOf(
  { endpoint, outputs }: Machine['stack'],
  { accessKeyId, secretAccessKey, sessionToken }: Keys,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_OPTIONS: '',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: outputs.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...definite({ AWS_SESSION_TOKEN: sessionToken }),
  };
}
