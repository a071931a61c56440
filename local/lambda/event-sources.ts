import type { LocalContext } from '../context.ts';
import { evaluate } from '../iam/evaluate.ts';
import { requestContext } from '../iam/request-context.ts';
import type { LocalService } from '../service.ts';
import { type EventSource, type Mapping, MappingProperties } from './event-source.ts';
import type { FunctionDefinition } from './functions.ts';

type Inputs = Pick<
  LocalContext,
  'template' | 'place' | 'lambda' | 'roles' | 'eventSources' | 'reportFailure'
>;

/** Lambda's event source mappings: they give what queues and streams hold to the functions. */
export function create(context: Inputs): LocalService {
  return {
    start() {
      const mappings = context.template.ofType('AWS::Lambda::EventSourceMapping');
      for (const { logicalId, properties } of mappings)
        startMapping(context, logicalId, MappingProperties.parse(properties));
    },
  };
}

/** @throws Error if the function's role may not read the source: Lambda refuses such a mapping */
function startMapping(context: Inputs, logicalId: string, mapping: Mapping): void {
  const { lambda, reportFailure } = context;
  const definition = lambda.definitions.find(
    ({ name, arn }) => mapping.FunctionName === name || mapping.FunctionName === arn,
  );
  if (definition === undefined)
    throw new Error(
      `The event source mapping ${logicalId} names the function ${mapping.FunctionName}, ` +
        'which the stack does not have.',
    );
  const source = context.eventSources.get(mapping.EventSourceArn);
  if (source === undefined)
    throw new Error(
      `The event source mapping ${logicalId} reads ${mapping.EventSourceArn}, ` +
        'which is not a queue or a table stream of the stack.',
    );
  checkMayRead(context, logicalId, definition, { source, arn: mapping.EventSourceArn });
  const { arn: functionArn } = definition;
  const invoke = (event: unknown) => lambda.invokeMapped(functionArn, event);
  source.feed({
    functionArn,
    mapping,
    invoke,
    reportFailure,
  });
}

function checkMayRead(
  { roles, place }: Inputs,
  logicalId: string,
  { roleArn }: FunctionDefinition,
  { source, arn: resource }: { source: EventSource; arn: string },
): void {
  const statements = roles.get(roleArn) ?? [];
  const context = requestContext(
    {
      kind: 'role',
      arn: roleArn,
      statements,
    },
    place,
  );
  const lacking = source.actions.filter(
    (action) => evaluate(statements, { action, resource, context }) !== 'allowed',
  );
  if (lacking.length > 0)
    throw new Error(
      `The event source mapping ${logicalId} cannot be created: ` +
        `${roleArn} lacks ${lacking.join(', ')} on ${resource}.`,
    );
}
