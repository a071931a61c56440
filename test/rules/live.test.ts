import { expect, test } from '@jest/globals';
import { deadOwners, type Owned, type Rows } from '../drills/live.ts';
import { aDevice, aGrant, anAccount } from '../fakes/builders.ts';

const NOW = 1_800_000_000_000;
const LATER = NOW + 30_000;

const rows = (some: Partial<Rows>): Rows => ({
  accounts: [anAccount()],
  devices: [],
  passkeys: [],
  flows: [],
  challenges: [],
  now: NOW,
  ...some,
});

const { accountId, epoch, username } = anAccount();
const disabled = anAccount({ status: 'DISABLED' });
const device = aDevice({ accountId, epoch, expiresAt: LATER });
const flow: Owned = { pk: 'TOKEN#x', tokenHash: 'x', accountId, epoch, expiresAt: LATER };
const reset: Owned = { ...flow, kind: 'PASSWORD_RESET' };
const passkey = {
  accountId,
  passkeyId: 'p',
  publicKey: '',
  counter: 0,
  isBackupEligible: false,
  isBackedUp: false,
  transports: [],
  name: 'Desk',
  createdAt: 0,
  passkeyEpoch: 0,
};
const call = {
  pk: 'CALL#c',
  callId: 'c',
  accountId,
  state: 'CALLING',
  expiresAt: LATER,
  flow: { table: 'FLOWS', pk: 'TOKEN#x' },
} as Owned;

test('what an active account has is in order', () => {
  const accounts = [anAccount({ passkeyCount: 1, grants: [aGrant({ epoch, expiresAt: LATER })] })];
  const some = { accounts, devices: [device], passkeys: [passkey], flows: [reset] };
  expect(deadOwners(rows({ ...some, challenges: [call] }))).toEqual([]);
});

test('what is dead may belong to a disabled account', () => {
  const ended = { ...reset, epoch: epoch - 1 };
  const over = { ...reset, expiresAt: NOW };
  const devices = [aDevice({ accountId, epoch: epoch - 1, expiresAt: LATER })];
  expect(deadOwners(rows({ accounts: [disabled], devices, flows: [ended, over] }))).toEqual([]);
});

test.each<[string, Partial<Rows>, string]>([
  ['a browser of the disabled', { accounts: [disabled], devices: [device] }, 'has a live browser'],
  [
    'a reset of the disabled',
    { accounts: [disabled], flows: [reset] },
    'has a live PASSWORD_RESET',
  ],
  [
    'a ticket of the disabled',
    { accounts: [disabled], flows: [{ ...flow, pk: 'TICKET#x' }] },
    'a live ticket',
  ],
  [
    'a registration of the registered',
    {
      accounts: [anAccount({ registrationFlow: 'x' })],
      flows: [{ ...flow, kind: 'MFA_REGISTRATION', step: 'VERIFY_PHONE' }],
    },
    'has an open registration',
  ],
  [
    'a grant of whoever is reset',
    { accounts: [anAccount({ status: 'RESET', grants: [aGrant({ epoch, expiresAt: LATER })] })] },
    'has a grant',
  ],
  [
    'a grant of more than a minute',
    { accounts: [anAccount({ grants: [aGrant({ epoch, expiresAt: NOW + 60_001 })] })] },
    'has a long grant',
  ],
  ['a passkey that is not counted', { passkeys: [passkey] }, `${username} counts 0 of 1`],
  [
    'a passkey that is not there',
    { accounts: [anAccount({ passkeyCount: 2 })], passkeys: [passkey] },
    'counts 2 of 1',
  ],
  ['a flow of an account that is not there', { accounts: [], flows: [reset] }, 'who is not there'],
  ['a call without a flow', { challenges: [call] }, 'belongs to a flow that is not there'],
])('%s is found', (_what, some, fault) => {
  expect(deadOwners(rows(some))).toEqual([expect.stringContaining(fault)]);
});
