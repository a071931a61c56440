/**
 * People from a seed: `POST /_local/seed` and `npm start -- --seed FILE`, on the portal's own
 * stack.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { addPeople, seedLocal } from '../../../bin/seed-local.ts';
import { readSeed, type SeedInput } from '../../../bin/seed-file.ts';
import { startLocal, type LocalStack } from '../../../local/local-stack.ts';
import { BUILT_STACK } from '../../built-stack.ts';

const NPI = '1234567893';
const person = (username: string, more: object = {}) => ({
  username,
  firstName: 'Some',
  lastName: 'Body',
  npi: NPI,
  ...more,
});
const user = (username: string, more: object = {}) =>
  person(username, {
    method: 'EMAIL',
    email: `${username}@seeded.example`,
    password: 'Seeded-Password-1',
    ...more,
  });

describe('reading a seed', () => {
  const faultsOf = (value: unknown): string[] => {
    const read = readSeed(value);
    return 'faults' in read ? read.faults.map(({ path }) => path) : [];
  };

  test('an empty seed has nobody, and every list may be absent', () => {
    expect(readSeed({})).toEqual({ seed: { providers: [], importedUsers: [], users: [] } });
  });

  test('names are case-folded and roles default to STANDARD', () => {
    const read = readSeed({ users: [user('NewName', { email: 'New@Seeded.example' })] });
    expect(read).toMatchObject({
      seed: { users: [{ username: 'newname', email: 'new@seeded.example', role: 'STANDARD' }] },
    });
  });

  test.each<[string, unknown, string]>([
    ['a value that is not an object', 'people', ''],
    ['an unknown list', { people: [] }, ''],
    [
      'an NPI with a wrong check digit',
      { providers: [{ npi: '1234567890', name: 'X' }] },
      'providers[0].npi',
    ],
    [
      'a code without text',
      { providers: [{ npi: NPI, name: 'X', registrationCodes: [{ code: '' }] }] },
      'providers[0].registrationCodes[0].code',
    ],
    ['an unknown role', { users: [user('a-b', { role: 'OWNER' })] }, 'users[0].role'],
    ['an unknown member', { users: [user('a-b', { nick: 'x' })] }, 'users[0]'],
    ['a short password', { users: [user('a-b', { password: 'short' })] }, 'users[0].password'],
    [
      'a phone that is not E.164',
      { users: [user('a-b', { method: 'PHONE', phone: '555' })] },
      'users[0].phone',
    ],
    [
      'the method PHONE without a phone',
      { users: [user('a-b', { method: 'PHONE' })] },
      'users[0].phone',
    ],
    [
      'the method EMAIL with a phone',
      { users: [user('a-b', { phone: '+12025550177' })] },
      'users[0].phone',
    ],
    [
      'a hash beside a password',
      {
        importedUsers: [
          person('a-b', {
            password: 'Long-Enough-1',
            passwordHash: '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
          }),
        ],
      },
      'importedUsers[0].passwordHash',
    ],
    [
      'a hash in an unknown format',
      { importedUsers: [person('a-b', { passwordHash: 'rot13:frperg' })] },
      'importedUsers[0].passwordHash',
    ],
    [
      'a username that occurs twice',
      { importedUsers: [person('a-b')], users: [user('A-B')] },
      'users[0].username',
    ],
    [
      'an address that occurs twice',
      { users: [user('a-b'), user('c-d', { email: 'a-b@seeded.example' })] },
      'users[1].email',
    ],
  ])('%s is a fault with its path', (_what, value, path) => {
    expect(faultsOf(value)).toEqual([path]);
  });

  test('reports every fault, not the first only', () => {
    expect(faultsOf({ users: [user('x', { email: 'nobody' }), user('a-b', { role: 1 })] })).toEqual(
      ['users[0].username', 'users[0].email', 'users[1].role'],
    );
  });
});

describe('loading a seed into the running stack', () => {
  let stack: LocalStack;
  beforeAll(async () => {
    stack = await startLocal({ assembly: BUILT_STACK, seed: seedLocal, addPeople });
  });
  afterAll(async () => {
    await stack.stop();
  });

  const seed = async (value: SeedInput | string): Promise<{ status: number; body: unknown }> => {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    const response = await fetch(`${stack.endpoint}/_local/seed`, { method: 'POST', body });
    return { status: response.status, body: await response.json() };
  };
  const loginStatus = async (username: string, password: string): Promise<number> => {
    const response = await fetch(`${stack.outputs.apiUrl}/mfa-registrations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    return response.status;
  };
  const register = async (npi: string, registrationCode: string): Promise<number> => {
    const response = await fetch(`${stack.outputs.apiUrl}/provider-registrations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ npi, registrationCode }),
    });
    return response.status;
  };

  test('adds providers, imported users and users beside those that are there', async () => {
    const loaded = await seed({
      providers: [
        { npi: '1003000126', name: 'New', registrationCodes: [{ code: 'NEWP-1111-2222' }] },
      ],
      importedUsers: [person('imported', { password: 'Imported-Pass-1' })],
      users: [user('enrolled')] as SeedInput['users'],
    });
    expect(loaded).toEqual({ status: 201, body: { status: 'seeded' } });
    expect(await register('1003000126', 'NEWP-1111-2222')).toBe(201);
    expect(await loginStatus('imported', 'Imported-Pass-1')).toBe(201);
    // A registered user has nothing left to register; a sample person is still there.
    expect(await loginStatus('enrolled', 'Seeded-Password-1')).toBe(409);
    expect(await loginStatus('jrivera', 'Portal-Pass-2024')).toBe(201);
  });

  test('a name or an address that is taken is a fault, and nothing of the seed is loaded', async () => {
    const { status, body } = await seed({
      importedUsers: [person('bystander', { password: 'Bystander-Pass-1' }), person('jrivera')],
      users: [user('other', { email: 'pat.phone@cedargrove.example' })],
    } as SeedInput);
    expect(status).toBe(400);
    expect(body).toEqual({
      error: expect.any(String),
      faults: [
        {
          path: 'importedUsers[1].username',
          message: 'jrivera belongs to an account of the stack',
        },
        { path: 'users[0].email', message: expect.stringContaining('pat.phone@') },
      ],
    });
    expect(await loginStatus('bystander', 'Bystander-Pass-1')).toBe(401);
  });

  test('a body that is not JSON is a fault of the whole', async () => {
    expect(await seed('people, please')).toMatchObject({
      status: 400,
      body: { faults: [{ path: '' }] },
    });
  });

  test('people of a seed are gone after a reset, and may be loaded again', async () => {
    const people = { importedUsers: [person('short-lived', { password: 'Short-Lived-1' })] };
    expect((await seed(people as SeedInput)).status).toBe(201);
    await fetch(`${stack.endpoint}/_local/reset`, { method: 'POST' });
    expect(await loginStatus('short-lived', 'Short-Lived-1')).toBe(401);
    expect((await seed(people as SeedInput)).status).toBe(201);
    expect(await loginStatus('short-lived', 'Short-Lived-1')).toBe(201);
  });

  test("people are created at the time of the stack's clock", async () => {
    await fetch(`${stack.endpoint}/_local/clock`, {
      method: 'POST',
      body: '{"advanceSeconds":864000}',
    });
    await seed({ users: [user('later', { acceptedTerms: true })] } as SeedInput);
    const dynamo = new DynamoDBClient({
      endpoint: stack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    const { Items = [] } = await dynamo.send(
      new ScanCommand({
        TableName: stack.outputs.tables.Accounts,
        FilterExpression: 'username = :later',
        ExpressionAttributeValues: { ':later': { S: 'later' } },
      }),
    );
    const aheadMs = Number(Items[0]?.createdAt?.N) - Date.now();
    expect(aheadMs / 1000).toBeGreaterThan(863_000);
    expect(Items[0]?.acceptedTermsAt?.N).toBe(Items[0]?.createdAt?.N);
  });
});
