/**
 * Grants live in a list of the account's own item: the answer that completes a road appends one in the transaction of
 * the proof, and the gate takes one, checks epoch and status and learns the claims by a single conditional update.
 */
import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Account, accountOf, type Grant } from '../../capabilities/accounts/account.rules.ts';
import { accountKey } from '../../capabilities/accounts/accounts.store.ts';
import { StoreUnavailable } from '../../ground/platform/dynamo.ts';
import {
  after,
  Collected,
  condition,
  is,
  same,
  update,
} from '../../ground/platform/expressions.rules.ts';

/** Each pass takes away what expired before the grant that it found. */
const PASSES = 4;

export class GrantsStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async take(
    accountId: string,
    clientId: string,
    now: number,
  ): Promise<{ account: Account; grant: Grant } | undefined> {
    let index: number | undefined = 0;
    for (let pass = 1; pass <= PASSES && index !== undefined; pass += 1) {
      const taken = await this.#takeAt(accountId, index, clientId, now);
      if ('account' in taken)
        return { account: taken.account, grant: taken.account.grants?.[index] as Grant };
      index = indexOfGrant(taken.found, clientId, now);
    }
    return undefined;
  }

  async #takeAt(
    accountId: string,
    index: number,
    clientId: string,
    now: number,
  ): Promise<{ account: Account } | { found: Account | undefined }> {
    const names = new Collected();
    const grant = `grants[${index}]`;
    const expired = Array.from({ length: index + 1 }, (_, position) => `grants[${position}]`);
    const UpdateExpression = update({ set: { lastSignInAt: now }, remove: expired }, names);
    const clauses = [
      after(`${grant}.expiresAt`, now),
      is(`${grant}.clientId`, clientId),
      same(`${grant}.epoch`, 'epoch'),
      is('status', 'ACTIVE'),
    ];
    try {
      const { Attributes } = await this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: accountKey(accountId),
          UpdateExpression,
          ConditionExpression: condition(clauses, names) ?? '',
          ExpressionAttributeNames: names.names,
          ExpressionAttributeValues: names.values,
          ReturnValues: 'ALL_OLD',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { account: accountOf(Attributes) as Account };
    } catch (error) {
      const refused = error as { name?: string; Item?: Record<string, AttributeValue> };
      if (refused.name !== 'ConditionalCheckFailedException')
        throw new StoreUnavailable('DynamoDB did not take the grant. Try again.', { cause: error });
      return {
        found: accountOf(refused.Item === undefined ? undefined : unmarshall(refused.Item)),
      };
    }
  }
}

function indexOfGrant(
  account: Account | undefined,
  clientId: string,
  now: number,
): number | undefined {
  const index =
    account?.status === 'ACTIVE'
      ? (account.grants ?? []).findIndex(
          (grant) =>
            grant.expiresAt > now && grant.clientId === clientId && grant.epoch === account.epoch,
        )
      : -1;
  return index < 0 ? undefined : index;
}
