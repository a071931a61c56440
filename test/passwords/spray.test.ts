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

describe('at once', () => {
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
