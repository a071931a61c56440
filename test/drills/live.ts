/**
 * Nothing that is live belongs to the dead: what can still open something has an account that may
 * use it, and what an account counts is there.
 */
import { type Call, isLive as isLiveCall } from '../../lambdas/capabilities/calls/call.rules.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { NOBODY } from '../../lambdas/capabilities/accounts/account.rules.ts';
import type { Device } from '../../lambdas/capabilities/devices/devices.rules.ts';
import {
  isLive as isLivePasskey,
  type Passkey,
} from '../../lambdas/capabilities/passkeys/passkeys.rules.ts';

/** What flows, tickets and sign-ins have in common, as rows. */
export interface Owned {
  pk: string;
  kind?: string;
  accountId?: string;
  epoch?: number;
  expiresAt?: number;
  tokenHash?: string;
  step?: string;
}

/** The rows of a stage, read in this order. */
export interface Rows {
  accounts: readonly Account[];
  devices: readonly Device[];
  passkeys: readonly Passkey[];
  flows: readonly Owned[];
  challenges: readonly Owned[];
  now: number;
}

const GRANT_MS = 60_000;
const MOST_DEVICES = 10;

export function deadOwners(rows: Rows): string[] {
  const accounts = new Map(rows.accounts.map((account) => [account.accountId, account]));
  const { devices, passkeys, flows, challenges } = rows;
  const owned = [...devices, ...passkeys, ...flows, ...challenges];
  const strays = owned
    .filter(({ accountId = NOBODY }) => accountId !== NOBODY && !accounts.has(accountId))
    .map((row) => `${nameOf(row)} belongs to ${row.accountId}, who is not there`);
  return [
    ...strays,
    ...rows.accounts.flatMap((account) => faultsOf(account, rows)),
    ...flows.flatMap((flow) => flowFaults(flow, accounts.get(flow.accountId ?? ''), rows.now)),
    ...callFaults(rows),
  ];
}

const nameOf = (row: object): string =>
  'pk' in row ? String(row.pk) : 'deviceId' in row ? 'a remembered browser' : 'a passkey';

function faultsOf(account: Account, { devices, passkeys, now }: Rows): string[] {
  const { accountId, username, status, epoch, passkeyCount = 0, grants = [] } = account;
  const live = devices.filter(
    (device) => device.accountId === accountId && device.epoch === epoch && device.expiresAt > now,
  );
  const kept = passkeys.filter((one) => one.accountId === accountId && isLivePasskey(one, account));
  const valid = grants.filter((grant) => grant.epoch === epoch && grant.expiresAt > now);
  return [
    live.length > 0 && status !== 'ACTIVE' && `${username} is ${status} and has a live browser`,
    live.length > MOST_DEVICES && `${username} has ${live.length} live browsers`,
    kept.length !== passkeyCount && `${username} counts ${passkeyCount} of ${kept.length} passkeys`,
    valid.length > 0 && status !== 'ACTIVE' && `${username} is ${status} and has a grant`,
    valid.some(({ expiresAt }) => expiresAt > now + GRANT_MS) && `${username} has a long grant`,
  ].filter((fault) => fault !== false);
}

/** What a flow that goes on, or a ticket, demands of its account. */
function flowFaults(flow: Owned, account: Account | undefined, now: number): string[] {
  const { pk, kind, epoch, expiresAt = 0, tokenHash, step } = flow;
  if (account === undefined || epoch !== account.epoch || expiresAt <= now) return [];
  const registers = kind === 'MFA_REGISTRATION';
  if (registers && (step === 'DONE' || account.registrationFlow !== tokenHash)) return [];
  const demandsActive =
    pk.startsWith('TICKET#') || /^(PASSWORD_RESET|\w+_CHANGE)$/.test(kind ?? '');
  const { username, status } = account;
  if (registers && ['ACTIVE', 'DISABLED'].includes(status))
    return [`${username} is ${status} and has an open registration`];
  return demandsActive && status !== 'ACTIVE'
    ? [`${username} is ${status} and has a live ${kind ?? 'ticket'}`]
    : [];
}

function callFaults({ flows, challenges, now }: Rows): string[] {
  const there = new Set([...flows, ...challenges].map(({ pk }) => pk));
  return challenges
    .filter(({ pk }) => pk.startsWith('CALL#'))
    .map((row) => row as unknown as Call)
    .filter((call) => isLiveCall(call, now) && !there.has(call.flow.pk))
    .map(({ callId }) => `the call ${callId} belongs to a flow that is not there`);
}
