/** Loads people into a local stack: the sample people, and those of a seed. */
import { pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Account } from '../lambdas/capabilities/accounts/account.rules.ts';
import { AccountsStore } from '../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../lambdas/capabilities/accounts/names.store.ts';
import { UserPool } from '../lambdas/capabilities/accounts/user-pool.client.ts';
import { registrationCodeMessage } from '../lambdas/capabilities/providers/registration-code.rules.ts';
import { RegistrationCodesStore } from '../lambdas/capabilities/providers/registration-codes.store.ts';
import { put, type Write } from '../lambdas/ground/platform/database.ts';
import { DynamoDatabase } from '../lambdas/ground/platform/dynamo.client.ts';
import { definite } from '../local/definite.ts';
import type { LocalStack } from '../local/local-stack.ts';
import { SAMPLE } from './sample-people.ts';
import { namesOf, pathText, readSeed, type Seed, type SeedFault } from './seed-file.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const CODE_KEY_ID = 'alias/portal-auth/local/codes';

/** The stack, as loading people uses it. */
interface Target {
  database: DynamoDatabase;
  kms: KMSClient;
  pool: UserPool;
  /** Logical → physical table names. */
  tables: Record<string, string>;
  /** The terms that some of the people have accepted. */
  termsVersion: string;
  /** Milliseconds since 1970, on the stack's clock. */
  now: number;
}

/** Loads the sample people. To be given to `startLocal`, which calls it at a start or a reset. */
export async function seedLocal(stack: LocalStack): Promise<void> {
  await load(await targetOf(stack), SAMPLE);
}

/** Loads the people of a seed beside the others. @returns its faults; with any, none is loaded */
export async function addPeople(stack: LocalStack, value: unknown): Promise<SeedFault[]> {
  const seeded = readSeed(value);
  if ('faults' in seeded) return seeded.faults;
  const target = await targetOf(stack);
  const taken = await takenNames(target, seeded.seed);
  if (taken.length === 0) await load(target, seeded.seed);
  return taken;
}

async function targetOf(stack: LocalStack): Promise<Target> {
  const { endpoint, outputs, operatorCredentials: credentials } = stack;
  const { region, userPoolId, tables } = outputs;
  const aws = { endpoint, region, credentials };
  return {
    database: new DynamoDatabase(
      DynamoDBDocumentClient.from(new DynamoDBClient(aws), {
        marshallOptions: { removeUndefinedValues: true },
      }),
    ),
    kms: new KMSClient(aws),
    pool: new UserPool(userPoolId, () => new CognitoIdentityProviderClient(aws)),
    tables,
    termsVersion: await termsVersion(),
    now: await timeOf(endpoint),
  };
}

async function timeOf(endpoint: string): Promise<number> {
  const { now } = (await (await fetch(`${endpoint}/_local/clock`)).json()) as { now: string };
  return Date.parse(now);
}

async function termsVersion(): Promise<string> {
  const { context } = JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')) as {
    context: { stages: { local: { terms: { version: string } } } };
  };
  return context.stages.local.terms.version;
}

/** Usernames and addresses that an account of the stack has. */
async function takenNames({ database, tables, now }: Target, seed: Seed): Promise<SeedFault[]> {
  const accounts = new AccountsStore(database, tables.Accounts ?? '');
  const { usernames, emails } = namesOf(seed);
  const names = [
    ...usernames.map((name) => ({ ...name, owner: accounts.byUsername(name.value) })),
    ...emails.map((name) => ({ ...name, owner: accounts.ownerOf(name.value, now) })),
  ];
  const faults = await Promise.all(
    names.map(async ({ path, value, owner }) =>
      (await owner) === undefined
        ? []
        : [{ path: pathText(path), message: `${value} belongs to an account of the stack` }],
    ),
  );
  return faults.flat();
}

async function load(target: Target, { providers, importedUsers, users }: Seed): Promise<void> {
  await Promise.all([
    ...providers.map((provider) => loadProvider(target, provider)),
    ...importedUsers.map((person) => loadImported(target, person)),
    ...users.map((person) => loadUser(target, person)),
  ]);
}

async function loadProvider(
  { database, kms, tables, now }: Target,
  { npi, name, registrationCodes }: Seed['providers'][number],
): Promise<void> {
  const store = new RegistrationCodesStore(database, tables.RegistrationCodes ?? '');
  await database.commit([store.saveProvider({ npi, name })]);
  for (const { code, role } of registrationCodes) {
    const Message = Buffer.from(registrationCodeMessage(npi, code), 'utf8');
    const { Mac = new Uint8Array() } = await kms.send(
      new GenerateMacCommand({
        KeyId: CODE_KEY_ID,
        MacAlgorithm: 'HMAC_SHA_256',
        Message,
      }),
    );
    await database.commit([
      store.issue({
        npi,
        code: Buffer.from(Mac).toString('base64'),
        role,
        issuedAt: now,
      }),
    ]);
  }
}

async function loadImported(
  { database, tables, now }: Target,
  { password, passwordHash, email, ...person }: Seed['importedUsers'][number],
): Promise<void> {
  const importedPassword = password === undefined ? passwordHash : aspNetIdentityV3(password);
  const account: Account = {
    ...person,
    accountId: randomUUID(),
    status: 'IMPORTED',
    epoch: 1,
    createdAt: now,
    ...definite({ importedPassword, contactEmail: email }),
  };
  await database.commit(accountWrites(database, tables.Accounts ?? '', account));
}

async function loadUser(target: Target, person: Seed['users'][number]): Promise<void> {
  const { database, tables, pool, termsVersion, now } = target;
  const { password, acceptedTerms, ...shown } = person;
  const accountId = randomUUID();
  const user = await pool.ensureUser(person.email, accountId);
  if (user === 'TAKEN')
    throw new Error(
      `${person.email} belongs to another account. Start with an empty --data directory.`,
    );
  await pool.setPassword(user.username, password);
  const account: Account = {
    ...definite(shown),
    accountId,
    status: 'ACTIVE',
    epoch: 1,
    createdAt: now,
    registeredAt: now,
    contactEmail: person.email,
    cognitoUsername: user.username,
    ...(acceptedTerms ? { acceptedTermsVersion: termsVersion, acceptedTermsAt: now } : {}),
  };
  const acceptance = {
    accountId,
    version: termsVersion,
    acceptedAt: now,
    loginMethod: account.method,
  };
  const terms = acceptedTerms ? [put(tables.TermsAcceptances ?? '', acceptance)] : [];
  await database.commit([...accountWrites(database, tables.Accounts ?? '', account), ...terms]);
}

function accountWrites(database: DynamoDatabase, table: string, account: Account): Write[] {
  const { accountId, username, email } = account;
  const names = new NamesStore(table);
  return [
    new AccountsStore(database, table).create(account),
    names.claimUsername(username, accountId),
    ...(email === undefined ? [] : [names.claim(email, accountId)]),
  ];
}

/** As ASP.NET Identity v3 keeps it: PBKDF2-HMAC-SHA512. */
function aspNetIdentityV3(password: string): string {
  const salt = randomBytes(16);
  const iterations = 10_000;
  const head = Buffer.alloc(13);
  head.writeUInt8(0x01, 0);
  head.writeUInt32BE(2, 1);
  head.writeUInt32BE(iterations, 5);
  head.writeUInt32BE(salt.length, 9);
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha512');
  return Buffer.concat([head, salt, key]).toString('base64');
}
