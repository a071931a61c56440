/**
 * The fault matrix. Which functions call which operations is found by taking each step once; then
 * every one of those calls fails at its step in each way, the same request comes again without the
 * fault, and the flow goes on to its end.
 */
import type { Machine } from '../journeys/clients/machine.ts';
import { NothingArrived } from './arrived.ts';
import type { Course, Flow, Step } from './flow.ts';
import { afresh } from './flows.ts';

/** The ways in which a call fails, as `POST /_local/faults` takes them. */
export const MODES = {
  fails: { times: 1000, error: 'InternalServerError' },
  slow: { times: 1, delayMs: 3000 },
  'answer lost': { times: 1000, afterEffect: true },
} as const;
export type Mode = keyof typeof MODES;

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
  /** `registration dynamodb:TransactWriteItems`. */
  call: string;
}

export interface Case extends Place {
  mode: Mode | Variant;
}

/** Every call of every step of a flow, in the order of the steps, and each step's usual outcome. */
export async function placesOf(
  machine: Machine,
  flow: Flow,
): Promise<{ places: Place[]; usual: Map<string, string> }> {
  const course = await afresh(machine);
  const places: Place[] = [];
  const usual = new Map<string, string>();
  for (const step of flow.steps) {
    await step.before?.(course);
    await machine.local('DELETE', 'aws-calls');
    usual.set(step.name, await step.take(course));
    const calls = Object.keys((await machine.local('GET', 'aws-calls')) as object);
    for (const call of calls.filter((one) => !WORKERS.test(one)).sort())
      places.push({ flow, step, call });
  }
  return { places, usual };
}

/**
 * What happens: the answer under the fault, the answer to the same request without it, and where
 * the flow ends if not at its end.
 */
export async function tried(
  machine: Machine,
  { flow, step, call, mode }: Case,
  usual: ReadonlyMap<string, string>,
): Promise<string> {
  const course = await afresh(machine);
  const at = flow.steps.indexOf(step);
  for (const before of flow.steps.slice(0, at)) await walk(before, course);
  await step.before?.(course);
  await machine.fault({ ...faultAt(call), ...{ ...MODES, ...VARIANTS }[mode] });
  const first = await step.take(course);
  await machine.clearFaults();
  const wanted = usual.get(step.name);
  const again = first === wanted ? first : await repeated(course, flow.steps, at);
  const ended = await rest(course, flow.steps.slice(at + 1), usual);
  const answers = first === wanted ? 'unnoticed' : [first, again].map(read(wanted)).join(' → ');
  return ended === undefined ? answers : `${answers}; then ${ended}`;
}

/** The same request again, or the sign-in from its beginning. */
async function repeated(course: Course, steps: readonly Step[], at: number): Promise<string> {
  const step = steps[at] as Step;
  if (step.startsOver !== true) return step.take(course);
  const password = steps.slice(0, at).findLastIndex(({ name }) => name === 'password');
  for (const one of steps.slice(password, at)) await walk(one, course);
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

/** `registration dynamodb:GetItem` as a fault names it. */
function faultAt(call: string): { function: string; service: string; operation: string } {
  const [functionId = '', operation = ''] = call.split(' ');
  const [service = '', name = ''] = operation.split(':');
  return { function: functionId, service, operation: name };
}

/**
 * Every case of the matrix. A slow call of the tables is repeated by the SDK, wherever it is; a
 * message that a queue takes twice is two mails, of which chance decides which is read.
 */
export const casesOf = (places: readonly Place[]): Case[] =>
  places.flatMap((place) =>
    (Object.keys(MODES) as Mode[])
      .filter((mode) => mode !== 'slow' || !place.call.includes('dynamodb'))
      .filter((mode) => mode !== 'answer lost' || !place.call.includes('sqs'))
      .map((mode) => ({ ...place, mode })),
  );

/** One failure, and throttling, of every call that can fail. */
export const variantsOf = (places: readonly Place[]): Case[] =>
  places.flatMap((place) =>
    (Object.keys(VARIANTS) as Variant[]).map((mode) => ({ ...place, mode })),
  );

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
