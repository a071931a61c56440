import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { StackTemplate } from '../template/template.ts';

/** An event as a service publishes it. */
export interface ServiceEvent {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
}

/** The account's default event bus. */
export interface EventBus {
  /** Delivers to the targets of every rule that matches; the publisher does not wait. */
  publish(event: ServiceEvent): void;
}

/** What the bus stands on. */
export interface EventBusInputs {
  template: StackTemplate;
  lambda: Lambda;
  clock: Clock;
  /** Told of rules that may not invoke their target: AWS would only count them. */
  reportFailure(error: unknown): void;
}

type Pattern = { [key: string]: string[] | Pattern };

const PatternShape: z.ZodType<Pattern> = z.lazy(() =>
  z.record(z.string(), z.union([z.array(z.string()), PatternShape])),
);

const RuleProperties = z.object({
  EventPattern: PatternShape,
  State: z.literal('ENABLED').optional(),
  Targets: z.array(
    z.strictObject({
      Arn: z.string(),
      Id: z.string(),
      RetryPolicy: z
        .object({
          MaximumEventAgeInSeconds: z.coerce.number().optional(),
          MaximumRetryAttempts: z.coerce.number().optional(),
        })
        .optional(),
    }),
  ),
});

/** Lambda repeats an asynchronous invocation that failed after one minute, and again after two. */
const REPEATED_AFTER_MS = [60_000, 120_000];

/**
 * Reads the stack's rules.
 * @throws Error on a pattern or target that this machine cannot judge
 */
export function createEventBus({
  template,
  lambda,
  clock,
  reportFailure,
}: EventBusInputs): EventBus {
  const rules = template
    .ofType('AWS::Events::Rule')
    .map(({ logicalId, attributes, properties }) => {
      const parsed = RuleProperties.safeParse(properties);
      if (!parsed.success)
        throw new Error(
          `The event rule ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`,
        );
      const stranger = parsed.data.Targets.find(({ Arn }) => lambda.byArn(Arn) === undefined);
      if (stranger !== undefined)
        throw new Error(
          `The event rule ${logicalId} has the target ${stranger.Arn}, which is no function of the stack.`,
        );
      return {
        arn: attributes.Arn ?? '',
        pattern: parsed.data.EventPattern,
        targets: parsed.data.Targets,
      };
    });
  const deliver = async (
    ruleArn: string,
    functionArn: string,
    event: unknown,
    attempt = 0,
  ): Promise<void> => {
    const outcome = await lambda.invokeAs('events.amazonaws.com', ruleArn, functionArn, event);
    if (outcome === undefined)
      throw new Error(
        `The event rule ${ruleArn} may not invoke ${functionArn}: the stack has no Lambda permission for it.`,
      );
    const wait = REPEATED_AFTER_MS[attempt];
    if (outcome.kind === 'returned' || wait === undefined) return;
    clock.when(
      clock.now() + wait,
      () => void deliver(ruleArn, functionArn, event, attempt + 1).catch(reportFailure),
    );
  };
  return {
    publish({ source, detailType, detail }) {
      const { account, region } = template.place;
      const event = {
        version: '0',
        id: randomUUID(),
        'detail-type': detailType,
        source,
        account,
        time: new Date(clock.now()).toISOString(),
        region,
        resources: [],
        detail,
      };
      for (const { arn, targets } of rules.filter((rule) => matches(rule.pattern, event))) {
        for (const { Arn } of targets) deliver(arn, Arn, event).catch(reportFailure);
      }
    },
  };
}

function matches(pattern: Pattern, event: Record<string, unknown>): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = event[key];
    if (Array.isArray(wanted)) return wanted.includes(value as string);
    return (
      typeof value === 'object' &&
      value !== null &&
      matches(wanted, value as Record<string, unknown>)
    );
  });
}
