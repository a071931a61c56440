/**
 * Hostile input, by a seed and made smaller where it finds something: bodies, paths and headers of
 * every route, answers to the challenges, keys during a call, and what AWS hands to the functions.
 */
import fc from 'fast-check';
import { EXAMPLES } from '../../contract/openapi/examples.ts';
import { type Route, ROUTE_LIST, type RouteName } from '../../contract/routes.ts';
import { Callee } from '../journeys/clients/callee.ts';
import { Employee, HANA } from '../journeys/clients/employee.ts';
import { ADA, ERIN, type Machine, PASSWORD, PAT } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { bent } from './bent.ts';
import { challengeProperties } from './fuzz-challenges.ts';
import { eventProperties } from './fuzz-events.ts';
import { brokenInvocations } from './invariants.ts';
import { misfits } from './misfits.ts';

export interface FuzzPlan {
  seed: number;
  /** Inputs of each kind between two looks at what is left. */
  inputs: number;
}

/** One round of everything. @throws Error with the smallest input that fails */
export async function fuzz(machine: Machine, plan: FuzzPlan): Promise<void> {
  const { seed, inputs } = plan;
  const run = <T>(property: fc.IAsyncProperty<T>, share: number) =>
    fc.assert(property, { seed, numRuns: Math.ceil(inputs / share) });
  await machine.reset();
  await run(routeProperty(machine, await tokensOf(machine)), 1);
  await checkLeft(machine, plan);
  // A request may have disabled or reset whoever signs in next, as it is allowed to.
  await machine.reset();
  for (const challenge of await challengeProperties(machine)) await run(challenge, 40);
  await run(callProperty(machine), 20);
  await checkLeft(machine, plan);
  const events = await eventProperties(machine);
  for (const property of events.properties) await run(property, 4);
  events.done();
  const left = await misfits(machine);
  if (left.length > 0) throw new Error(`Events of seed ${seed} leave:\n${left.join('\n')}`);
}

/** @throws Error if what a round leaves does not fit together, or a function has failed */
async function checkLeft(machine: Machine, { seed }: FuzzPlan): Promise<void> {
  const left = [...(await misfits(machine)), ...(await brokenInvocations(machine))];
  if (left.length > 0) throw new Error(`Seed ${seed} leaves:\n${left.join('\n')}`);
}

interface Tokens {
  user: string;
  admin: string;
  employee: string;
  flow: string;
}

async function tokensOf(machine: Machine): Promise<Tokens> {
  const [user, admin] = [new PortalUser(machine, ERIN.email), new PortalUser(machine, ADA.email)];
  await user.signIn(PASSWORD, 'EMAIL', ERIN.email);
  await admin.signIn(PASSWORD, 'SMS', ADA.phone);
  const { access_token: employee } = await new Employee(machine).signIn(HANA);
  const begun = await machine.api('POST', '/password-resets', { email: PAT.email });
  return {
    user: user.tokens().AccessToken,
    admin: admin.tokens().AccessToken,
    employee,
    flow: (begun.body as { flowToken: string }).flowToken,
  };
}

// Routes

function bodyOf(name: RouteName): fc.Arbitrary<string | undefined> {
  const { body = {} } = EXAMPLES[name] as { body?: Record<string, unknown> };
  const forms = Object.values(body).map((form) => bent(form).map((one) => JSON.stringify(one)));
  return fc.oneof(
    ...forms.map((arbitrary) => ({ weight: 6, arbitrary })),
    fc.json(),
    fc.string(),
    fc.constant(undefined),
  );
}

const PART = fc.oneof(
  fc.constantFrom('eemail', 'pphone', 'mchen', '1234567893'),
  fc.string({ minLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
);
const HEADER = fc.stringMatching(/^[\x21-\x7e]{1,80}$/);

interface Asked {
  route: Route & { name: RouteName };
  parts: string[];
  query: string;
  body: string | undefined;
  as: keyof Tokens | 'nobody' | 'odd';
  header: string;
}

const REQUEST: fc.Arbitrary<Asked> = fc.constantFrom(...ROUTE_LIST).chain((route) =>
  fc.record({
    route: fc.constant(route),
    parts: fc.array(PART, { minLength: 2, maxLength: 2 }),
    query: fc.oneof(
      fc.constant(''),
      fc.webQueryParameters(),
      fc.string().map((text) => `cursor=${encodeURIComponent(text)}`),
    ),
    body: bodyOf(route.name),
    as: fc.constantFrom('user', 'admin', 'employee', 'flow', 'nobody', 'odd'),
    header: HEADER,
  }),
);

/** `Machine.api` throws where an answer is not documented. */
function routeProperty(machine: Machine, tokens: Tokens): fc.IAsyncProperty<[Asked]> {
  return fc.asyncProperty(REQUEST, async ({ route, parts, query, body, as, header }) => {
    const rest = [...parts];
    const path = route.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(rest.pop() ?? 'x'));
    const token = as === 'odd' ? header : as === 'nobody' ? undefined : tokens[as];
    const hasBody = route.method !== 'GET' && body !== undefined;
    const { status } = await machine.api(
      route.method,
      query === '' ? path : `${path}?${query}`,
      hasBody ? body : undefined,
      {
        ...(token === undefined ? {} : { token }),
        headers: { 'idempotency-key': header, 'if-match': header, 'accept-language': header },
      },
    );
    if (status >= 500) throw new Error(`answered ${status}`);
  });
}

// Calls

const MOVE = fc.oneof(
  fc.constant('answer' as const),
  fc.constant('hang-up' as const),
  fc.stringMatching(/^[0-8*]{1,4}$/).map((keys) => ({ keys })),
  fc.integer({ min: 1, max: 90 }).map((seconds) => ({ seconds })),
);

/** Whatever is pressed but #: it confirms nothing. */
function callProperty(machine: Machine) {
  const moves = fc.array(MOVE, { minLength: 1, maxLength: 6 });
  return fc.asyncProperty(moves, async (taken) => {
    const user = new PortalUser(machine, PAT.email);
    await user.provePassword(PASSWORD);
    await user.answer({ factor: 'CALL' });
    const callId = user.round.parameters.callId ?? '';
    const phone = new Callee(machine, PAT.phone);
    for (const move of taken) {
      if (move === 'answer') await phone.answer();
      else if (move === 'hang-up') await phone.hangUp();
      else if ('keys' in move) await phone.press(move.keys);
      else await machine.advance(move.seconds);
    }
    const status = await phone.status(callId);
    if (status === 'CONFIRMED') throw new Error('was confirmed without #');
    await user.answer({ call: 'CONFIRMED' });
    if (user.round.tokens !== undefined) throw new Error('brought tokens without #');
    await machine.advance(3_700);
  });
}
