import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  EmailAddress,
  hasNpiCheckDigit,
  Npi,
  PersonName,
  Username,
} from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/masks.ts';

/** Whether a schema accepts a value, and as what. */
const parsed = (
  schema: { safeParse: (value: unknown) => { success: boolean; data?: unknown } },
  value: unknown,
) => {
  const result = schema.safeParse(value);
  return result.success ? result.data : 'refused';
};

describe('an e-mail address', () => {
  test.each([
    ['pat@cedargrove.example', 'pat@cedargrove.example'],
    [' Pat@CedarGrove.Example ', 'pat@cedargrove.example'],
    ['first.last+tag@sub.domain.example', 'first.last+tag@sub.domain.example'],
    ["o'neill@clinic.example", "o'neill@clinic.example"],
    ['1@2.example', '1@2.example'],
    [`${'a'.repeat(64)}@clinic.example`, `${'a'.repeat(64)}@clinic.example`],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  ])('%j is accepted', (typed, address) => {
    expect(parsed(EmailAddress, typed)).toBe(address);
  });

  test.each([
    'pat',
    'pat@',
    '@clinic.example',
    'pat@clinic',
    'pat@clinic.e',
    'pat@clinic..example',
    'pat@-clinic.example',
    'pat@clinic-.example',
    '.pat@clinic.example',
    'pat.@clinic.example',
    'p..at@clinic.example',
    'pat clinic@clinic.example',
    'pat@clinic.example,other@clinic.example',
    'pat@clinic.example\nBcc: other@clinic.example',
    '"pat"@clinic.example',
    'pat@[127.0.0.1]',
    'pät@clinic.example',
    'pat@clinic.ex\u0430mple',
    `${'a'.repeat(65)}@clinic.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}example`,
  ])('%j is refused', (typed) => {
    expect(parsed(EmailAddress, typed)).toBe('refused');
  });

  test('is refused with a sentence', () => {
    const { error } = EmailAddress.safeParse('pat');
    expect(error?.issues.map(({ message }) => message)).toEqual(['is not a valid e-mail address']);
  });

  test('never contains white space or a line break, and takes no long time to check', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const started = performance.now();
        const address = parsed(EmailAddress, `${text}@${text}.example`);
        expect(performance.now() - started).toBeLessThan(2000);
        expect(address).not.toMatch(/\s/);
      }),
    );
  });
});

describe('a username', () => {
  test.each([
    ['pat', 'pat'],
    ['  Pat.Phone ', 'pat.phone'],
    ['0-a_b.c', '0-a_b.c'],
    ['a'.repeat(32), 'a'.repeat(32)],
  ])('%j is accepted', (typed, username) => {
    expect(parsed(Username, typed)).toBe(username);
  });

  test.each(['', 'ab', '.abc', '-abc', '_abc', 'a b', 'pät', 'a'.repeat(33), 'a/b', 'a#b'])(
    '%j is refused',
    (typed) => {
      expect(parsed(Username, typed)).toBe('refused');
    },
  );
});

describe("a person's name", () => {
  test.each(['Pat', "O'Neill", 'María José', '李小龙', 'Nguyễn', 'van der Berg-Müller', 'Ⅷ'])(
    '%j is accepted',
    (name) => {
      expect(parsed(PersonName, name)).toBe(name);
    },
  );

  test.each([
    ['is empty', ' '],
    ['is too long', 'a'.repeat(65)],
    ['contains a line break', 'Pat\nBcc'],
    ['contains a null', 'Pat\u0000'],
    ['contains a tab', 'Pat\tPhone'],
    ['contains a right-to-left override', 'Pat\u202eenohP'],
    ['contains an isolate', 'Pat\u2066Phone'],
    ['contains a direction mark', 'Pat\u200fPhone'],
    ['contains a line separator', 'Pat\u2028Phone'],
    ['contains an unpaired surrogate', 'Pat\ud800'],
  ])('is refused if it %s', (_why, name) => {
    expect(parsed(PersonName, name)).toBe('refused');
  });
});

describe('an NPI', () => {
  test.each(['1234567893', '1003000126', ' 1245319599 '])('%j is accepted', (npi) => {
    expect(parsed(Npi, npi)).toBe(npi.trim());
  });

  test.each([
    '',
    '123456789',
    '12345678931',
    '3234567893',
    '0234567893',
    '123456789a',
    '１２３４５６７８９３',
    '1234567890',
  ])('%j is refused', (npi) => {
    expect(parsed(Npi, npi)).toBe('refused');
  });

  test('has exactly one right check digit for each of its first nine digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 299_999_999 }), (nine) => {
        const right = Array.from({ length: 10 }, (_, digit) => `${nine}${digit}`).filter(
          hasNpiCheckDigit,
        );
        expect(right).toHaveLength(1);
      }),
    );
  });

  test('with one wrong digit has a wrong check digit', () => {
    for (let place = 0; place < 10; place += 1) {
      const digits = [...'1234567893'];
      digits[place] = String((Number(digits[place]) + 1) % 10);
      expect([place, hasNpiCheckDigit(digits.join(''))]).toEqual([place, false]);
    }
  });
});

describe('a masked destination', () => {
  test.each([
    ['pat@cedargrove.example', 'p***@cedargrove.example'],
    ['a@b.example', 'a***@b.example'],
  ])('shows only the first letter and the domain of %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });

  test('shows only the last four digits of a phone', () => {
    expect(maskPhone('+12025550143')).toBe('***-***-0143');
  });

  test('has the same length for every phone', () => {
    expect(maskPhone('+442079460000')).toHaveLength(maskPhone('+12025550143').length);
  });
});
