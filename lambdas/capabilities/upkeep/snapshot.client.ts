/**
 * All accounts, their names and the user pool, page by page. Of an account only what is compared is
 * read: no secret, and so little that 200,000 accounts take little more than a third of the
 * function's memory.
 */
import {
  type CognitoIdentityProviderClient,
  paginateListUsers,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { definite } from '../../ground/platform/definite.rules.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import {
  COMPARED,
  type ComparedAccount,
  type Name,
  type PoolUser,
  type Snapshot,
} from './faults.rules.ts';

export interface Source {
  cognito: CognitoIdentityProviderClient;
  client: DynamoDBDocumentClient;
  userPoolId: string;
  /** The table of the accounts. */
  accounts: string;
}

/** The key, what is compared of an account, and the claim of a name. */
const READ = ['pk', ...COMPARED, 'claimedUntil'];
const ONLY_READ = {
  ProjectionExpression: READ.map((_, index) => `#${index}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(READ.map((name, index) => [`#${index}`, name])),
};

/**
 * The pool is read first: a user who is made meanwhile is seen with the claim that was there before
 * it.
 */
export async function snapshotOf({
  cognito,
  client,
  userPoolId,
  accounts: TableName,
}: Source): Promise<Snapshot> {
  const users: PoolUser[] = [];
  const pages = paginateListUsers({ client: cognito }, { UserPoolId: userPoolId });
  for await (const { Users = [] } of pages) users.push(...Users.map(poolUserOf));
  const accounts = new Map<string, ComparedAccount>();
  const names: Name[] = [];
  const table = { TableName, ConsistentRead: true, ...ONLY_READ };
  for await (const { Items = [] } of paginateScan({ client }, table))
    for (const item of Items) {
      const [kind = '', name = ''] = partsOf(String(item.pk));
      if (kind === 'ACCOUNT') accounts.set(name, recordIn<ComparedAccount>(item, 'pk'));
      else if (isNameKind(kind)) names.push(nameOf(kind, name, item));
    }
  return {
    accounts,
    names,
    users,
    now: Date.now(),
  };
}

function nameOf(kind: Name['kind'], name: string, item: Record<string, unknown>): Name {
  const { accountId, claimedUntil } = item as { accountId: string; claimedUntil?: number };
  return definite({
    kind,
    name,
    accountId,
    claimedUntil,
  });
}

function partsOf(pk: string): [string, string] {
  const at = pk.indexOf('#');
  return [pk.slice(0, at), pk.slice(at + 1)];
}

function isNameKind(kind: string): kind is Name['kind'] {
  return kind === 'EMAIL' || kind === 'USERNAME' || kind === 'LEGACY';
}

function poolUserOf({ Username = '', Attributes = [] }: UserType): PoolUser {
  const valueOf = (wanted: string) => Attributes.find(({ Name }) => Name === wanted)?.Value;
  return {
    username: Username,
    email: valueOf('email') ?? '',
    accountId: valueOf('custom:account_id'),
  };
}
