/**
 * The fault matrix. Which functions call which operations, and which triggers Cognito calls, is
 * found by taking each step once; then every one of those calls fails at its step in each way, the
 * same request comes again without the fault, and the flow goes on to its end. Each trigger is also
 * called a second time with the same event, as Cognito does where an answer is late.
 */
import type { Machine } from '../journeys/clients/machine.ts';
import { NothingArrived } from './arrived.ts';
import type { Course, Flow, Step } from './flow.ts';
import { afresh } from './flows.ts';
import { differenceOf, type Left, leftOn } from './left.ts';

/** The ways in which a call fails, as `POST /_local/faults` takes them. */
export const MODES = {
  fails: { times: 1000, error: 'InternalServerError' },
  slow: { times: 1, delayMs: 3000 },
  'answer lost': { times: 1000, afterEffect: true },
} as const;

/** What Cognito does where the answer of a trigger is late. */
export const CALLED_AGAIN = 'called again';
type TableMode = keyof typeof MODES;
export type Mode = TableMode | typeof CALLED_AGAIN;

/** The triggers, and the name that a fault has for each. */
const TRIGGERS: Record<string, string> = {
  define: 'define',
  create: 'create',
  verify: 'verify',
  'token-gate': 'token-gate',
  'workforce-gate': 'token-gate',
};

/** Ways whose outcome follows from the others: they have no cells of their own on the page. */
const VARIANTS = {
  'fails once': { times: 1, error: 'InternalServerError' },
  'is throttled': { times: 1000, error: 'ThrottlingException' },
} as const;
type Variant = keyof typeof VARIANTS;

/** Workers behind queues and streams try again by themselves, whatever the person does. */
const WORKERS = /^(notices|outbox|mail-events|audit-archive|call-events|call-flow|sweep) /;

export interface Place {
  flow: Flow;
  step: Step;
  /** `registration dynamodb:TransactWriteItems`; of a trigger that Cognito calls, `create`. */
  call: string;
}

export interface Case extends Place {
  mode: Mode | Variant;
}

/** What a flow without a fault ends with. */
export interface Usual {
  /** Of each step, by its name. */
  outcomes: ReadonlyMap<string, string>;
  left: Left;
}

/** Every call of every step of a flow, in the order of the steps, and how the flow usually ends. */
export async function placesOf(
  machine: Machine,
  flow: Flow,
): Promise<{ places: Place[]; usual: Usual }> {
  const course = await afresh(machine, 'COLD');
  const places: Place[] = [];
  const outcomes = new Map<string, string>();
  for (const step of flow.steps) {
    await step.before?.(course);
    const invoked = await triggersOf(machine);
    await machine.local('DELETE', 'aws-calls');
    outcomes.set(step.name, await step.take(course));
    const calls = Object.keys(await callsOf(machine)).filter((one) => !WORKERS.test(one));
    const triggers = [...(await triggersOf(machine))]
      .filter(([name, count]) => count > (invoked.get(name) ?? 0))
      .map(([name]) => name);
    for (const call of [...calls.sort(), ...triggers.sort()]) places.push({ flow, step, call });
  }
  return { places, usual: { outcomes, left: await leftOn(machine) } };
}

const callsOf = async (machine: Machine) =>
  (await machine.local('GET', 'aws-calls')) as Record<string, number>;

interface Metric {
  dimensions: { FunctionName: string };
  points: { sum: number }[];
}

/** How often each trigger was called. */
async function triggersOf(machine: Machine): Promise<Map<string, number>> {
  const metrics = (await machine.local('GET', 'metrics?name=Invocations')) as Metric[];
  const counts = metrics.map(({ dimensions, points }) => {
    const name = dimensions.FunctionName.replace(/^portal-auth-local-/, '');
    return [name, points.reduce((sum, point) => sum + point.sum, 0)] as const;
  });
  return new Map(counts.filter(([name]) => TRIGGERS[name] !== undefined));
}

/**
 * What happens: the answer under the fault, the answer to the same request without it, and where
 * the flow ends if not at its end. Functions that are warm start sooner; a call that they do not
 * make because they remember its answer takes cold ones.
 */
export async function tried(machine: Machine, one: Case, usual: Usual): Promise<string> {
  const warm = await triedOn(machine, await afresh(machine, 'WARM'), one, usual);
  return (
    warm ?? (await triedOn(machine, await afresh(machine, 'COLD'), one, usual)) ?? 'not called'
  );
}

/** @returns undefined if the call that was to fail was not made */
async function triedOn(
  machine: Machine,
  course: Course,
  { flow, step, call, mode }: Case,
  usual: Usual,
): Promise<string | undefined> {
  const at = flow.steps.indexOf(step);
  for (const before of flow.steps.slice(0, at)) await walk(before, course);
  await step.before?.(course);
  await machine.local('DELETE', 'aws-calls');
  await machine.fault(faultAt(call, mode));
  const first = await step.take(course);
  await machine.clearFaults();
  if (mode !== CALLED_AGAIN && !(call in (await callsOf(machine)))) return undefined;
  const wanted = usual.outcomes.get(step.name);
  const again = first === wanted ? first : await repeated(course, flow.steps, at);
  const ended = await rest(course, flow.steps.slice(at + 1), usual.outcomes);
  const answers = first === wanted ? 'unnoticed' : [first, again].map(read(wanted)).join(' → ');
  if (ended !== undefined) return `${answers}; then ${ended}`;
  if (mode !== CALLED_AGAIN) return answers;
  const difference = differenceOf(await leftOn(machine), usual.left);
  return difference === undefined ? answers : `${answers}; leaves ${difference}`;
}

/** The same request again, or the sign-in from its beginning to the first tokens. */
async function repeated(course: Course, steps: readonly Step[], at: number): Promise<string> {
  const step = steps[at] as Step;
  const start = steps.findIndex(({ name }) => name === step.startsOver);
  if (start === -1) return step.take(course);
  for (const one of steps.slice(start, at))
    if ((await walk(one, course)) === 'tokens') return 'tokens';
  return walk(step, course);
}

const read = (usual: string | undefined) => (outcome: string) =>
  outcome === usual ? 'done' : outcome;

async function walk(step: Step, course: Course): Promise<string> {
  try {
    await step.before?.(course);
  } catch (error) {
    if (error instanceof NothingArrived) return 'nothing arrived';
    throw error;
  }
  return step.take(course);
}

/** The rest of the flow. @returns the first step that is not as usual */
async function rest(
  course: Course,
  steps: readonly Step[],
  usual: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  for (const step of steps) {
    const outcome = await walk(step, course);
    if (outcome !== usual.get(step.name)) return `${step.name}: ${outcome}`;
  }
  return undefined;
}

/** The fault of a case, as `POST /_local/faults` takes it. */
function faultAt(call: string, mode: Case['mode']): Record<string, unknown> {
  if (mode === CALLED_AGAIN) return { trigger: TRIGGERS[call], duplicate: true, times: 1000 };
  const [functionId = '', called = ''] = call.split(' ');
  const [service = '', operation = ''] = called.split(':');
  return { function: functionId, service, operation, ...{ ...MODES, ...VARIANTS }[mode] };
}

/**
 * Every case of the matrix. A slow call of the tables is repeated by the SDK, wherever it is; a
 * message that a queue takes twice is two mails, of which chance decides which is read.
 */
export const casesOf = (places: readonly Place[]): Case[] =>
  places.flatMap((place): Case[] =>
    isTrigger(place)
      ? [{ ...place, mode: CALLED_AGAIN }]
      : (Object.keys(MODES) as TableMode[])
          .filter((mode) => mode !== 'slow' || !place.call.includes('dynamodb'))
          .filter((mode) => mode !== 'answer lost' || !place.call.includes('sqs'))
          .map((mode) => ({ ...place, mode })),
  );

const isTrigger = ({ call }: Place): boolean => TRIGGERS[call] !== undefined;

/** One failure, and throttling, of every call that can fail. */
export const variantsOf = (places: readonly Place[]): Case[] =>
  places
    .filter((place) => !isTrigger(place))
    .flatMap((place) => (Object.keys(VARIANTS) as Variant[]).map((mode) => ({ ...place, mode })));

/**
 * Whether an outcome is what the page says. What is throttled fails; one failure is repeated by the
 * SDK unnoticed, or fails.
 * @param said the outcome of a case of the page
 */
export function isExpected(one: Case, outcome: string, said: (of: Case) => string): boolean {
  if (one.mode === 'is throttled') return outcome === said({ ...one, mode: 'fails' });
  if (one.mode === 'fails once')
    return outcome === 'unnoticed' || outcome === said({ ...one, mode: 'fails' });
  return outcome === said(one);
}
