import { describe, expect, test } from '@jest/globals';
import {
  judgeAlarms,
  judgeCalls,
  judgeDmarc,
  judgeKey,
  judgePool,
  judgeSender,
  judgeStack,
  judgeTable,
  judgeTexts,
} from '../../bin/ops/doctor.rules.ts';
import { type Finding, lineOf } from '../../bin/ops/finding.rules.ts';

const SENDER = {
  identity: 'portal.example',
  verification: 'Success',
  dkim: 'Success',
  quota: { daily: 50_000, perSecond: 14, sent: 10 },
  sendingEnabled: true,
};
const TEXTS = {
  inSandbox: false,
  spendLimit: 1_000,
  spendAlarm: 200,
  originationNumber: '+12025550100',
  countries: ['US'],
};
const CALLS = {
  instanceArn: 'arn:aws:connect:us-east-1:111122223333:instance/1',
  region: 'us-east-1',
  status: 'ACTIVE',
  outboundCalls: true,
  sourcePhoneNumber: '+12025550100',
  numbers: ['+12025550100'],
};
const POOL = { plan: 'ESSENTIALS', mfa: 'OFF', deletionProtection: true };

const levels = (findings: Finding[]) => [...new Set(findings.map(({ level }) => level))];

describe('a stage in good order', () => {
  test('has nothing to fix', () => {
    const findings = [
      ...judgeSender(SENDER),
      ...judgeTexts(TEXTS),
      ...judgeCalls(CALLS),
      ...judgePool(POOL),
      ...judgeStack('UPDATE_COMPLETE', 'IN_SYNC'),
      judgeDmarc('portal.example', ['v=DMARC1; p=quarantine']),
      judgeKey('alias/codes', 'Enabled'),
      judgeTable('Accounts', true),
      judgeAlarms(['arn:aws:sns:us-east-1:111122223333:topic:1', 'PendingConfirmation']),
    ];
    expect(levels(findings)).toEqual(['OK']);
  });
});

describe('what has to be fixed, with its remedy', () => {
  test.each<[string, Finding[], string, RegExp]>([
    ['an identity', judgeSender({ ...SENDER, verification: 'Pending' }), 'SES identity', /verify/],
    ['no identity', judgeSender({ ...SENDER, verification: undefined }), 'SES identity', /unknown/],
    ['no DKIM', judgeSender({ ...SENDER, dkim: 'NotStarted' }), 'DKIM', /CNAME/],
    ['a paused sender', judgeSender({ ...SENDER, sendingEnabled: false }), 'SES sending', /paused/],
    [
      'the sandbox of SES',
      judgeSender({ ...SENDER, quota: { daily: 200, perSecond: 1, sent: 0 } }),
      'SES sandbox',
      /production access/,
    ],
    ['no DMARC', [judgeDmarc('portal.example', [])], 'DMARC', /publish/],
    ['the sandbox of SNS', judgeTexts({ ...TEXTS, inSandbox: true }), 'SNS sandbox', /leave/],
    ['a low limit', judgeTexts({ ...TEXTS, spendLimit: 1 }), 'SNS spending', /higher limit/],
    ['no instance', judgeCalls({ ...CALLS, status: undefined }), 'Connect', /instanceArn/],
    [
      'another Region',
      judgeCalls({ ...CALLS, region: 'eu-west-1' }),
      'Connect Region',
      /eu-west-1/,
    ],
    ['no calls', judgeCalls({ ...CALLS, outboundCalls: false }), 'Outbound calls', /Telephony/],
    ['no number', judgeCalls({ ...CALLS, numbers: [] }), 'Connect number', /claim it/],
    ['the plan Lite', judgePool({ ...POOL, plan: 'LITE' }), 'Cognito plan', /ESSENTIALS/],
    ["Cognito's MFA", judgePool({ ...POOL, mfa: 'OPTIONAL' }), 'Cognito MFA', /deploy again/],
    ['a key to be deleted', [judgeKey('a', 'PendingDeletion')], 'KMS key', /cancel-key-deletion/],
    ['a disabled key', [judgeKey('a', 'Disabled')], 'KMS key', /enable-key/],
    ['no recovery', [judgeTable('Accounts', false)], 'Table', /point-in-time/],
    ['no subscriber', [judgeAlarms([])], 'Alarms', /alarmEmail/],
    ['a pending subscriber', [judgeAlarms(['PendingConfirmation'])], 'Alarms', /confirm/],
    [
      'a failed deployment',
      judgeStack('UPDATE_ROLLBACK_FAILED', undefined),
      'Stack',
      /deploy again/,
    ],
  ])('%s', (_what, findings, subject, remedy) => {
    const fixes = findings.filter(({ level }) => level === 'FIX');
    expect(fixes.map((fix) => fix.subject)).toEqual([subject]);
    expect(fixes[0]?.text).toMatch(remedy);
  });
});

describe('what is unwise', () => {
  test.each<[string, Finding[]]>([
    ['a policy that only monitors', [judgeDmarc('portal.example', ['v=DMARC1; p=none'])]],
    ['a name that cannot be resolved', [judgeDmarc('portal.example', undefined)]],
    ['texts without a number', judgeTexts({ ...TEXTS, originationNumber: undefined })],
    [
      'a nearly used quota',
      judgeSender({ ...SENDER, quota: { daily: 1_000, perSecond: 1, sent: 900 } }),
    ],
    ['a pool that can be deleted', judgePool({ ...POOL, deletionProtection: false })],
    ['a drifted stack', judgeStack('UPDATE_COMPLETE', 'DRIFTED')],
  ])('%s is a warning', (_what, findings) => {
    expect(levels(findings)).toContain('WARN');
    expect(levels(findings)).not.toContain('FIX');
  });
});

test('a finding is one line', () => {
  expect(lineOf(judgeKey('alias/codes', 'Enabled'))).toBe('OK   KMS key: alias/codes is enabled');
});
