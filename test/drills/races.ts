/**
 * Races: every two acts on one account at once. What is left, and whose act was accepted, must be
 * as in one of the orders, or as with one act alone where the other one was refused.
 */
import { GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { type Machine, PASSWORD } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { misfits, tableOf } from './misfits.ts';
import { ACTS, CHANGED, RESET, type Scene, sceneOn } from './race-acts.ts';

/**
 * `LINK_SENT` comes from the queue's worker, and not for an account that is disabled by then. A
 * refusal leaves an event at one time and none at another.
 */
const BY_CHANCE = new Set([
  'LINK_SENT',
  'CODE_REFUSED',
  'DEVICE_REFUSED',
  'PASSKEY_REFUSED',
  'CURRENT_PASSWORD_REFUSED',
]);

type Row = Record<string, unknown>;

/**
 * What is left: the account and what it has, the password that Cognito has, whether a token opens
 * anything, and how often each event is on record.
 */
async function leftBy({ machine, brought, token }: Scene): Promise<string> {
  const { tables } = machine.outputs;
  const { client, table } = tableOf(machine);
  const read = async (pk: string): Promise<Row> =>
    (await client.send(new GetCommand({ TableName: table, Key: { pk }, ConsistentRead: true })))
      .Item ?? {};
  const { accountId } = await read('USERNAME#eemail');
  const rowsIn = async (name: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: tables[name] }))
      rows.push(...Items.filter((row) => row.accountId === accountId));
    return rows;
  };
  const account = await read(`ACCOUNT#${String(accountId)}`);
  const [events, devices] = [await rowsIn('AuditEvents'), await rowsIn('RememberedDevices')];
  client.destroy();
  return JSON.stringify({
    ...ofAccount(account),
    browsers: devices.filter(({ epoch }) => epoch === account.epoch).length,
    passwords: await passwordsOf(machine, String(account.email)),
    tokens: await statusesOf(machine, [token, ...brought]),
    events: timesEach(
      events.map(({ event }) => String(event)).filter((one) => !BY_CHANCE.has(one)),
    ),
  });
}

const ofAccount = (account: Row) => ({
  status: account.status,
  role: account.role,
  email: account.email,
  phone: account.phone,
  passkeys: account.passkeyCount ?? 0,
  recoveryCodes: (account.recoveryCodes as string[] | undefined)?.length ?? 0,
});

async function passwordsOf(machine: Machine, email: string): Promise<string[]> {
  const right: string[] = [];
  for (const [name, one] of Object.entries({ PASSWORD, CHANGED, RESET }))
    if ((await new PortalUser(machine, email).provePassword(one)).error === undefined)
      right.push(name);
  return right;
}

async function statusesOf(machine: Machine, tokens: readonly string[]): Promise<number[]> {
  const statuses = await Promise.all(
    tokens.map(async (one) => (await machine.api('GET', '/me', undefined, one)).status),
  );
  return [...new Set(statuses)].sort();
}

function timesEach(names: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].map(([name, count]) => `${name}×${count}`).sort();
}

type Pair = readonly [string, string];

interface Ended {
  /** Of the first act and of the second one; absent where the act was not taken. */
  outcomes: (string | undefined)[];
  left: string;
}

/** Prepares both acts, and takes them. */
async function ended(
  machine: Machine,
  pair: Pair,
  take: (acts: readonly (() => Promise<string>)[]) => Promise<(string | undefined)[]>,
): Promise<Ended> {
  const scene = await sceneOn(machine);
  const [first, second] = pair;
  const a = await (ACTS[first] as (typeof ACTS)[string])(scene);
  const b = first === second ? a : await (ACTS[second] as (typeof ACTS)[string])(scene);
  return { outcomes: await take([a, b]), left: await leftBy(scene) };
}

const isAccepted = (outcome: string | undefined): boolean => /^2\d\d|^tokens/.test(outcome ?? '');

/** The gate's refusal, between the proof of a sign-in, which is on record, and its tokens. */
const REFUSED_BY_GATE = 'UserLambdaValidationException';

/**
 * Whether a race may have ended so, given one way in which the acts end without one. Of an act and
 * its own repeat, both may be answered as done.
 */
function isAs([first, second]: Pair, race: Ended, way: Ended): boolean {
  if (race.left !== way.left) return false;
  return race.outcomes.every(
    (outcome, index) =>
      first === second ||
      outcome === REFUSED_BY_GATE ||
      isAccepted(outcome) === isAccepted(way.outcomes[index]),
  );
}

/** Both orders, and each act alone. */
const WAYS: readonly (readonly number[])[] = [[0, 1], [1, 0], [0], [1]];

/** @returns what is wrong, or nothing */
export async function raced(machine: Machine, pair: Pair): Promise<string[]> {
  const ways: Ended[] = [];
  for (const order of WAYS)
    ways.push(
      await ended(machine, pair, async (acts) => {
        const outcomes: (string | undefined)[] = [undefined, undefined];
        for (const index of order) outcomes[index] = await acts[index]?.();
        return outcomes;
      }),
    );
  const race = await ended(machine, pair, (acts) => Promise.all(acts.map((act) => act())));
  const what = `${pair.join(' × ')} (${race.outcomes.join(', ')})`;
  const others = ways.map(({ outcomes, left }) => `${outcomes.join(', ')}: ${left}`);
  return [
    ...(ways.some((way) => isAs(pair, race, way))
      ? []
      : [`${what} leaves ${race.left}; the orders leave ${others.join(' or ')}`]),
    ...(await misfits(machine)).map((fault) => `${what}: ${fault}`),
  ];
}

/** Every two acts, an act with itself too. */
export function pairs(): Pair[] {
  const names = Object.keys(ACTS);
  return names.flatMap((first, index) => names.slice(index).map((second): Pair => [first, second]));
}
