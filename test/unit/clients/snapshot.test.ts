import { beforeEach, expect, test } from '@jest/globals';
import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { snapshotOf } from '../../../lambdas/capabilities/upkeep/snapshot.client.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const database = mockClient(DynamoDBDocumentClient);
const source = {
  cognito: new CognitoIdentityProviderClient({ region: 'us-east-1' }),
  client: DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })),
  userPoolId: 'us-east-1_Pool',
  accounts: 'Accounts',
};

beforeEach(() => {
  cognito.reset();
  database.reset();
  cognito.on(ListUsersCommand).resolves({ Users: [] });
  database.on(ScanCommand).resolves({ Items: [] });
});

test('a snapshot has the accounts, the names and the users of all pages', async () => {
  cognito
    .on(ListUsersCommand)
    .resolvesOnce({
      Users: [
        {
          Username: 'sub-1',
          Attributes: [
            { Name: 'email', Value: 'pat@cedargrove.example' },
            { Name: 'custom:account_id', Value: 'one' },
          ],
        },
      ],
      PaginationToken: 'more',
    })
    .resolves({ Users: [{ Username: 'stray' }] });
  database
    .on(ScanCommand)
    .resolvesOnce({
      Items: [
        { pk: 'ACCOUNT#one', accountId: 'one', username: 'pat' },
        { pk: 'EMAIL#pat@cedargrove.example', accountId: 'one', claimedUntil: 7 },
      ],
      LastEvaluatedKey: { pk: 'EMAIL#pat@cedargrove.example' },
    })
    .resolves({
      Items: [
        { pk: 'USERNAME#pat', accountId: 'one' },
        { pk: 'LIMIT#x', count: 3 },
      ],
    });
  const { accounts, names, users } = await snapshotOf(source);
  expect([...accounts]).toEqual([['one', { accountId: 'one', username: 'pat' }]]);
  expect(names).toEqual([
    { kind: 'EMAIL', name: 'pat@cedargrove.example', accountId: 'one', claimedUntil: 7 },
    { kind: 'USERNAME', name: 'pat', accountId: 'one' },
  ]);
  expect(users).toEqual([
    { username: 'sub-1', email: 'pat@cedargrove.example', accountId: 'one' },
    { username: 'stray', email: '', accountId: undefined },
  ]);
});

test('a snapshot reads no password, no recovery code and no name of a person', async () => {
  await snapshotOf(source);
  const { ProjectionExpression = '', ExpressionAttributeNames = {} } =
    database.commandCalls(ScanCommand)[0]?.args[0].input ?? {};
  const read = ProjectionExpression.split(', ').map((name) => ExpressionAttributeNames[name]);
  expect(read).toEqual(expect.arrayContaining(['pk', 'claimedUntil', 'email', 'grants']));
  expect(read).toHaveLength(Object.keys(ExpressionAttributeNames).length);
  for (const kept of ['importedPassword', 'recoveryCodes', 'firstName', 'lastName'])
    expect(read).not.toContain(kept);
});

test('the pool is read before the accounts', async () => {
  const order: string[] = [];
  cognito.on(ListUsersCommand).callsFake(() => {
    order.push('users');
    return {};
  });
  database.on(ScanCommand).callsFake(() => {
    order.push('accounts');
    return {};
  });
  await snapshotOf(source);
  expect(order).toEqual(['users', 'accounts']);
});
