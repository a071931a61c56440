import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import type { WrittenLine } from '../lambda/logs.ts';
import type { Dimensions, Metrics } from './metrics.ts';
import { readFilterPattern, type Matches } from './filter-pattern.ts';

type Inputs = Pick<LocalContext, 'template' | 'lambda' | 'logs' | 'metrics'>;

const FilterProperties = z.object({
  LogGroupName: z.string(),
  FilterPattern: z.string(),
  MetricTransformations: z.tuple([
    z.strictObject({
      MetricName: z.string(),
      MetricNamespace: z.string(),
      MetricValue: z.string().regex(/^\d+$/, 'must be a whole number'),
    }),
  ]),
});

/** A metric filter on what one function writes. */
interface MetricFilter {
  functionId: string;
  matches: Matches;
  namespace: string;
  name: string;
  value: number;
}

/**
 * Makes metrics of what functions write: by the stack's metric filters, and by embedded metrics.
 */
export function measureLogs(inputs: Inputs): void {
  const { logs, metrics } = inputs;
  const filters = readFilters(inputs);
  logs.follow((written) => {
    const line = asStored(written);
    for (const filter of filters) {
      if (filter.functionId === written.function && filter.matches(line))
        metrics.put(filter.namespace, filter.name, {}, filter.value);
    }
    if (written.by === 'OUTPUT') putEmbedded(metrics, line);
  });
}

function readFilters({ template, lambda }: Inputs): MetricFilter[] {
  return template.ofType('AWS::Logs::MetricFilter').map(({ logicalId, properties }) => {
    const parsed = FilterProperties.safeParse(properties);
    if (!parsed.success)
      throw new Error(
        `The metric filter ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`,
      );
    const { LogGroupName, FilterPattern, MetricTransformations } = parsed.data;
    const [{ MetricName, MetricNamespace, MetricValue }] = MetricTransformations;
    const fn = lambda.definitions.find(({ name }) => LogGroupName === `/aws/lambda/${name}`);
    if (fn === undefined)
      throw new Error(
        `The metric filter ${logicalId} reads ${LogGroupName}, which is not a function's log.`,
      );
    return {
      functionId: fn.id,
      matches: readFilterPattern(FilterPattern),
      namespace: MetricNamespace,
      name: MetricName,
      value: Number(MetricValue),
    };
  });
}

/**
 * A line as CloudWatch gets it from a function whose log format is JSON: what the console writes is
 * a string within JSON of Lambda's own, and output that is JSON already is passed on as it is
 * (inferred from AWS's pages).
 */
function asStored({ by, at, line }: WrittenLine): string {
  if (by !== 'CONSOLE') return line;
  return JSON.stringify({
    timestamp: new Date(at).toISOString(),
    level: 'INFO',
    message: line,
  });
}

const Embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string()).max(30)),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().optional() })).max(100),
      }),
    ),
  }),
});

/** Takes the metrics of a line in the embedded metric format. */
function putEmbedded(metrics: Metrics, line: string): void {
  if (!line.includes('"_aws"')) return;
  const content = Embedded.parse(JSON.parse(line));
  for (const { Namespace, Dimensions: sets, Metrics: named } of content._aws.CloudWatchMetrics)
    for (const set of sets)
      for (const { Name } of named)
        metrics.put(Namespace, Name, dimensionsOf(content, set), valueOf(content, Name));
}

function dimensionsOf(content: Record<string, unknown>, names: string[]): Dimensions {
  return Object.fromEntries(names.map((name) => [name, z.string().parse(content[name])]));
}

function valueOf(content: Record<string, unknown>, name: string): number {
  return z.number().parse(content[name]);
}
