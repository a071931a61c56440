import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LEE, Machine, PASSWORD, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

/** As long as a transaction of DynamoDB takes. */
const HOLD_MS = 12;
const PEOPLE = Array.from({ length: 24 }, (_, index) => ({
  username: `monday${index}`,
  firstName: 'Pat',
  lastName: 'Harper',
  npi: '1234567893',
  method: 'PHONE',
  email: `monday${index}@cedargrove.example`,
  phone: `+1202555${String(index).padStart(4, '0')}`,
  password: PASSWORD,
  acceptedTerms: true,
}));

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.contended(HOLD_MS);
  expect(await machine.local('POST', 'seed', { users: PEOPLE })).toEqual({ status: 'seeded' });
});
afterAll(async () => machine.stop());

async function atFactors(email: string): Promise<PortalUser> {
  const user = new PortalUser(machine, email);
  await user.provePassword(PASSWORD);
  return user;
}

/** The reasons after a wrong answer in each of several flows of one person, all at once. */
async function wrongAtOnce(flows: number): Promise<unknown[]> {
  const people: [PortalUser, string][] = [];
  for (let flow = 1; flow <= flows; flow += 1) {
    const lee = await atFactors(LEE.email);
    people.push([lee, await lee.sendCode('EMAIL', LEE.email)]);
  }
  const rounds = people.map(([lee, code]) => lee.answer({ code: wrong(code) }));
  return (await Promise.all(rounds)).map(({ parameters }) => parameters.reason);
}

describe('transactions that hold their items', () => {
  test('refuse none of 24 people who ask for a text at once', async () => {
    const people = await Promise.all(PEOPLE.map(({ email }) => atFactors(email)));
    const rounds = await Promise.all(people.map((person) => person.answer({ factor: 'SMS' })));
    const reasons = rounds.flatMap(({ parameters }) => parameters.reason ?? []);
    // Where the machine is busy, SNS may not answer one of so many within its two seconds.
    expect(reasons.filter((reason) => reason !== 'DELIVERY_FAILED')).toEqual([]);
    const asked = PEOPLE.filter((_, index) => rounds[index]?.challenge === 'ENTER_CODE');
    expect(asked).toHaveLength(PEOPLE.length - reasons.length);
    expect(asked.length).toBeGreaterThan(PEOPLE.length / 2);
    const codes = await Promise.all(asked.map(({ phone }) => machine.codes(phone)));
    expect(codes.map(({ length }) => length)).toEqual(asked.map(() => 1));
  });

  test('count wrong answers of one person at once exactly', async () => {
    expect(await wrongAtOnce(10)).toEqual(Array(10).fill('CODE_MISMATCH'));
    await machine.advance(16 * 60);
    expect(await wrongAtOnce(9)).toEqual(Array(9).fill('CODE_MISMATCH'));
    expect((await atFactors(LEE.email)).round.parameters.reason).toBeUndefined();
    await machine.advance(16 * 60);
    await wrongAtOnce(1);
    expect((await atFactors(LEE.email)).round.parameters.reason).toBe('ACCOUNT_LOCKED');
  });
});

describe('one conflict', () => {
  test.each([
    ['the token gate', 'token-gate', 'UpdateItem'],
    ['the proof of a code', 'verify', 'TransactWriteItems'],
    ['the claim of a send', 'create', 'TransactWriteItems'],
    ['a breaker', 'create', 'UpdateItem'],
  ])('at %s is repeated, and the person signs in', async (_what, fn, operation) => {
    await machine.advance(86_400);
    const error = 'TransactionConflictException';
    await machine.fault({ service: 'dynamodb', function: fn, operation, times: 1, error });
    expect(
      await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
    ).toBeDefined();
  });
});
