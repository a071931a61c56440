import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  employeeClaims,
  type EmployeeTokens,
  groupsIn,
} from '../../../../lambdas/journeys/employee-sign-in/workforce-gate.rules.ts';

const ADMISSION = {
  clientId: 'the-client',
  workforceEmailDomains: ['workforce.example'],
  helpDeskGroup: 'portal-help-desk',
};

const HANA: EmployeeTokens['attributes'] = {
  'cognito:user_status': 'EXTERNAL_PROVIDER',
  identities: '[{"userId":"e-1001","providerName":"workforce","providerType":"OIDC"}]',
  email: 'Hana.Helpdesk@Workforce.example',
  name: 'Hana Helpdesk',
  'custom:groups': '["everyone","portal-help-desk"]',
};

const decide = (
  more: Partial<Omit<EmployeeTokens, 'attributes'>> = {},
  attributes: EmployeeTokens['attributes'] = {},
) =>
  employeeClaims(
    {
      source: 'TokenGeneration_HostedAuth',
      clientId: 'the-client',
      ...more,
      attributes: { ...HANA, ...attributes },
    },
    ADMISSION,
  );

describe("the employees' token gate", () => {
  test.each(['TokenGeneration_HostedAuth', 'TokenGeneration_RefreshTokens'])(
    'issues tokens at %s, and says who the employee is',
    (source) => {
      expect(decide({ source })).toEqual({
        issued: { employee_id: 'e-1001', employee_name: 'Hana Helpdesk', help_desk: true },
      });
    },
  );

  test.each([
    'TokenGeneration_Authentication',
    'TokenGeneration_NewPasswordChallenge',
    'TokenGeneration_AuthenticateDevice',
    '',
  ])('refuses the source %j', (source) => {
    expect(decide({ source })).toEqual({ refused: 'FOREIGN_SOURCE' });
  });

  test.each([
    ['FOREIGN_CLIENT', { clientId: 'another' }, {}],
    ['NOT_FEDERATED', {}, { 'cognito:user_status': 'CONFIRMED' }],
    ['NOT_FEDERATED', {}, { identities: undefined }],
    ['NOT_FEDERATED', {}, { identities: 'garbage' }],
    ['NOT_FEDERATED', {}, { identities: '[{"userId":""}]' }],
    ['FOREIGN_ADDRESS', {}, { email: undefined }],
    ['FOREIGN_ADDRESS', {}, { email: 'olga@partner.example' }],
    ['FOREIGN_ADDRESS', {}, { email: 'olga@evilworkforce.example' }],
    ['FOREIGN_ADDRESS', {}, { email: 'workforce.example@evil.example' }],
  ])('refuses with %s: %j %j', (refused, more, attributes) => {
    expect(decide(more, attributes)).toEqual({ refused });
  });

  test.each([
    ['["everyone"]', false],
    ['[everyone, portal-help-desk]', true],
    ['portal-help-desk', true],
    ['not-portal-help-desk', false],
    ['["portal-help-desk-readers"]', false],
    ['', false],
    [undefined, false],
  ])('of the groups %j says that the help desk is %s', (groups, member) => {
    expect(decide({}, { 'custom:groups': groups })).toMatchObject({
      issued: { help_desk: member },
    });
  });

  test('reads whatever a provider puts into the attribute', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(groupsIn(text))));
  });
});
