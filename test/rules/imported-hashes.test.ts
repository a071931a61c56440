import { scryptSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { bcrypt } from 'hash-wasm';
import fc from 'fast-check';
import {
  readImportedHash,
  refusalOfHash,
} from '../../lambdas/capabilities/passwords/imported-password.rules.ts';
import { isImportedPassword } from '../../lambdas/capabilities/passwords/imported-passwords.ts';

/** Each vector comes from the tests or the documentation of the format's maker. */
const VECTORS: [format: string, password: string, stored: string][] = [
  [
    'bcrypt 2a (crypt_blowfish)',
    'U*U',
    '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  ],
  ['bcrypt 2b', 'U*U*', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  [
    'bcrypt 2y (PHP)',
    'rasmuslerdorf',
    '$2y$07$usesomesillystringfore2uDLvp1Ii2e./U9C8sBjqp8I90dH6hi',
  ],
  [
    'argon2i (phc-winner-argon2)',
    'password',
    '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
  ],
  [
    'argon2id (phc-winner-argon2)',
    'password',
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  ],
  [
    'PBKDF2 (passlib)',
    'password',
    '$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44',
  ],
  ['Django', 'lètmein', 'pbkdf2_sha256$12000$seasalt$Ybw8zsFxqja97tY/o6G+Fy1ksY4U/Hw3DRrGED6Up4s='],
  ['WordPress, phpass', 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ['WordPress 6.8', 'admin', '$wp$2y$10$Q1xinFjrZeLWJBvxviIL6u834Fu.evIEFHAUVisQ5O.w9Dm0sMdES'],
  ['Drupal', 'terry-SELL-niggling', '$S$D0jOAf3SWo8LZbI3hnATd81YG0Q7XzQ9.hxtRfgcAO74X2qplNME'],
  [
    'crypt $5$ (Drepper)',
    'Hello world!',
    '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5',
  ],
  [
    'crypt $6$ (Drepper)',
    'Hello world!',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
  [
    '{SSHA512}',
    'password',
    '{SSHA512}dOeDLmVpHJThhHeag10Hm2g4T7s3SBE6rGHcXUolXJHVufY4qT782rwZ/0XE6cuLcBZ0KpnwmUzRpAEtZBdv+JYEEtZQs/uC',
  ],
  ['{SSHA} (passlib)', 'testing123', '{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr'],
  [
    'Firebase scrypt',
    'user1password',
    '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  ],
  [
    'Werkzeug PBKDF2',
    '12345',
    'pbkdf2:sha256:150000$Q5PULnGV$bdc51198ad18432f00fea6a5cb59bec4d7977cb28d3e7ef575bab3b93bfa9628',
  ],
  [
    'Keycloak',
    'password',
    JSON.stringify({
      type: 'password',
      secretData:
        '{"value":"JsfNbCOIdZUbyBJ+BT+VoGI91Ec2rWLOvkLPDaX8e9k=","salt":"P5rtFkGtPfoaryJ6PizUJw==","additionalParameters":{}}',
      credentialData:
        '{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}',
    }),
  ],
];

describe('hashes of the field', () => {
  test.each(VECTORS)('%s accepts its password and no other', async (_format, password, stored) => {
    expect(refusalOfHash(stored)).toBeUndefined();
    expect(await isImportedPassword(password, stored)).toBe(true);
    expect(await isImportedPassword(`${password}!`, stored)).toBe(false);
  });

  test('Werkzeug scrypt is the scrypt of its text salt', async () => {
    const salt = 'AbCdEfGh12345678';
    const key = scryptSync('Old-Pass-1', salt, 64, { cost: 2 ** 14, blockSize: 8 });
    const stored = `scrypt:16384:8:1$${salt}$${key.toString('hex')}`;
    expect(await isImportedPassword('Old-Pass-1', stored)).toBe(true);
    expect(await isImportedPassword('Old-Pass-2', stored)).toBe(false);
  });

  test('a password with accents matches in either spelling', async () => {
    const hashOf = (password: string) =>
      bcrypt({
        ...{ password: Buffer.from(password), salt: Buffer.alloc(16, 3) },
        ...{ costFactor: 4, outputType: 'encoded' as const },
      });
    const spellings = ['Geburt\u00e4g-7', 'Geburta\u0308g-7'];
    for (const hashed of spellings)
      for (const typed of spellings)
        expect(await isImportedPassword(typed, await hashOf(hashed))).toBe(true);
  });
});

describe('a hash that cannot be imported', () => {
  test.each([
    ['md5:1234', 'has an unknown format: looks like 8 characters that no hash begins with'],
    ['5f4dcc3b5aa765d61d8327deb882cf99', 'has an unknown format: looks like an unsalted MD5'],
    ['$1$abcd$0123', 'has an unknown format: looks like a hash of the scheme $1$'],
    ['{MD5}abc=', 'has an unknown format: looks like a hash of the scheme {MD5}'],
    ['$2b$10$short', 'is malformed'],
    ['$argon2id$v=16$m=1,t=1,p=1$c29tZXNhbHQ$aaaa', 'is malformed'],
    ['$2b$31$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK', 'is too costly to verify'],
    ['$pbkdf2-sha256$i=9999999$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA', 'is too costly to verify'],
    ['$6$rounds=999999$salt$' + 'a'.repeat(86), 'is too costly to verify'],
    ['$S$Z' + 'a'.repeat(51), 'is too costly to verify'],
    ['{"secretData":1}', 'is malformed'],
  ])('%s %s', (stored, reason) => expect(refusalOfHash(stored)).toContain(reason));

  test('a password in clear text is not repeated', () => {
    expect(refusalOfHash('Spring-Garden-2024')).not.toContain('Spring');
  });

  test('no text makes the reader throw', () => {
    const heads = ['$wp$2', '$P$', '$S$', '$5$', '{SSHA}', '{"', 'pbkdf2_sha256$', '$fbscrypt$'];
    const text = fc.tuple(fc.constantFrom('', ...heads), fc.string());
    fc.assert(fc.property(text, ([head, tail]) => void readImportedHash(head + tail)));
  });
});
