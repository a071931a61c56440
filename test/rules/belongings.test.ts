import { describe, expect, test } from '@jest/globals';
import {
  codeFaults,
  deviceFaults,
  type KeptCode,
  passkeyFaults,
  ProofsSeen,
} from '../../bin/ops/belongings.rules.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { lasting } from '../../lambdas/capabilities/upkeep/upkeep.ts';
import type { AuditEventName } from '../../lambdas/ground/audit/audit.rules.ts';
import { anAccount, HOUR, type Some } from '../fakes/builders.ts';

const NOW = 100 * HOUR;
const accountsOf = (more: Some<Account> = {}) => new Map([['account-1', anAccount(more)]]);
const { epoch: EPOCH } = anAccount();

describe('a device', () => {
  const device = (more: object = {}) => ({
    accountId: 'account-1',
    deviceId: 'device-1',
    epoch: EPOCH,
    expiresAt: NOW + 1,
    ...more,
  });
  const found = (more: object, account: Some<Account> = {}) =>
    deviceFaults([device(more)], accountsOf(account), NOW).map(({ fault }) => fault);

  test.each<[string, object, Some<Account>]>([
    ['of an account that signs in', {}, {}],
    ['that has ended, of nobody', { accountId: 'gone', expiresAt: NOW }, {}],
    ['of before a reset', { epoch: EPOCH - 1 }, { status: 'RESET' }],
  ])('%s is as it should be', (_what, more, account) => {
    expect(found(more, account)).toEqual([]);
  });

  test.each<[string, object, Some<Account>, string]>([
    ['of nobody', { accountId: 'gone' }, {}, 'DEVICE_OF_NOBODY'],
    ['of an account that is disabled', {}, { status: 'DISABLED' }, 'DEVICE_OF_ENDED'],
    ['of an epoch that has not come', { epoch: EPOCH + 1 }, {}, 'DEVICE_OF_ENDED'],
  ])('%s is a fault', (_what, more, account, expected) => {
    expect(found(more, account)).toEqual([expected]);
  });
});

describe('a passkey', () => {
  const passkey = (more: object = {}) => ({
    accountId: 'account-1',
    passkeyId: 'passkey-1',
    passkeyEpoch: 2,
    ...more,
  });
  const owner = { passkeyCount: 1, passkeyEpoch: 2 };

  test('that its account counts is as it should be, and one of before a reset is not counted', () => {
    expect(passkeyFaults([passkey(), passkey({ passkeyEpoch: 1 })], accountsOf(owner))).toEqual([]);
    expect(passkeyFaults([], accountsOf())).toEqual([]);
  });

  test.each([
    [[passkey(), passkey({ passkeyId: 'passkey-2' })], 'it counts 1 passkeys and has 2: report it'],
    [[], 'it counts 1 passkeys and has 0: report it'],
  ])('that is not counted, or counted and not there, is a fault of its account', (rows, text) => {
    expect(passkeyFaults(rows, accountsOf(owner))).toEqual([
      expect.objectContaining({ fault: 'PASSKEYS_MISCOUNTED', accountId: 'account-1', text }),
    ]);
  });

  test('of nobody is named', () => {
    expect(passkeyFaults([passkey({ accountId: 'gone' })], new Map())).toEqual([
      expect.objectContaining({ fault: 'PASSKEY_OF_NOBODY', subject: 'gone/passkey-1' }),
    ]);
  });
});

describe('a registration code', () => {
  const code = (more: Partial<KeptCode> = {}): KeptCode => ({ npi: '1234567893', ...more });
  const redeemed = (redeemedBy: string) => code({ redeemedBy, redeemedAt: 1 });
  const found = (...codes: KeptCode[]) =>
    codeFaults(codes, new Set(['account-1', 'erased'])).map(({ fault }) => fault);

  test('that is open, revoked, or redeemed by somebody is as it should be', () => {
    const revoked = code({ revokedAt: 1 });
    expect(found(code(), revoked, redeemed('account-1'), redeemed('erased'))).toEqual([]);
  });

  test('redeems once, for somebody who is there, and not when it is revoked', () => {
    expect(found(redeemed('account-1'), redeemed('account-1'))).toEqual(['CODES_OF_ONE']);
    expect(found(redeemed('gone'))).toEqual(['CODE_OF_NOBODY']);
    expect(found({ ...redeemed('account-1'), revokedAt: 2 })).toEqual(['CODE_REVOKED']);
  });

  test('of a busy provider is not taken for the one that another look saw half-done', async () => {
    const looks = ['account-2', 'account-3'];
    const look = () =>
      Promise.resolve(codeFaults([redeemed(looks.shift() ?? 'account-3')], new Set()));
    expect(await lasting(look)).toEqual([]);
    expect(await lasting(look)).toEqual([
      expect.objectContaining({
        fault: 'CODE_OF_NOBODY',
        subject: '1234567893/account-3',
        text: 'account-3 redeemed a code and does not exist: report it',
      }),
    ]);
  });
});

test('a proof is in the trail once in its flow, and other events as often as they happen', () => {
  const proofs = new ProofsSeen();
  const see = (event: AuditEventName, flowId?: string) =>
    proofs.see({
      accountId: 'account-1',
      eventId: 'any',
      at: '2026-10-31T12:00:00.000Z',
      event,
      ...(flowId !== undefined && { flowId }),
    });
  for (const flowId of ['one', 'two']) see('SIGNED_IN', flowId);
  for (const event of ['CODE_SENT', 'CODE_SENT', 'REGISTRATION_COMPLETED'] as const)
    see(event, 'one');
  for (const _ of [1, 2]) see('SIGNED_IN');
  expect(proofs.faults).toEqual([]);
  see('SIGNED_IN', 'two');
  expect(proofs.faults).toEqual([
    expect.objectContaining({ fault: 'PROOF_TWICE', subject: 'account-1' }),
  ]);
});
