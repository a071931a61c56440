import { describe, expect, test } from '@jest/globals';
import {
  judgeApiLogging,
  judgeConcurrency,
  judgeFirewall,
  judgeRate,
  judgeSchedule,
  judgeSuppression,
} from '../../bin/ops/doctor-account.rules.ts';
import type { Finding } from '../../bin/ops/finding.rules.ts';

const ALL_REASONS = ['BOUNCE', 'COMPLAINT'];
const SUPPRESSION = { account: ALL_REASONS, stage: ALL_REASONS, ownSuppressed: [] };
const CONCURRENCY = { limit: 1000, unreserved: 900, needed: 5 };
const FIREWALL = { guards: 'api', found: 'portal-api', expected: 'portal-api', logs: true };
const ROLE = 'arn:aws:iam::111122223333:role/api-logging';
const RATE = { category: 'UserAuthentication', quota: 120, needed: 13 };
const RULES = [{ name: 'Nightly', state: 'ENABLED' }];

test('an account in good order has nothing to fix', () => {
  const findings = [
    ...judgeSuppression(SUPPRESSION),
    judgeConcurrency(CONCURRENCY),
    judgeFirewall(FIREWALL),
    judgeApiLogging(ROLE, undefined),
    judgeApiLogging(ROLE, ROLE),
    judgeRate(RATE),
    judgeSchedule({ functionId: 'sweep', rules: RULES }),
  ];
  expect([...new Set(findings.map(({ level }) => level))]).toEqual(['OK']);
});

type Case = [what: string, findings: Finding[], subject: string, remedy: RegExp];

/** The subjects of a level, and whether each says what to do. */
function expectOnly(level: Finding['level'], [, findings, subject, remedy]: Case): void {
  const raised = findings.filter((one) => one.level !== 'OK');
  expect(raised).toEqual([{ level, subject, text: expect.stringMatching(remedy) }]);
}

describe('what has to be fixed, with its remedy', () => {
  test.each<Case>([
    [
      'a configuration set that heeds no list',
      judgeSuppression({ ...SUPPRESSION, stage: ['BOUNCE'] }),
      'Suppression of the stage',
      /COMPLAINT: deploy again/,
    ],
    [
      'no configuration set',
      judgeSuppression({ ...SUPPRESSION, stage: undefined }),
      'Suppression of the stage',
      /BOUNCE and COMPLAINT/,
    ],
    [
      'a suppressed sender',
      judgeSuppression({ ...SUPPRESSION, ownSuppressed: ['no-reply@portal.example'] }),
      'Suppressed sender',
      /no-reply@portal\.example.*delete-suppressed-destination/,
    ],
    [
      'too few executions for a morning',
      [judgeConcurrency({ limit: 10, unreserved: 10, needed: 5.6 })],
      'Lambda concurrency',
      /Service Quotas/,
    ],
    [
      'no firewall',
      [judgeFirewall({ ...FIREWALL, found: undefined })],
      'Firewall api',
      /associate/,
    ],
    [
      'no logging role',
      [judgeApiLogging(undefined, ROLE)],
      'API logging role',
      /apiLoggingRoleArn/,
    ],
    ['an empty logging role', [judgeApiLogging('', undefined)], 'API logging role', /deploy again/],
    [
      'a low rate',
      [judgeRate({ ...RATE, quota: 20 })],
      'Cognito UserAuthentication',
      /13\.0.*Service Quotas/,
    ],
    [
      'no rule',
      [judgeSchedule({ functionId: 'sweep', rules: [] })],
      'Schedule of sweep',
      /deploy again/,
    ],
    [
      'a rule that is off',
      [judgeSchedule({ functionId: 'sweep', rules: [{ name: 'N', state: 'DISABLED' }] })],
      'Schedule of sweep',
      /aws events enable-rule --name N/,
    ],
    [
      'a rule in no state',
      [judgeSchedule({ functionId: 'sweep', rules: [{ name: 'N', state: undefined }] })],
      'Schedule of sweep',
      /unknown/,
    ],
  ])('%s', (...one) => expectOnly('FIX', one));
});

describe('what is unwise', () => {
  test.each<Case>([
    [
      'an account that keeps no list of complaints',
      judgeSuppression({ ...SUPPRESSION, account: ['BOUNCE'] }),
      'SES suppression',
      /no COMPLAINT.*put-account-suppression-attributes/,
    ],
    [
      "a concurrency below AWS's default",
      [judgeConcurrency({ limit: 50, unreserved: 50, needed: 1 })],
      'Lambda concurrency',
      /1000: request more/,
    ],
    [
      'nearly everything reserved',
      [judgeConcurrency({ limit: 1000, unreserved: 99, needed: 1 })],
      'Lambda concurrency',
      /only 99/,
    ],
    [
      'another firewall',
      [judgeFirewall({ ...FIREWALL, found: 'other' })],
      'Firewall api',
      /other guards it instead/,
    ],
    [
      'a firewall without a log',
      [judgeFirewall({ ...FIREWALL, logs: false })],
      'Firewall api',
      /logs nothing/,
    ],
    [
      'a logging role of another stack',
      [judgeApiLogging(`${ROLE}-2`, ROLE)],
      'API logging role',
      /another stack/,
    ],
    [
      'a rate that Service Quotas does not list',
      [judgeRate({ ...RATE, quota: undefined })],
      'Cognito UserAuthentication',
      /console/,
    ],
  ])('%s is a warning', (...one) => expectOnly('WARN', one));
});
