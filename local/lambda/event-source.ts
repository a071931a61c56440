import { z } from 'zod';
import type { Outcome } from './runtime.ts';

export const MappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.coerce.number().default(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
  MaximumRetryAttempts: z.coerce.number().default(10_000),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
  Enabled: z.literal(true).optional(),
});

/** An event source mapping, as the template sets it. */
export type Mapping = z.infer<typeof MappingProperties>;

/** The function at the end of a mapping. */
export interface Consumer {
  functionArn: string;
  mapping: Mapping;
  /** Gives the function a batch. */
  invoke: (event: unknown) => Promise<Outcome | undefined>;
  reportFailure: (error: unknown) => void;
}

/** A queue or a stream, as a mapping reads it. */
export interface EventSource {
  /** What the function's role must be allowed to do with the source. */
  actions: readonly string[];
  /** Gives everything that arrives to the consumer, until the service closes. */
  feed: (consumer: Consumer) => void;
}

/**
 * Which records of a batch a function reported as failed.
 * @returns undefined if the whole batch failed
 */
export function failuresOf(outcome: Outcome | undefined, mapping: Mapping): string[] | undefined {
  if (outcome?.kind !== 'returned') return undefined;
  if (!mapping.FunctionResponseTypes.includes('ReportBatchItemFailures')) return [];
  const { batchItemFailures = [] } = (outcome.payload ?? {}) as {
    batchItemFailures?: { itemIdentifier?: unknown }[];
  };
  return batchItemFailures.map(({ itemIdentifier }) => String(itemIdentifier));
}
