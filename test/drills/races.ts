/**
 * Races: every two acts on one account at once. What is left must be what one of the orders leaves,
 * or what one act leaves alone where the other one was refused.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ADA, ERIN, type Machine, PASSWORD } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { Resetter } from '../journeys/clients/resetter.ts';
import { outcomeOf, outcomeOfRound } from './flow.ts';
import { misfits, tableOf } from './misfits.ts';

const NEW_EMAIL = 'erin.new@cedargrove.example';
/** The password that each act sets. */
const CHANGED = 'Quiet-Lantern-42-Harbour';
const RESET = 'Amber-Thicket-58-Willow';

/** Everything that the acts need, prepared up to their last request. */
interface Scene {
  machine: Machine;
  admin: string;
  token: string;
  refreshToken: string;
  changeCode: string;
  reset: Resetter;
  signIn: PortalUser;
  signInCode: string;
  /** Access tokens that acts have brought. */
  brought: string[];
}

/** Sent by the queue's worker after the act, and not for an account that is disabled by then. */
const BY_A_WORKER = 'LINK_SENT';

type Act = (scene: Scene) => Promise<string>;

const asAdmin = (method: string, path: string, body: object): Act => {
  return async ({ machine, admin }) =>
    outcomeOf(await machine.api(method, `/admin/users/eemail${path}`, body, admin));
};
const asErin = (method: string, path: string, body?: (scene: Scene) => object): Act => {
  return async (scene) =>
    outcomeOf(await scene.machine.api(method, `/me${path}`, body?.(scene), scene.token));
};

const ACTS: Record<string, Act> = {
  'admin resets': asAdmin('POST', '/registration-reset', {}),
  'admin disables': asAdmin('PUT', '/status', { status: 'DISABLED' }),
  'signs out everywhere': asErin('POST', '/sign-out-everywhere'),
  'changes the password': asErin('PUT', '/password', () => ({
    currentPassword: PASSWORD,
    newPassword: CHANGED,
  })),
  'changes the address': asErin('POST', '/email/verification', ({ changeCode: code }) => ({
    code,
  })),
  'resets the password': async ({ reset }) =>
    outcomeOf(await reset.step('PUT', '/password', { password: RESET })),
  async 'signs in'({ signIn, signInCode, brought }) {
    const round = await signIn.answer({ code: signInCode });
    if (round.tokens !== undefined) brought.push(round.tokens.AccessToken);
    return outcomeOfRound(round);
  },
  async refreshes({ machine, refreshToken, brought }) {
    const fresh = await new PortalUser(machine, ERIN.email).refresh(refreshToken);
    if (fresh.AuthenticationResult === undefined) return String(fresh.__type);
    brought.push(fresh.AuthenticationResult.AccessToken);
    return 'tokens';
  },
};

async function sceneOf(machine: Machine): Promise<Scene> {
  await machine.reset();
  const { AccessToken: admin } = await new PortalUser(machine, ADA.email).signIn(
    PASSWORD,
    'SMS',
    ADA.phone,
  );
  const erin = new PortalUser(machine, ERIN.email);
  const tokens = await erin.signIn(PASSWORD, 'EMAIL', ERIN.email);
  await machine.api('POST', '/me/email', { email: NEW_EMAIL }, tokens.AccessToken);
  const changeCode = await machine.code(NEW_EMAIL);
  const reset = new Resetter(machine);
  await reset.proveEmail(ERIN.email);
  const signIn = new PortalUser(machine, ERIN.email);
  await signIn.provePassword(PASSWORD);
  const signInCode = await signIn.sendCode('EMAIL', ERIN.email);
  return {
    machine,
    admin,
    token: tokens.AccessToken,
    refreshToken: tokens.RefreshToken,
    changeCode,
    reset,
    signIn,
    signInCode,
    brought: [],
  };
}

/**
 * What is left: the account, the password that Cognito has, whether a token opens anything, and how
 * often each event is on record.
 */
async function leftBy({ machine, admin, brought, token }: Scene): Promise<string> {
  const { client, table } = tableOf(machine);
  const read = async (pk: string) =>
    (await client.send(new GetCommand({ TableName: table, Key: { pk }, ConsistentRead: true })))
      .Item ?? {};
  const { accountId } = await read('USERNAME#eemail');
  const { status, email } = await read(`ACCOUNT#${accountId}`);
  client.destroy();
  const open = await Promise.all(
    [token, ...brought].map(
      async (one) => (await machine.api('GET', '/me', undefined, one)).status,
    ),
  );
  const page = await machine.api('GET', '/admin/users/eemail/events', undefined, admin);
  const events = new Map<string, number>();
  for (const { event } of (page.body as { events: { event: string }[] }).events)
    if (event !== BY_A_WORKER) events.set(event, (events.get(event) ?? 0) + 1);
  const passwords: string[] = [];
  for (const [name, one] of Object.entries({ PASSWORD, CHANGED, RESET }))
    if ((await new PortalUser(machine, String(email)).provePassword(one)).error === undefined)
      passwords.push(name);
  const trail = [...events].map(([event, count]) => `${event}×${count}`).sort();
  const tokens = [...new Set(open)].join(',');
  return `${status} ${email} ${passwords.join('+')} tokens:${tokens} ${trail.join(',')}`;
}

/** One race. @returns what is wrong, or nothing */
async function raced(machine: Machine, first: string, second: string): Promise<string[]> {
  const [a, b] = [ACTS[first] as Act, ACTS[second] as Act];
  const allowed = new Set<string>();
  for (const acts of [[a, b], [b, a], [a], [b]]) {
    const scene = await sceneOf(machine);
    for (const act of acts) await act(scene);
    allowed.add(await leftBy(scene));
  }
  const scene = await sceneOf(machine);
  const outcomes = await Promise.all([a(scene), b(scene)]);
  const left = await leftBy(scene);
  const what = `${first} × ${second} (${outcomes.join(', ')})`;
  return [
    ...(allowed.has(left)
      ? []
      : [`${what} leaves ${left}; the orders leave ${[...allowed].join(' or ')}`]),
    ...(await misfits(machine)).map((fault) => `${what}: ${fault}`),
  ];
}

/** Every two acts, an act with itself too. */
export function* racesOf(machine: Machine): Generator<() => Promise<string[]>> {
  const names = Object.keys(ACTS);
  for (const [index, first] of names.entries())
    for (const second of names.slice(index)) yield () => raced(machine, first, second);
}
