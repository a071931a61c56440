import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { argon2id, bcrypt } from 'hash-wasm';
import {
  EmailAddress,
  hasNpiCheckDigit,
  Npi,
  PersonName,
  Username,
} from '../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../contract/masks.ts';
import { parseImportedHash } from '../../lambdas/capabilities/passwords/imported-password.rules.ts';
import { isImportedPassword } from '../../lambdas/capabilities/passwords/imported-passwords.ts';
import { readPhone } from '../../lambdas/capabilities/accounts/phone.rules.ts';
import {
  normalizeCode,
  registrationCodeMessage,
  showCode,
} from '../../lambdas/capabilities/providers/registration-code.rules.ts';
import { isWorkforce } from '../../lambdas/capabilities/accounts/email.rules.ts';
import { linkDestination } from '../../lambdas/capabilities/token-flows/links.rules.ts';
import { isSignedBy, thumbprint } from '../../lambdas/capabilities/devices/devices.rules.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';

const account = (more: Partial<Account>): Account => ({
  accountId: 'a',
  username: 'jrivera',
  firstName: 'J',
  lastName: 'Rivera',
  npi: '1234567893',
  role: 'STANDARD',
  status: 'ACTIVE',
  epoch: 1,
  createdAt: 0,
  ...more,
});

const US = { allowedCountries: ['US'], furtherPhonePrefixes: [] };

describe('phones', () => {
  test.each([
    ['(202) 555-0143', '+12025550143'],
    ['+1 202 555 0143', '+12025550143'],
    ['202.555.0143', '+12025550143'],
    ['tel:+1-202-555-0143', '+12025550143'],
    ['001 202 555 0143', '+12025550143'],
    ['\u202a(202) 555\u200b-0143\u202c\ufe0f', '+12025550143'],
    ['924-555-0143', '+19245550143'],
    ['436-555-0143', '+14365550143'],
    ['679-555-0143', '+16795550143'],
    ['861-555-0143', '+18615550143'],
    ['565-555-0143', '+15655550143'],
  ])('%s is a direct line', (typed, phone) => expect(readPhone(typed, US)).toEqual({ phone }));

  test.each([
    ['202-555-0143 x5', 'PHONE_EXTENSION'],
    ['202-555-0143 ext 5', 'PHONE_EXTENSION'],
    ['202-555-0143;ext=5', 'PHONE_EXTENSION'],
    ['1-900-555-0100', 'PHONE_NOT_ALLOWED'],
    ['202-976-0100', 'PHONE_NOT_ALLOWED'],
    ['800-555-0100', 'PHONE_NOT_ALLOWED'],
    ['+1 242 502 0100', 'PHONE_NOT_ALLOWED'],
    ['+1 876 555 0100', 'PHONE_NOT_ALLOWED'],
    ['+44 20 7946 0958', 'PHONE_NOT_ALLOWED'],
    ['911', 'PHONE_INVALID'],
    ['72345', 'PHONE_INVALID'],
    ['202-555-014', 'PHONE_INVALID'],
    ['924-155-0143', 'PHONE_INVALID'],
    ['924-911-0143', 'PHONE_INVALID'],
    ['377-555-0143', 'PHONE_INVALID'],
    ['911-555-0143', 'PHONE_INVALID'],
    ['566-555-0143', 'PHONE_NOT_ALLOWED'],
    ['416-555-0143', 'PHONE_NOT_ALLOWED'],
    ['not a phone', 'PHONE_EXTENSION'],
  ])('%s is refused: %s', (typed, refused) =>
    expect(readPhone(typed, US)).toMatchObject({
      refused: typed === 'not a phone' ? expect.any(String) : refused,
    }),
  );

  test('a prefix that a stage admits counts, and special services never do', () => {
    const rules = { ...US, furtherPhonePrefixes: ['+1416', '+1900'] };
    expect(readPhone('416-555-0143', rules)).toEqual({ phone: '+14165550143' });
    expect(readPhone('900-555-0143', rules)).toEqual({ refused: 'PHONE_NOT_ALLOWED' });
    expect(readPhone('924-555-0143', { ...rules, allowedCountries: ['CA'] })).toEqual({
      refused: 'PHONE_INVALID',
    });
  });

  test('every input leads to a valid number or a reason', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const read = readPhone(typed, US);
        expect('phone' in read ? read.phone : read.refused).toMatch(
          /^(\+1\d{10}|PHONE_(INVALID|EXTENSION|NOT_ALLOWED))$/,
        );
      }),
    );
  });
});

describe('imported hashes', () => {
  const identityV3 = (password: string, prf: number, digest: string, iterations: number) => {
    const salt = Buffer.alloc(16, 7);
    const head = Buffer.alloc(13);
    head[0] = 1;
    head.writeUInt32BE(prf, 1);
    head.writeUInt32BE(iterations, 5);
    head.writeUInt32BE(16, 9);
    return Buffer.concat([head, salt, pbkdf2Sync(password, salt, iterations, 32, digest)]).toString(
      'base64',
    );
  };
  const salt = Buffer.alloc(16, 9);
  const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const phc = (scheme: string, hash: Buffer) => `${scheme}$${b64(salt)}$${b64(hash)}`;
  const SCRYPT = { cost: 1024, blockSize: 8, parallelization: 1 };
  test.each<[string, string | Promise<string>]>([
    [
      'ASP.NET Identity v2',
      Buffer.concat([
        Buffer.of(0),
        salt,
        pbkdf2Sync('Old-Pass-1', salt, 1000, 32, 'sha1'),
      ]).toString('base64'),
    ],
    ['ASP.NET Identity v3, SHA-256', identityV3('Old-Pass-1', 1, 'sha256', 10_000)],
    ['ASP.NET Identity v3, SHA-512', identityV3('Old-Pass-1', 2, 'sha512', 100_000)],
    [
      'PBKDF2 (PHC)',
      phc('$pbkdf2-sha256$i=1000', pbkdf2Sync('Old-Pass-1', salt, 1000, 32, 'sha256')),
    ],
    ['scrypt (PHC)', phc('$scrypt$ln=10,r=8,p=1', scryptSync('Old-Pass-1', salt, 32, SCRYPT))],
    ['bcrypt', bcrypt({ password: 'Old-Pass-1', salt, costFactor: 4, outputType: 'encoded' })],
    [
      'argon2id (PHC)',
      argon2id({
        password: 'Old-Pass-1',
        salt,
        parallelism: 1,
        iterations: 2,
        memorySize: 256,
        hashLength: 32,
        outputType: 'encoded',
      }),
    ],
  ])('%s accepts the right password and refuses a wrong one', async (_format, hash) => {
    const stored = await hash;
    expect(parseImportedHash(stored)).toBeDefined();
    expect(await isImportedPassword('Old-Pass-1', stored)).toBe(true);
    expect(await isImportedPassword('Old-Pass-2', stored)).toBe(false);
  });

  test('passwords of any length are checked, by bcrypt their first 72 bytes', async () => {
    const long = 'ü'.repeat(100);
    const stored = await bcrypt({
      password: Buffer.from(long).subarray(0, 72),
      salt,
      costFactor: 4,
      outputType: 'encoded',
    });
    expect(
      await Promise.all(
        [long, `${long}!`, long.slice(1), ''].map((password) =>
          isImportedPassword(password, stored),
        ),
      ),
    ).toEqual([true, true, true, false]);
    expect(
      await isImportedPassword(
        '',
        await argon2id({
          password: 'x',
          salt,
          parallelism: 1,
          iterations: 2,
          memorySize: 256,
          hashLength: 32,
          outputType: 'encoded',
        }),
      ),
    ).toBe(false);
  });

  test.each([
    'plain',
    '',
    'AA==',
    '$2b$31$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK',
    '$pbkdf2-sha256$i=999999999$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA',
    '$scrypt$ln=30,r=8,p=1$c2FsdA$aGFzaA',
  ])('%s is none, or costs too much', (stored) => {
    expect(parseImportedHash(stored)).toBeUndefined();
  });

  test('garbage never throws', () =>
    fc.assert(fc.property(fc.string(), (stored) => void parseImportedHash(stored))));
});

describe('names', () => {
  test('an NPI has its check digit', () => {
    expect(['1234567893', '1245319599'].map(hasNpiCheckDigit)).toEqual([true, true]);
    expect(Npi.safeParse('1234567894').success).toBe(false);
    expect(Npi.safeParse('12345').success).toBe(false);
  });
  test('usernames and addresses are case-folded, and look-alikes are none', () => {
    expect(Username.parse(' JRivera ')).toBe('jrivera');
    expect(EmailAddress.parse('Pat@Cedar.Example')).toBe('pat@cedar.example');
    for (const email of [
      'раt@cedar.example',
      'pat@cedаr.example',
      'a b@c.example',
      'a@b',
      '.a@b.example',
      'a..b@c.example',
      'a@-b.example',
      'a@b.example\nbcc:x@y.example',
    ])
      expect(EmailAddress.safeParse(email).success).toBe(false);
  });
  test('a person may be called O’Brien or 李, but not with control characters', () => {
    for (const name of ["O'Brien", 'Zoë', '李', 'van der Berg'])
      expect(PersonName.safeParse(name).success).toBe(true);
    for (const name of ['', 'a\r\nb', '\u202egnp', 'x'.repeat(65)])
      expect(PersonName.safeParse(name).success).toBe(false);
  });
  test('masks show little', () =>
    expect([maskEmail('pat@cedargrove.example'), maskPhone('+12025550143')]).toEqual([
      'p***@cedargrove.example',
      '***-***-0143',
    ]));
  test('employees are recognised by domain and subdomain', () => {
    expect(
      ['a@workforce.example', 'a@mail.workforce.example', 'a@notworkforce.example'].map((email) =>
        isWorkforce(email, ['workforce.example']),
      ),
    ).toEqual([true, true, false]);
  });
});

describe('registration codes', () => {
  test('are read however they are typed, and bound to their NPI', () => {
    expect(normalizeCode(' cedar-7k4m 92qx ')).toBe('CEDAR7K4M92QX');
    expect(registrationCodeMessage('1', 'AB-C')).not.toBe(registrationCodeMessage('1A', 'B-C'));
    expect(showCode('ABCDEFGHJKLM')).toBe('ABCD-EFGH-JKLM');
  });
});

describe('who gets a link', () => {
  test.each([
    ['INVITED', 'c@x.example', undefined],
    ['IMPORTED', 'c@x.example', undefined],
    ['ENROLLING', 'e@x.example', 'e@x.example'],
    ['RESET', 'e@x.example', 'e@x.example'],
    ['ACTIVE', undefined, undefined],
    ['DISABLED', undefined, undefined],
  ] as const)(
    '%s: %s by username, %s by e-mail and password',
    (status, byUsername, byCredentials) => {
      const one = account({ status, contactEmail: 'c@x.example', email: 'e@x.example' });
      expect([linkDestination(one, 'USERNAME'), linkDestination(one, 'CREDENTIALS')]).toEqual([
        byUsername,
        byCredentials,
      ]);
      expect(linkDestination(undefined, 'USERNAME')).toBeUndefined();
    },
  );
});

describe('device keys', () => {
  test('are named by their RFC 7638 thumbprint', () => {
    const jwk = { x: 'a'.repeat(43), y: 'b'.repeat(43) };
    expect(thumbprint(jwk)).toBe(
      createHash('sha256')
        .update(`{"crv":"P-256","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`)
        .digest('base64url'),
    );
  });
  test('no signature is right for a device that is not there', () => {
    fc.assert(
      fc.property(fc.base64String(), (signature) => !isSignedBy(undefined, 'text', signature)),
    );
  });
});
