/**
 * One look of the nightly sweep at a stage with many accounts, in a process of its own, which
 * prints a `Look` as JSON: `node test/journeys/clients/sweep-look.ts 200000`. The clients get AWS's
 * pages at once, so that what remains is the sweep's own work and memory.
 */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Account } from '../../../lambdas/capabilities/accounts/account.rules.ts';
import { faultsOf } from '../../../lambdas/capabilities/upkeep/faults.rules.ts';
import { snapshotOf } from '../../../lambdas/capabilities/upkeep/snapshot.client.ts';

export interface Look {
  seconds: number;
  /** Calls of ListUsers and of Scan. */
  requests: number;
  peakMb: number;
  faults: number;
}

/** The most users that one call of ListUsers returns. */
const USERS_A_PAGE = 60;
/** The accounts in a page of Scan, which is 1 MB: 1.6 kB each, with two names. */
const ACCOUNTS_A_PAGE = 500;
const RECOVERY_CODES = 10;

const count = Number(process.argv[2]);
interface ScanInput {
  ExclusiveStartKey?: { at: number };
  ExpressionAttributeNames: Record<string, string>;
}

const client = { region: 'us-east-1', credentials: { accessKeyId: 'id', secretAccessKey: 'key' } };
let requests = 0;

const cognito = Object.assign(new CognitoIdentityProviderClient(client), {
  send({ input }: { input: { PaginationToken?: string } }) {
    const { numbers, next } = pageAt(Number(input.PaginationToken ?? 0), USERS_A_PAGE);
    return Promise.resolve({
      Users: numbers.map(userOf),
      ...(next !== undefined && { PaginationToken: String(next) }),
    });
  },
});
const database = Object.assign(DynamoDBDocumentClient.from(new DynamoDBClient(client)), {
  send({ input }: { input: ScanInput }) {
    const { numbers, next } = pageAt(input.ExclusiveStartKey?.at ?? 0, ACCOUNTS_A_PAGE);
    const read = new Set(Object.values(input.ExpressionAttributeNames));
    const Items = numbers.flatMap(itemsOf).map((item) => projected(item, read));
    return Promise.resolve({
      Items,
      ...(next !== undefined && { LastEvaluatedKey: { at: next } }),
    });
  },
});

const started = performance.now();
const snapshot = await snapshotOf({
  cognito,
  client: database,
  userPoolId: 'us-east-1_Bench',
  accounts: 'Accounts',
});
const look: Look = {
  faults: faultsOf(snapshot).length,
  seconds: (performance.now() - started) / 1_000,
  requests,
  peakMb: process.resourceUsage().maxRSS / 1_024,
};
console.log(JSON.stringify(look));

function pageAt(from: number, size: number): { numbers: number[]; next: number | undefined } {
  requests += 1;
  const to = Math.min(count, from + size);
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return { numbers, next: to < count ? to : undefined };
}

function accountOf(number: number): Account {
  const email = `provider.${number}@cedargrove.example`;
  const phone = `+1202${String(number).padStart(7, '0')}`;
  const at = 1_700_000_000_000 + number;
  return {
    accountId: idOf('a', number),
    cognitoUsername: idOf('c', number),
    username: `provider${number}`,
    firstName: 'Pat',
    lastName: `Harper${number}`,
    npi: String(2_000_000_000 + (number % 2_000)),
    role: 'STANDARD',
    status: 'ACTIVE',
    method: 'PHONE',
    email,
    phone,
    contactEmail: email,
    contactPhone: phone,
    recordEmail: email,
    epoch: 3,
    createdAt: at,
    registeredAt: at,
    acceptedTermsVersion: '2026-11',
    acceptedTermsAt: at,
    lastSignInAt: at,
    previousSignInAt: at,
    previousLoginMethod: 'PHONE',
    lastFactorAt: at,
    lastLoginMethod: 'PHONE',
    recoveryCodes: Array.from({ length: RECOVERY_CODES }, (_, code) =>
      `${number}.${code}`.padEnd(43, 'm'),
    ),
  };
}

/** An account's item, and those of its names. */
function itemsOf(number: number): object[] {
  const { accountId, email, username, ...rest } = accountOf(number);
  return [
    { pk: `ACCOUNT#${accountId}`, accountId, email, username, ...rest },
    { pk: `EMAIL#${email}`, accountId },
    { pk: `USERNAME#${username}`, accountId },
  ];
}

/** The attributes of an item that a scan asks for. */
function projected(item: object, read: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => read.has(name)));
}

function userOf(number: number): object {
  const { accountId, cognitoUsername, email } = accountOf(number);
  return {
    Username: cognitoUsername,
    Attributes: [
      { Name: 'sub', Value: cognitoUsername },
      { Name: 'email', Value: email },
      { Name: 'custom:account_id', Value: accountId },
    ],
  };
}

function idOf(kind: string, number: number): string {
  return `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
