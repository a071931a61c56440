import { describe, expect, test } from '@jest/globals';
import { bcrypt } from 'hash-wasm';
import fc from 'fast-check';
import {
  readImportedHash,
  refusalOfHash,
} from '../../lambdas/capabilities/passwords/imported-password.rules.ts';
import { isImportedPassword } from '../../lambdas/capabilities/passwords/imported-passwords.ts';

/**
 * Each vector comes from the tests or the documentation of the format's maker, or from the library
 * named.
 */
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
  [
    'ASP.NET Identity v2',
    'my password',
    'ANXrDknc7fGPpigibZXXZFMX4aoqz44JveK6jQuwY3eH/UyPhvr5xTPeGYEckLxz9A==',
  ],
  [
    'ASP.NET Identity v3, SHA-1',
    'my password',
    'AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M',
  ],
  [
    'ASP.NET Identity v3, SHA-256',
    'my password',
    'AQAAAAEAA9CQAAAAIESkQuj2Du8Y+kbc5lcN/W/3NiAZFEm11P27nrSN5/tId+bR1SwV8CO1Jd72r4C08OLvplNlCDc3oQZ8efcW+jQ=',
  ],
  [
    'ASP.NET Identity v3, SHA-512',
    'my password',
    'AQAAAAIAAAD6AAAAIJbVi5wbMR+htSfFp8fTw8N8GOS/Sje+S/4YZcgBfU7EQuqv4OkVYmc4VJl9AGZzmRTxSkP7LtVi9IWyUxX8IAAfZ8v+ZfhjCcudtC1YERSqE1OEdXLW9VukPuJWBBjLuw==',
  ],
  [
    'argon2d, from argon2-cffi',
    'Geburtäg-ß-Łódź-7',
    '$argon2d$v=19$m=1024,t=2,p=2$Jv1LfDkgYa98W1Oq3qDKVA$m3/0jd3/CMGg3nLq5YiYDM+A/LqIKGyclUilKFElBPU',
  ],
  [
    'scrypt, from passlib',
    'Geburtäg-ß-Łódź-7',
    '$scrypt$ln=10,r=8,p=1$rFXKuRfCmHOu9V6LESKktA$ZSEoC/WfF1C+gfhaKK2V6xBtFgxNESay1VCJPs6Wb+A',
  ],
  [
    'PBKDF2 with SHA-512, from passlib',
    'Geburtäg-ß-Łódź-7',
    '$pbkdf2-sha512$1000$9j4HoLS2NsYYQwhhjHGuNQ$1lvWrFXbCTQ5pBTr7bWgtjS8FxFx1SzJo.g1i1CuwwY97uVrnADwvvOyFrVka4ksVeUZWvEHFbIsUrgWyL902Q',
  ],
  ['phpBB, from passlib', 'Geburtäg-ß-Łódź-7', '$H$6tiGZS1pShwLoQq/we91cysLHLjQZa0'],
  [
    'crypt $5$ with rounds, from passlib',
    'Geburtäg-ß-Łódź-7',
    '$5$rounds=1234$lp.0j7/p4..ALUCG$u.p7/PENNpDAY948fwZEb34/JMv.42.8zCUJjdpWEG0',
  ],
  [
    'crypt $6$ with rounds, from passlib',
    'Geburtäg-ß-Łódź-7',
    '$6$rounds=1234$hIbmHtz3He8NG9/r$woQ9xygE3iN.zjOVuLScT8LpX6brXZYlT3bq6MwyUWZaViIpU0Ips9IdKEPJu3vMj61rwgXyhu8KodBqC5SGZ1',
  ],
  [
    '{CRYPT}, from passlib',
    'Geburtäg-ß-Łódź-7',
    '{CRYPT}$6$rounds=1500$6JjpupTHxRaSZFh.$5UwxttIPQdmco2YrzsOQXk3I/JcctS.P/Js.HBRM176FHCa7s9o/F3STqi5Mc3OrENmPLJ4GLZWB7WUqxqBCm0',
  ],
  [
    '{SSHA256}, from passlib',
    'Geburtäg-ß-Łódź-7',
    '{SSHA256}kDuzY5iNkhCY6Cw8/gKQGfTlyaxJvXEUoojPq4MWmKWMMWbsvZcyhg==',
  ],
  [
    'Django with SHA-1',
    'Geburtäg-ß-Łódź-7',
    'pbkdf2_sha1$1000$abcdSALT1234$W7pZxzItggfDdsJLIKWD338IynQ=',
  ],
  [
    'Werkzeug PBKDF2 with SHA-512',
    'Geburtäg-ß-Łódź-7',
    'pbkdf2:sha512:1000$1bbHhcnKs7mMtEcR$7e5393022c64026743dea28fed4c233834c72be0a3ecd0b1a2869a0cb3ef683e1cf76cda51a1fc9bf7c1265dfb5a224f6999237efc5856b13f748832b3978528',
  ],
  [
    'Werkzeug scrypt',
    'Geburtäg-ß-Łódź-7',
    'scrypt:1024:8:1$RTSvPptVbYd4YJIW$89099f8c51fbeed83e34e26a5b2a2164a014fbc99c6ca4cbadc23514729878e2e4c4d60c45a8e67048357d053244f95cb786f3502d6e9015080d159fd2f2e288',
  ],
];

describe('hashes of the field', () => {
  test.each(VECTORS)('%s accepts its password and no other', async (_format, password, stored) => {
    expect(refusalOfHash(stored)).toBeUndefined();
    expect(await isImportedPassword(password, stored)).toBe(true);
    expect(await isImportedPassword(`${password}!`, stored)).toBe(false);
  });

  test('a password with accents matches in either spelling', async () => {
    const hashOf = (password: string) =>
      bcrypt({
        password: Buffer.from(password),
        salt: Buffer.alloc(16, 3),
        costFactor: 4,
        outputType: 'encoded' as const,
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
