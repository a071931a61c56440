import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import type { FunctionSettings } from '../../lambdas/ground/platform/environment-names.ts';
import { mayRefresh } from '../../lambdas/journeys/sign-in/token-gate.ts';

const HOUR = 3_600_000;
const settings = {
  sessionHours: 4,
  termsGraceHours: 24,
  terms: { version: '2026-10', sha256: '', effectiveAt: 1_000 * HOUR },
} as FunctionSettings;
const account = (more: Partial<Account>): Account => ({
  accountId: 'a',
  username: 'pphone',
  firstName: 'P',
  lastName: 'P',
  npi: '1',
  role: 'STANDARD',
  status: 'ACTIVE',
  epoch: 1,
  createdAt: 0,
  lastFactorAt: 1_010 * HOUR,
  lastLoginMethod: 'PHONE',
  acceptedTermsVersion: '2026-10',
  ...more,
});

describe('refresh', () => {
  test.each<[string, Partial<Account>, number, object]>([
    ['up to four hours after the last factor', {}, 1_014 * HOUR - 1, { issued: expect.anything() }],
    ['not at four hours', {}, 1_014 * HOUR, { refused: 'SESSION_OVER' }],
    [
      'not after a revocation',
      { lastFactorAt: undefined as never },
      1_011 * HOUR,
      { refused: 'SESSION_OVER' },
    ],
    [
      'not for an account that is not ACTIVE',
      { status: 'RESET' },
      1_011 * HOUR,
      { refused: 'NOT_ACTIVE' },
    ],
    [
      'within the grace with the terms before',
      { acceptedTermsVersion: '2026-09' },
      1_024 * HOUR - 1,
      { issued: expect.anything() },
    ],
    [
      'not beyond the grace',
      { acceptedTermsVersion: '2026-09', lastFactorAt: 1_023 * HOUR },
      1_024 * HOUR,
      { refused: 'TERMS_OUTDATED' },
    ],
  ])('%s', (_when, more, now, decision) => {
    const last = more.acceptedTermsVersion === '2026-09' ? { lastFactorAt: 1_023 * HOUR } : {};
    expect(mayRefresh(account({ ...more, ...last }), settings, now)).toMatchObject(decision);
  });
});
