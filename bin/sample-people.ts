/** The sample data of the local stack: providers with registration codes, imported portal users, active users. */
import { pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Account } from '../lambdas/capabilities/accounts/account.rules.ts';
import { AccountsStore } from '../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../lambdas/capabilities/accounts/names.store.ts';
import { UserPool } from '../lambdas/capabilities/accounts/user-pool.client.ts';
import { put, type Write } from '../lambdas/ground/platform/database.ts';
import { DynamoDatabase } from '../lambdas/ground/platform/dynamo.client.ts';
import { registrationCodeMessage } from '../lambdas/capabilities/providers/registration-code.rules.ts';
import { RegistrationCodesStore } from '../lambdas/capabilities/providers/registration-codes.store.ts';

export interface SampleTarget {
  /** Where every AWS service answers. */
  endpoint: string;
  region: string;
  userPoolId: string;
  /** Logical → physical table names. */
  tables: Record<string, string>;
  /** KMS key of the registration codes' MACs. */
  codeKeyId: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** The terms that some of them have accepted. */
  termsVersion: string;
}

const PROVIDERS = [
  {
    npi: '1234567893',
    name: 'Cedar Grove Family Medicine',
    codes: ['CEDAR-7K4M-92QX', 'CEDAR-3T8W-61LP'],
  },
  { npi: '1245319599', name: 'Lakeside Orthopedics', codes: ['LAKE-5J2R-88VN'] },
];

const ACTIVE_PASSWORD = 'Correct-Horse-9-Battery';

const ACTIVE: (Pick<Account, 'username' | 'firstName' | 'lastName' | 'npi' | 'role'> & {
  email: string;
  phone?: string;
  accepted: boolean;
})[] = [
  {
    username: 'pphone',
    firstName: 'Pat',
    lastName: 'Phone',
    npi: '1234567893',
    role: 'STANDARD',
    email: 'pat.phone@cedargrove.example',
    phone: '+12025550143',
    accepted: true,
  },
  {
    username: 'eemail',
    firstName: 'Erin',
    lastName: 'Email',
    npi: '1234567893',
    role: 'STANDARD',
    email: 'erin.email@cedargrove.example',
    accepted: false,
  },
  {
    username: 'aadmin',
    firstName: 'Ada',
    lastName: 'Admin',
    npi: '1234567893',
    role: 'ADMIN',
    email: 'ada.admin@cedargrove.example',
    phone: '+12025550144',
    accepted: true,
  },
  {
    username: 'ladmin',
    firstName: 'Lee',
    lastName: 'Admin',
    npi: '1245319599',
    role: 'ADMIN',
    email: 'lee.admin@lakeside.example',
    accepted: true,
  },
];

const IMPORTED: (Pick<Account, 'username' | 'firstName' | 'lastName' | 'npi'> & {
  password: string;
  contactEmail?: string;
})[] = [
  {
    username: 'jrivera',
    firstName: 'J.',
    lastName: 'Rivera',
    npi: '1234567893',
    password: 'Portal-Pass-2024',
    contactEmail: 'jrivera@cedargrove.example',
  },
  {
    username: 'mchen',
    firstName: 'M.',
    lastName: 'Chen',
    npi: '1234567893',
    password: 'Portal-Pass-2025',
  },
];

/** What to print at start, a line each. */
export const SAMPLE_LINES: readonly string[] = [
  ...PROVIDERS.map(
    ({ npi, name, codes }) => `NPI ${npi}  ${name}: registration codes ${codes.join(', ')}`,
  ),
  ...IMPORTED.map(
    ({ username, password, contactEmail }) =>
      `Current portal user  ${username} / ${password}  (on record: ${contactEmail ?? 'no e-mail'})`,
  ),
  ...ACTIVE.map(
    ({ username, email, phone, role }) =>
      `Active ${role === 'ADMIN' ? 'admin' : 'user'}  ${email} / ${ACTIVE_PASSWORD}  (${username}, ${phone ?? 'e-mail'})`,
  ),
];

/** Writes the sample data into an empty stack. */
export async function seedSamplePeople(target: SampleTarget): Promise<void> {
  const { endpoint, region, credentials } = target;
  const aws = { endpoint, region, credentials };
  const database = new DynamoDatabase(
    DynamoDBDocumentClient.from(new DynamoDBClient(aws), {
      marshallOptions: { removeUndefinedValues: true },
    }),
  );
  await Promise.all([
    seedProviders(target, database, new KMSClient(aws)),
    ...IMPORTED.map((person) => seedImported(target, database, person)),
    seedActive(target, database, aws),
  ]);
}

async function seedProviders(
  { tables, codeKeyId }: SampleTarget,
  database: DynamoDatabase,
  kms: KMSClient,
): Promise<void> {
  const store = new RegistrationCodesStore(database, tables.RegistrationCodes ?? '');
  for (const { npi, name, codes } of PROVIDERS) {
    await database.commit([store.saveProvider({ npi, name })]);
    for (const code of codes) {
      const Message = Buffer.from(registrationCodeMessage(npi, code), 'utf8');
      const { Mac = new Uint8Array() } = await kms.send(
        new GenerateMacCommand({ KeyId: codeKeyId, MacAlgorithm: 'HMAC_SHA_256', Message }),
      );
      await database.commit([
        store.issue(npi, Buffer.from(Mac).toString('base64'), 'STANDARD', Date.now()),
      ]);
    }
  }
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

async function seedImported(
  { tables }: SampleTarget,
  database: DynamoDatabase,
  { password, contactEmail, ...person }: (typeof IMPORTED)[number],
): Promise<void> {
  const account: Account = {
    ...person,
    accountId: randomUUID(),
    role: 'STANDARD',
    status: 'IMPORTED',
    epoch: 1,
    createdAt: Date.now(),
    importedPassword: aspNetIdentityV3(password),
    ...(contactEmail === undefined ? {} : { contactEmail }),
  };
  await database.commit(accountWrites(database, tables.Accounts ?? '', account));
}

async function seedActive(
  { tables, userPoolId, termsVersion }: SampleTarget,
  database: DynamoDatabase,
  aws: object,
): Promise<void> {
  const pool = new UserPool(userPoolId, () => new CognitoIdentityProviderClient(aws));
  for (const { accepted, ...person } of ACTIVE) {
    const accountId = randomUUID();
    const user = await pool.ensureUser(person.email, accountId);
    if (user === 'TAKEN')
      throw new Error(
        `${person.email} is another account's: start with an empty --data directory.`,
      );
    await pool.setPassword(user.username, ACTIVE_PASSWORD);
    const now = Date.now();
    const account: Account = {
      ...person,
      accountId,
      status: 'ACTIVE',
      epoch: 1,
      createdAt: now,
      registeredAt: now,
      method: person.phone === undefined ? 'EMAIL' : 'PHONE',
      contactEmail: person.email,
      cognitoUsername: user.username,
      ...(accepted ? { acceptedTermsVersion: termsVersion, acceptedTermsAt: now } : {}),
    };
    const terms = accepted
      ? [
          put(tables.TermsAcceptances ?? '', {
            accountId,
            version: termsVersion,
            acceptedAt: now,
            loginMethod: account.method,
          }),
        ]
      : [];
    await database.commit([...accountWrites(database, tables.Accounts ?? '', account), ...terms]);
  }
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
  return Buffer.concat([head, salt, pbkdf2Sync(password, salt, iterations, 32, 'sha512')]).toString(
    'base64',
  );
}
