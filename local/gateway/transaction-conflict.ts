import { AwsError } from './aws-error.ts';

interface Reason {
  Code: string;
  Message?: string;
}

const ONGOING = 'Transaction is ongoing for the item';

/** The item is one of another transaction. */
export const CONFLICT: Reason = { Code: 'TransactionConflict', Message: ONGOING };
/** This item is not why the transaction is cancelled. */
export const NO_REASON: Reason = { Code: 'None' };

/** DynamoDB's answer to a transaction: a reason for each of its items, in their order. */
export function cancelledBy(CancellationReasons: readonly Reason[]): AwsError {
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons },
  );
}

/** DynamoDB's answer to an operation all of whose items another transaction holds. */
export function conflictOf(operation: string, input: Record<string, unknown>): AwsError {
  const { TransactItems: items } = input;
  return operation.startsWith('Transact') && Array.isArray(items)
    ? cancelledBy(items.map(() => CONFLICT))
    : new AwsError('TransactionConflictException', ONGOING);
}
