import { AwsError } from '../gateway/aws-error.ts';
import type { Needed } from '../iam/evaluate.ts';
import type { ConditionContext } from '../iam/conditions.ts';
import { arnOf, type Place } from '../template/place.ts';

type Input = Record<string, unknown>;

const ON_ONE_TABLE = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'DescribeTable',
  'DescribeTimeToLive',
]);

const TRANSACTION_ACTIONS: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/**
 * The permissions that an operation needs: a batch its own on each table, a transaction those of
 * each item's action.
 */
export function neededPermissions(
  operation: string,
  input: Input,
  place: Place,
  context: ConditionContext,
): Needed[] {
  const need = (action: string, table: unknown, index?: unknown): Needed => ({
    action: `dynamodb:${action}`,
    resource: tableArn(table, index, place),
    context,
  });
  if (ON_ONE_TABLE.has(operation)) return [need(operation, input.TableName, input.IndexName)];
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return Object.keys(input.RequestItems ?? {}).map((table) => need(operation, table));
  }
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return ((input.TransactItems ?? []) as Input[]).flatMap((item) =>
      Object.entries(item).map(([kind, entry]) => {
        const action = TRANSACTION_ACTIONS[kind];
        if (action === undefined)
          throw new AwsError('ValidationException', `TransactItems has an unknown member ${kind}.`);
        return need(action, (entry as Input).TableName);
      }),
    );
  }
  throw new AwsError(
    'UnknownOperationException',
    `The local machine cannot authorise dynamodb:${operation}: its permissions are not listed. ` +
      'Add them to local/dynamodb/needed-permissions.ts.',
  );
}

function tableArn(table: unknown, index: unknown, place: Place): string {
  if (typeof table !== 'string') throw new AwsError('ValidationException', 'TableName is missing.');
  const arn = table.startsWith('arn:') ? table : arnOf(place, 'dynamodb', `table/${table}`);
  return typeof index === 'string' ? `${arn}/index/${index}` : arn;
}
