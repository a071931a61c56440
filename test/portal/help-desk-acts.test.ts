import { describe, expect, test } from '@jest/globals';
import { AccountStatus } from '../../contract/accounts.ts';
import { approvalIn, possibleActs, secondEmployeeFor } from '../../portal/src/employees/acts.ts';
import { soughtBy } from '../../portal/src/employees/sought.ts';

describe('the acts of the help desk', () => {
  test.each([
    ['ACTIVE', ['RESET', 'UNLOCK', 'DISABLE']],
    ['ENROLLING', ['LINK', 'EMAIL', 'RESET', 'UNLOCK', 'DISABLE']],
    ['RESET', ['LINK', 'EMAIL', 'UNLOCK', 'DISABLE']],
    ['INVITED', ['LINK', 'EMAIL', 'UNLOCK', 'DISABLE']],
    ['IMPORTED', ['LINK', 'EMAIL', 'UNLOCK', 'DISABLE']],
    ['DISABLED', ['ENABLE']],
  ] as const)('are what the status %s allows', (status, acts) => {
    expect(possibleActs(status, [])).toEqual(acts);
  });

  test('begin with those that help, each once', () => {
    expect(possibleActs('ACTIVE', ['UNLOCK', 'RESET'])).toEqual(['UNLOCK', 'RESET', 'DISABLE']);
    for (const status of AccountStatus.options)
      expect(new Set(possibleActs(status, ['UNLOCK'])).size).toBe(
        possibleActs(status, ['UNLOCK']).length,
      );
  });

  test.each([
    ['DISABLE', 'ADMIN', 'ALWAYS'],
    ['RESET', 'ADMIN', 'LAST'],
    ['UNLOCK', 'ADMIN', 'NEVER'],
    ['DISABLE', 'STANDARD', 'NEVER'],
  ] as const)('%s of %s needs a second employee: %s', (act, role, second) => {
    expect(secondEmployeeFor(act, role)).toBe(second);
  });

  test.each([
    [{ approvalId: 'a', expiresAt: 't' }, true],
    [{ username: 'pphone' }, false],
    [true, false],
    [undefined, false],
    [null, false],
  ])('wait for an approval where the answer is %j: %s', (answer, waits) => {
    expect(approvalIn(answer) !== undefined).toBe(waits);
  });
});

test.each([
  ['username', 'pphone', { username: 'pphone' }],
  ['email', 'a@b.example', { email: 'a@b.example' }],
  ['phone', '202 555 0143', { phone: '202 555 0143' }],
  ['npi', '1234-567 893', { npi: '1234567893' }],
] as const)('a search by %s for %s sends that alone', (kind, value, sought) => {
  expect(soughtBy({ kind, value })).toEqual(sought);
});
