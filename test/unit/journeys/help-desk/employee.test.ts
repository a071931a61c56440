import { describe, expect, test } from '@jest/globals';
import { employeeOf } from '../../../../lambdas/journeys/help-desk/employee.rules.ts';

const CLAIMS = {
  token_use: 'access',
  client_id: 'the-client',
  employee_id: 'e-1',
  employee_name: 'Hana',
  help_desk: 'true',
};

describe("an employee's token", () => {
  test('of the help desk names its employee', () => {
    expect(employeeOf(CLAIMS, 'the-client')).toEqual({
      employee: { employeeId: 'e-1', name: 'Hana' },
    });
  });

  test.each([{ token_use: 'id' }, { client_id: 'another' }, { employee_id: '' }])(
    'is not valid with %j',
    (more) => {
      expect(employeeOf({ ...CLAIMS, ...more }, 'the-client')).toEqual({
        refused: 'TOKEN_INVALID',
      });
    },
  );

  test.each(['false', '', 'TRUE', '1'])('opens nothing where help_desk is %j', (value) => {
    expect(employeeOf({ ...CLAIMS, help_desk: value }, 'the-client')).toEqual({
      refused: 'FORBIDDEN',
    });
  });
});
