import { AwsError } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { jsonInput } from '../gateway/protocols.ts';
import { requestContext } from '../iam/request-context.ts';
import { refusal } from '../iam/principals.ts';
import type { Place } from '../template/place.ts';
import type { Connection } from './connection.ts';
import { neededPermissions } from './needed-permissions.ts';

const READS = new Set([
  'GetItem',
  'BatchGetItem',
  'TransactGetItems',
  'Query',
  'Scan',
  'DescribeTable',
  'ListTables',
]);

/**
 * Passes operations on to the engine. A role of the stack is held to its policies;
 * anyone else is the developer whose machine this is.
 * @param written called after every operation that may have changed a table
 */
export function createDynamoDb(
  connection: Connection,
  place: Place,
  written: () => void,
): AwsService {
  return async ({ operation, http, principal }) => {
    if (principal.kind === 'role') {
      for (const needed of neededPermissions(
        operation,
        jsonInput(http),
        place,
        requestContext(principal, place),
      )) {
        const reason = refusal(principal, needed);
        if (reason !== undefined) throw new AwsError('AccessDeniedException', reason);
      }
    }
    const reply = await connection.forward(`DynamoDB_20120810.${operation}`, http.body);
    if (!READS.has(operation)) written();
    return reply;
  };
}
