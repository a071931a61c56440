import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Connection } from '../dynamodb/connection.ts';
import { followStream } from '../dynamodb/streams.ts';
import type { Table } from '../dynamodb/tables.ts';
import { evaluate } from '../iam/evaluate.ts';
import { requestContext } from '../iam/request-context.ts';
import type { Statement } from '../iam/statements.ts';
import type { Queues } from '../sqs/queues.ts';
import { pollQueue } from '../sqs/poll-queue.ts';
import type { StackTemplate } from '../template/template.ts';
import type { Lambda } from './lambda.ts';

const MappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.coerce.number().default(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
  MaximumRetryAttempts: z.coerce.number().default(10_000),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
  Enabled: z.literal(true).optional(),
});

/** An event source mapping, as the pollers read it. */
export type Mapping = z.infer<typeof MappingProperties>;

/** What the pollers stand on. */
export interface EventSourceInputs {
  template: StackTemplate;
  lambda: Lambda;
  queues: Queues;
  tables: Table[];
  connection: Connection;
  clock: Clock;
  roles: Map<string, Statement[]>;
  reportFailure(error: unknown): void;
}

/** The running pollers. */
export interface EventSources {
  /** A table may have changed: whoever reads its stream looks now. */
  tablesWritten(): void;
  stop(): void;
}

const READS_QUEUE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const READS_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
];

/**
 * Starts every event source mapping of the stack.
 * @throws Error if a function's role may not read its source, as Lambda refuses to create such a mapping
 */
export function startEventSources(inputs: EventSourceInputs): EventSources {
  const { template, lambda, queues, tables } = inputs;
  const streams: { look(): void; stop(): void }[] = [];
  for (const { logicalId, properties } of template.ofType('AWS::Lambda::EventSourceMapping')) {
    const mapping = MappingProperties.parse(properties);
    const fn = lambda.definitions.find(
      ({ name, arn }) => mapping.FunctionName === name || mapping.FunctionName === arn,
    );
    if (fn === undefined)
      throw new Error(
        `The event source mapping ${logicalId} names the function ${mapping.FunctionName}, which the stack does not have.`,
      );
    const queue = queues.byArn(mapping.EventSourceArn);
    const table = tables.find(({ streamArn }) => streamArn === mapping.EventSourceArn);
    checkMayRead(
      inputs,
      logicalId,
      fn.roleArn,
      queue === undefined ? READS_STREAM : READS_QUEUE,
      mapping.EventSourceArn,
    );
    const onError = inputs.reportFailure;
    if (queue !== undefined)
      pollQueue({
        queue,
        mapping,
        functionArn: fn.arn,
        lambda,
        region: template.place.region,
        onError,
      });
    else if (table !== undefined)
      streams.push(
        followStream({
          ...inputs,
          table,
          mapping,
          functionArn: fn.arn,
          region: template.place.region,
          onError,
        }),
      );
    else
      throw new Error(
        `The event source mapping ${logicalId} reads ${mapping.EventSourceArn}, which is no queue or table stream of the stack.`,
      );
  }
  return {
    tablesWritten: () => streams.forEach((stream) => stream.look()),
    stop: () => streams.forEach((stream) => stream.stop()),
  };
}

function checkMayRead(
  { roles, template }: EventSourceInputs,
  logicalId: string,
  roleArn: string,
  actions: string[],
  resource: string,
): void {
  const statements = roles.get(roleArn) ?? [];
  const context = requestContext({ kind: 'role', arn: roleArn, statements }, template.place);
  const lacking = actions.filter(
    (action) => evaluate(statements, { action, resource, context }) !== 'allowed',
  );
  if (lacking.length > 0)
    throw new Error(
      `The event source mapping ${logicalId} cannot be created: ${roleArn} lacks ${lacking.join(', ')} on ${resource}.`,
    );
}
