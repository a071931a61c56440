import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import { arnOf } from '../template/place.ts';

const FilterInput = z.object({
  logGroupName: z.string().optional(),
  logGroupIdentifier: z.string().optional(),
  /** Milliseconds since 1970. */
  startTime: z.number().optional(),
  endTime: z.number().optional(),
  filterPattern: z.string().optional(),
  limit: z.number().int().min(1).max(10_000).default(10_000),
  nextToken: z.string().regex(/^\d+$/).optional(),
});

type Inputs = Pick<LocalContext, 'logs' | 'place' | 'lambda' | 'template'>;

/** CloudWatch Logs: what the functions wrote, read by `aws logs tail` and `filter-log-events`. */
export function create(inputs: Inputs): LocalService {
  return {
    aws: {
      logs: async (call) => {
        if (call.operation !== 'FilterLogEvents')
          throw unknownOperation('CloudWatch Logs', call.operation);
        return await Promise.resolve(filterLogEvents(inputs, call));
      },
    },
  };
}

function filterLogEvents(inputs: Inputs, call: AwsCall): Reply {
  const parsed = FilterInput.safeParse(jsonInput(call.http));
  if (!parsed.success)
    throw new AwsError('InvalidParameterException', z.prettifyError(parsed.error));
  const { startTime = 0, endTime = Infinity, filterPattern, limit, nextToken } = parsed.data;
  const named = parsed.data.logGroupName ?? parsed.data.logGroupIdentifier ?? '';
  const group = named.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
  const { place } = inputs;
  const resource = arnOf(place, 'logs', `log-group:${group}:*`);
  authorise(call, place, { action: 'logs:FilterLogEvents', resource });
  const wanted = textOf(filterPattern);
  const functionId = functionOf(inputs, group);
  const all = inputs.logs
    .read(functionId)
    .map(({ at, line }, index) => ({
      timestamp: Date.parse(at),
      message: line,
      index,
    }))
    .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
    .filter(({ message }) => message.includes(wanted));
  const from = Number(nextToken ?? 0);
  const events = all.slice(from, from + limit).map(({ timestamp, message, index }) => ({
    timestamp,
    message,
    ingestionTime: timestamp,
    logStreamName: 'local',
    eventId: `${timestamp}-${index}`,
  }));
  const next = from + events.length;
  return jsonReply(call.protocol, {
    events,
    searchedLogStreams: [],
    ...(next < all.length && { nextToken: String(next) }),
  });
}

/** A plain term, quoted or not. What else a pattern can say is not understood here. */
function textOf(pattern = ''): string {
  const term = /^"([^"]*)"$/.exec(pattern)?.[1] ?? pattern;
  if (!/^[\w .:-]*$/.test(term) || (term.includes(' ') && term === pattern))
    throw new AwsError(
      'InvalidParameterException',
      `The local machine takes one term as a filter pattern, not ${pattern}.`,
    );
  return term;
}

/** A group is named by its function; the stack may also name it itself. */
function functionOf({ lambda, template }: Inputs, group: string): string {
  const names = template.ofType('AWS::Lambda::Function').flatMap(({ ref, properties }) => {
    const { LoggingConfig } = properties as { LoggingConfig?: { LogGroup?: string } };
    return LoggingConfig?.LogGroup === group || group === `/aws/lambda/${ref}` ? [ref] : [];
  });
  const definition = lambda.definitions.find(({ name }) => names.includes(name));
  if (definition === undefined)
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return definition.id;
}
