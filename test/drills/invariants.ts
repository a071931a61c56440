/** What must hold of a stage at rest, whatever happened to it. */
import { type NativeAttributeValue, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { AuditEventName } from '../../lambdas/ground/audit/audit.rules.ts';
import type { Machine } from '../journeys/clients/machine.ts';
import { runOps } from '../journeys/clients/operator.ts';
import type { Member } from './crowd.ts';
import { deadOwners, type Rows } from './live.ts';
import { misfits, tableOf } from './misfits.ts';

type Row = Record<string, NativeAttributeValue>;

/** @returns each fault in words, or nothing */
export async function violations(machine: Machine, crowd: readonly Member[]): Promise<string[]> {
  const found = await Promise.all([
    misfits(machine),
    codesAndProofs(machine, crowd),
    deadOwnersOn(machine),
    endedSessions(machine, crowd),
    archiveEqualsTrail(machine),
    fullQueues(machine),
    brokenInvocations(machine),
  ]);
  return found.flat();
}

async function rowsOf(machine: Machine, name: string): Promise<Row[]> {
  const { client } = tableOf(machine);
  const rows: Row[] = [];
  const TableName = machine.outputs.tables[name] ?? '';
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    rows.push(...Items);
  client.destroy();
  return rows;
}

/** Read by and by: nothing that acts meanwhile changes what is compared. */
export async function deadOwnersOn(machine: Machine): Promise<string[]> {
  const accounts = (await rowsOf(machine, 'Accounts')).filter(({ pk }) =>
    String(pk).startsWith('ACCOUNT#'),
  );
  const [devices, passkeys, flows, challenges] = await Promise.all(
    ['RememberedDevices', 'Passkeys', 'Flows', 'Challenges'].map((name) => rowsOf(machine, name)),
  );
  const rows = { accounts, devices, passkeys, flows, challenges, now: await machine.now() };
  return deadOwners(rows as unknown as Rows);
}

/** A code redeems once, a proof has one event, and every acknowledged sign-in has its own. */
async function codesAndProofs(machine: Machine, crowd: readonly Member[]): Promise<string[]> {
  const [accounts, codes, events] = await Promise.all(
    ['Accounts', 'RegistrationCodes', 'AuditEvents'].map((name) => rowsOf(machine, name)),
  );
  const people = (accounts ?? []).filter(({ username }) => username !== undefined);
  const idOf = new Map(people.map((row) => [String(row.username), String(row.accountId)]));
  return [
    ...codeFaults(codes ?? [], new Set(idOf.values())),
    ...proofFaults(events ?? []),
    ...crowd.flatMap((member) => signInFaults(member, idOf.get(member.username), events ?? [])),
  ];
}

function codeFaults(codes: readonly Row[], accountIds: ReadonlySet<string>): string[] {
  const redeemed = codes.filter(({ redeemedBy }) => redeemedBy !== undefined);
  return redeemed
    .filter(({ redeemedBy }) => !accountIds.has(String(redeemedBy)))
    .map(({ redeemedBy }) => `a registration code was redeemed by ${redeemedBy}, who is not there`)
    .concat(
      repeated(redeemed.map(({ redeemedBy }) => String(redeemedBy))).map(
        (id) => `${id} redeemed two registration codes`,
      ),
    );
}

const ONCE_IN_A_FLOW: ReadonlySet<string> = new Set<AuditEventName>([
  ...(['SIGNED_IN', 'PASSWORD_RESET_COMPLETED', 'REGISTRATION_COMPLETED'] as const),
]);

function proofFaults(events: readonly Row[]): string[] {
  const inFlows = events
    .filter(({ event, flowId }) => ONCE_IN_A_FLOW.has(String(event)) && flowId !== undefined)
    .map(({ accountId, event, flowId }) => `${event} of ${accountId} in the flow ${flowId}`);
  return repeated(inFlows).map((what) => `${what} is in the trail twice`);
}

function signInFaults(
  { username, signIns: { acknowledged, asked } }: Member,
  accountId: string | undefined,
  events: readonly Row[],
): string[] {
  const count = events.filter(
    (row) => row.event === 'SIGNED_IN' && row.accountId === accountId,
  ).length;
  return acknowledged <= count && count <= asked
    ? []
    : [`${username} signed in ${acknowledged} times of ${asked}, and the trail has ${count}`];
}

function repeated(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

/** A token of a session that was ended opens nothing. */
async function endedSessions(machine: Machine, crowd: readonly Member[]): Promise<string[]> {
  const tokens = crowd.flatMap(({ username, ended }) =>
    ended.slice(-2).map((token) => ({ username, token })),
  );
  const answers = await Promise.all(
    tokens.map(async ({ username, token }) => {
      const { status } = await machine.api('GET', '/me', undefined, token);
      return status === 401 ? [] : [`an ended session of ${username} is answered ${status}`];
    }),
  );
  return answers.flat();
}

async function archiveEqualsTrail(machine: Machine): Promise<string[]> {
  const day = (days: number, now: number): string =>
    new Date(now + days * 86_400_000).toISOString();
  const now = await machine.now();
  const range = ['--from', day(-62, now), '--to', day(1, now)];
  const { code, out, err } = await runOps(machine, 'audit', 'verify', ...range);
  return code === 0 ? [] : [`the archive differs from the trail: ${out}${err}`.trim()];
}

interface Metric {
  dimensions: Record<string, string>;
  points: { at: string; sum: number }[];
}

async function fullQueues(machine: Machine): Promise<string[]> {
  const name = 'ApproximateNumberOfMessagesVisible';
  const metrics = (await machine.local('GET', `metrics?name=${name}`)) as Metric[];
  return metrics
    .filter(({ points }) => (points.at(-1)?.sum ?? 0) > 0)
    .map(({ dimensions, points }) => `${dimensions.QueueName} has ${points.at(-1)?.sum} messages`);
}

/** What a function logged last where it failed; the machine may have been killed since. */
export async function lastFailure(machine: Machine): Promise<string> {
  const lines = await machine.logs().catch(() => []);
  const failed = lines.filter(({ line }) => /_FAILED"|Task timed out|ExitError/.test(line));
  const { function: id = 'no function', line = 'no line' } = failed.at(-1) ?? {};
  return `${id} logged ${line.slice(0, 300)}`;
}

/** A function ended otherwise than by an answer: an exception that nothing expects. */
export async function brokenInvocations(machine: Machine): Promise<string[]> {
  const lines = await machine.logs();
  return lines
    .filter(({ line }) => /"(TypeError|RangeError|ReferenceError|SyntaxError)"/.test(line))
    .map(({ function: id, line }) => `${id} logged ${line.slice(0, 300)}`);
}
