import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import type { ServiceEvent } from '../events.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';
import { nextOf } from './schedule.ts';
import type { Resource } from '../template/template.ts';

type Inputs = Pick<
  LocalContext,
  'template' | 'place' | 'lambda' | 'clock' | 'events' | 'reportFailure'
>;

type Pattern = { [key: string]: string[] | Pattern };

const PatternShape: z.ZodType<Pattern> = z.lazy(() =>
  z.record(z.string(), z.union([z.array(z.string()), PatternShape])),
);

const RuleProperties = z.object({
  EventPattern: PatternShape.optional(),
  ScheduleExpression: z.string().optional(),
  State: z.literal('ENABLED').optional(),
  Targets: z.array(
    z.strictObject({
      Arn: z.string(),
      Id: z.string(),
      RoleArn: z.string().optional(),
      RetryPolicy: z
        .object({
          MaximumEventAgeInSeconds: z.coerce.number().optional(),
          MaximumRetryAttempts: z.coerce.number().optional(),
        })
        .optional(),
    }),
  ),
});

/** Lambda repeats a failed asynchronous invocation after one minute, and again after two. */
const REPEATED_AFTER_MS = [60_000, 120_000];

/** A rule of the default bus: by a pattern of events, by a schedule, or by both. */
interface Rule {
  arn: string;
  pattern: Pattern | undefined;
  /** The first time after a given one. */
  next: ((after: number) => number) | undefined;
  targets: { Arn: string }[];
}

/**
 * EventBridge: the rules of the default event bus, with functions as targets. Topics are accepted,
 * and reach nobody here. A schedule that the clock has moved past several times runs once.
 * @throws Error on a pattern, schedule or target that this machine does not run
 */
export function create(inputs: Inputs): LocalService {
  const { template, place, clock, events } = inputs;
  const rules = template.ofType('AWS::Events::Rule').map((rule) => readRule(inputs, rule));
  return {
    start() {
      events.subscribe((published) => {
        const event = envelope(published, place, clock.now());
        for (const rule of rules)
          if (rule.pattern !== undefined && matches(rule.pattern, event)) run(inputs, rule, event);
      });
      for (const rule of rules) wait(inputs, rule);
    },
  };
}

/** Runs a scheduled rule at its next time, and so on. */
function wait(inputs: Inputs, rule: Rule): void {
  const { clock, place } = inputs;
  if (rule.next === undefined) return;
  clock.when(rule.next(clock.now()), () => {
    const scheduled = {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
    };
    run(inputs, rule, {
      ...envelope(scheduled, place, clock.now()),
      resources: [rule.arn],
    });
    wait(inputs, rule);
  });
}

function run(inputs: Inputs, { arn, targets }: Rule, event: unknown): void {
  for (const { Arn } of targets)
    deliver(inputs, {
      ruleArn: arn,
      functionArn: Arn,
      event,
    }).catch(inputs.reportFailure);
}

function readRule(
  { lambda, template }: Inputs,
  { logicalId, attributes, properties }: Resource,
): Rule {
  const parsed = RuleProperties.safeParse(properties);
  if (!parsed.success)
    throw new Error(
      `The event rule ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`,
    );
  const { EventPattern: pattern, ScheduleExpression: schedule, Targets } = parsed.data;
  // Nobody here receives what a topic publishes.
  const topics = new Set(template.ofType('AWS::SNS::Topic').map(({ ref }) => ref));
  const functions = Targets.filter(({ Arn }) => !topics.has(Arn));
  const unknown = functions.find(({ Arn }) => lambda.byArn(Arn) === undefined);
  if (unknown !== undefined)
    throw new Error(
      `The event rule ${logicalId} has the target ${unknown.Arn}, ` +
        'which is not a function or a topic of the stack.',
    );
  const next = schedule === undefined ? undefined : nextOf(schedule);
  return {
    arn: attributes.Arn ?? '',
    pattern,
    next,
    targets: functions,
  };
}

/** One event on its way to one function. */
interface Delivery {
  ruleArn: string;
  functionArn: string;
  event: unknown;
}

async function deliver(inputs: Inputs, delivery: Delivery, attempt = 0): Promise<void> {
  const { lambda, clock, reportFailure } = inputs;
  const { ruleArn, functionArn, event } = delivery;
  const outcome = await lambda.invokeAs('events.amazonaws.com', ruleArn, functionArn, event);
  if (outcome === undefined)
    throw new Error(
      `The event rule ${ruleArn} may not invoke ${functionArn}: ` +
        'the stack has no Lambda permission for it.',
    );
  const wait = REPEATED_AFTER_MS[attempt];
  if (outcome.kind === 'returned' || wait === undefined) return;
  clock.when(
    clock.now() + wait,
    () => void deliver(inputs, delivery, attempt + 1).catch(reportFailure),
  );
}

function envelope(
  { source, detailType, detail }: ServiceEvent,
  { account, region }: Place,
  now: number,
): Record<string, unknown> {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account,
    time: new Date(now).toISOString(),
    region,
    resources: [],
    detail,
  };
}

function matches(pattern: Pattern, event: Record<string, unknown>): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const values = [event[key]].flat();
    if (Array.isArray(wanted)) return values.some((value) => wanted.includes(value as string));
    return values.some(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        matches(wanted, value as Record<string, unknown>),
    );
  });
}
