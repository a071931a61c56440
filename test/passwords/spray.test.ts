import { randomInt } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { estimate } from '../../lambdas/capabilities/passwords/password-estimator.ts';
import {
  judgePassword,
  type PasswordContext,
} from '../../lambdas/capabilities/passwords/password.rules.ts';

const context: PasswordContext = {
  username: 'jrivera',
  firstName: 'Jo',
  lastName: 'Rivera',
  email: 'jrivera@cedargrove.example',
  portalName: 'Cedar Provider Portal',
  providerName: 'Lakeside Orthopedics',
};

const judge = (password: string) => judgePassword(password, context, estimate);

const SPRAYED = [
  ...['Welcome', 'Password', 'Spring', 'Summer', 'Autumn', 'Winter', 'Fall', 'January'],
  ...['October', 'Monday', 'Friday', 'Nurse', 'Doctor', 'Clinic', 'Health', 'Medical'],
  ...['Hospital', 'Provider', 'Portal', 'Cedar', 'Lakeside', 'Orthopedics', 'Changeme'],
  ...['P@ssw0rd', 'W3lcome', 'Summ3r', 'L@keside', 'H3alth', 'N0vember', 'Adm1n'],
];
const ENDINGS = [
  ...['1', '12', '123', '1234', '2023', '2024', '2025', '2026', '1!', '12!', '123!', '1234!'],
  ...['2023!', '2024!', '2025!', '2026!', '@2024', '@2025', '@2026', '#2025', '#2026', '#1'],
  ...['2024!!', '2025!!', '2026!!', '2025?', '2025$', '2026#', '!2025', '!2026', '_2026', '.2026'],
  ...['24', '25', '26', '24!', '25!', '26!', '@1'],
];

/** What an attacker makes of a word: a year, a sign between the two, signs at the end, a phrase. */
const FIELD = [
  ...['Summer', 'Nurse', 'Vaccine', 'Emergency', 'Telehealth', 'Cardiology', 'Frontdesk'],
  ...['Medicare', 'Stethoscope', 'Lakeside', 'LakesideOrthopedics', 'Cedarprovider', 'James'],
];
const WITH_SIGNS: ((word: string) => string)[] = [
  (word) => `${word}_2026!`,
  (word) => `${word}!2025!`,
  (word) => `${word}-2024`,
  (word) => `${word}.2026!!`,
  (word) => `${word}#2025$`,
  (word) => `${word} 2026`,
  (word) => `2026!${word}`,
  (word) => `!${word}2026`,
  (word) => `${word}@123!`,
  (word) => `${word}24/7`,
  (word) => `${word}${word}1!`,
  (word) => `${word.toUpperCase()}_2026`,
];
const USUAL = [
  ...['P@ssw0rd2026', 'P@$$w0rd-2026!', '$umm3r_2026!', 'Lakeside-Orthopedics-2026!'],
  ...['1qaz2wsx3edc!', 'Qwer1234!@#$', 'Portal-Pass-2024', 'CorrectHorseBatteryStaple'],
  ...['Urgent-Care-2026!', 'Patient_Care_1', 'Winter2025!Winter2025!', 'abcABC123!@#'],
];

describe('at once', () => {
  test('words with a year and signs between them and at their ends are refused', () => {
    const list = [...FIELD.flatMap((word) => WITH_SIGNS.map((make) => make(word))), ...USUAL];
    expect(list.filter((password) => judge(password) === undefined)).toEqual([]);
  });

  test('what a password manager makes is taken', () => {
    const signs = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789!#$%*-_=+?';
    const made = [12, 14, 16, 20].flatMap((length) =>
      Array.from({ length: 50 }, () =>
        Array.from({ length }, () => signs[randomInt(signs.length)]).join(''),
      ),
    );
    const taken = made.filter((password) => judge(password) === undefined);
    expect(made.filter((password) => !taken.includes(password))).toEqual([]);
  });

  test('a thousand passwords that attackers spray are refused, each with the reason', () => {
    const spray = SPRAYED.flatMap((word) => ENDINGS.map((ending) => `${word}${ending}`));
    const list = spray.filter((password) => password.length >= 8);
    expect(list.length).toBeGreaterThanOrEqual(1_000);
    const reasons = ['PASSWORD_COMMON', 'PASSWORD_CONTAINS_IDENTITY'];
    expect(list.filter((password) => !reasons.includes(judge(password) ?? ''))).toEqual([]);
  });

  test('a thousand generated passphrases are taken', () => {
    const words = [
      ...['acorn', 'basil', 'canoe', 'dingo', 'ember', 'fjord', 'gecko', 'hazel', 'igloo', 'jolly'],
      ...['kayak', 'lemur', 'mango', 'nylon', 'otter', 'plaza', 'quilt', 'robin', 'sable', 'tulip'],
      ...['umbra', 'vapor', 'walnut', 'xenon', 'yodel', 'zebra', 'anchor', 'bonnet', 'copper'],
    ];
    const pick = () => words[randomInt(words.length)] ?? '';
    const phrases = Array.from({ length: 1_000 }, () =>
      Array.from({ length: 4 }, pick).join('-'),
    ).filter((phrase) => new Set(phrase.split('-')).size === 4);
    expect(phrases.filter((phrase) => judge(phrase) !== undefined)).toEqual([]);
  });
});
