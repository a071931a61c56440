import { describe, expect, test } from '@jest/globals';
import { readAttributes, triggerAttributes } from '../../../local/cognito/attributes.ts';
import { checkPassword, poolName, simulatedUser } from '../../../local/cognito/passwords.ts';
import { createUsers, type User } from '../../../local/cognito/users.ts';
import { addUser, poolWith, section } from './builders.ts';

describe('users', () => {
  test('are found by address in any case, and by sub', () => {
    const users = createUsers(section({}));
    const { sub } = addUser({ users }, 'Pat@Test.example');
    expect(users.find('pat@TEST.example')?.sub).toBe(sub);
    expect(users.find(sub)?.attributes.email).toBe('Pat@Test.example');
    expect(users.find('erin@test.example')).toBeUndefined();
    expect(() => users.get('erin@test.example')).toThrow(
      expect.objectContaining({ code: 'UserNotFoundException' }),
    );
  });

  test('have one address each', () => {
    const users = createUsers(section({}));
    const pat = addUser({ users });
    const erin = addUser({ users }, 'erin@test.example');
    expect(() => users.create('PAT@test.example', {}, 0)).toThrow(
      expect.objectContaining({ code: 'UsernameExistsException' }),
    );
    const moved = {
      ...erin,
      attributes: { ...erin.attributes, email: pat.attributes.email ?? '' },
    };
    expect(() => users.save(moved, 0)).toThrow(
      expect.objectContaining({ code: 'AliasExistsException' }),
    );
    expect(users.find('erin@test.example')).toBeDefined();
  });

  test('free an address by changing it, and by going', () => {
    const users = createUsers(section({}));
    const pat = addUser({ users });
    users.save({ ...pat, attributes: { ...pat.attributes, email: 'new@test.example' } }, 5);
    expect(users.find('pat@test.example')).toBeUndefined();
    expect(users.find('new@test.example')).toMatchObject({ sub: pat.sub, modifiedAt: 5 });
    users.remove(users.get(pat.sub));
    expect(users.all()).toEqual([]);
    expect(users.create('new@test.example', {}, 0).sub).not.toBe(pat.sub);
  });

  test('change only when they are saved', () => {
    const users = createUsers(section({}));
    const pat = addUser({ users });
    pat.attributes.email = 'forgotten@test.example';
    pat.enabled = false;
    expect(users.get(pat.sub)).toMatchObject({
      enabled: true,
      attributes: { email: 'pat@test.example' },
    });
  });

  test('outlast a restart', () => {
    const kept: Record<string, User> = {};
    const { sub } = addUser({ users: createUsers(section(kept)) });
    expect(createUsers(section(kept)).find('PAT@test.example')?.sub).toBe(sub);
  });

  test('show triggers their status among their attributes', () => {
    const users = createUsers(section({}));
    expect(triggerAttributes(addUser({ users }))).toMatchObject({
      email: 'pat@test.example',
      'cognito:user_status': 'CONFIRMED',
    });
  });
});

describe('attributes', () => {
  const read = (given: { Name: string; Value: string }[], creating = true) =>
    readAttributes(poolWith(), given, { creating });

  test('of the standard and of the schema are taken', () => {
    expect(
      read([
        { Name: 'email', Value: 'a@b.example' },
        { Name: 'custom:account_id', Value: '1' },
      ]),
    ).toEqual({ email: 'a@b.example', 'custom:account_id': '1' });
  });

  test('that the schema does not have are refused', () => {
    expect(() => read([{ Name: 'custom:other', Value: '1' }])).toThrow(
      /custom:other: Attribute does not exist/,
    );
  });

  test('that may not change are set at the creation only', () => {
    const given = [{ Name: 'custom:account_id', Value: '1' }];
    expect(() => read(given, false)).toThrow(/custom:account_id: Attribute cannot be updated/);
  });
});

describe('a password', () => {
  const strict = poolWith({
    passwordPolicy: {
      minimumLength: 8,
      classes: [
        { name: 'lowercase', pattern: /[a-z]/ },
        { name: 'numeric', pattern: /[0-9]/ },
      ],
    },
  });

  test.each(['abcdefg1', 'a b c d 1', `a1${'x'.repeat(254)}`])('may be %j', (password) => {
    expect(() => checkPassword(strict, password)).not.toThrow();
  });

  test.each<[string, string, string]>([
    ['too short a one', 'abc1', 'Password not long enough'],
    ['one without a digit', 'abcdefgh', 'Password must have numeric characters'],
    ['one without a small letter', 'ABCDEFG1', 'Password must have lowercase characters'],
    ['one with a leading space', ' abcdefg1', 'failed to satisfy constraint'],
    ['one with a trailing space', 'abcdefg1 ', 'failed to satisfy constraint'],
    ['too long a one', 'a1'.repeat(129), 'failed to satisfy constraint'],
  ])('%s is refused', (_what, password, message) => {
    expect(() => checkPassword(strict, password)).toThrow(message);
  });
});

describe('a simulated user', () => {
  test('is the same for the same name in any case, and another for another name or pool', () => {
    const user = simulatedUser('unknown@test.example', 'secret');
    expect(simulatedUser('Unknown@TEST.example', 'secret')).toEqual(user);
    expect(simulatedUser('other@test.example', 'secret').sub).not.toBe(user.sub);
    expect(simulatedUser('unknown@test.example', 'other').verifier).not.toEqual(user.verifier);
  });

  test('looks like a real one', () => {
    const { sub, verifier } = simulatedUser('unknown@test.example', 'secret');
    expect(sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(verifier.saltHex).toMatch(/^[0-9a-f]{32}$/);
    expect(verifier.verifierHex).toMatch(/^[0-9a-f]{767}$/);
  });
});

test("a pool's name in SRP is its id after the underscore", () => {
  expect(poolName(poolWith())).toBe('TestPool1');
});
