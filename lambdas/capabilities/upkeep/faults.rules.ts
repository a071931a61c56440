/**
 * What must hold between accounts, their names and the user pool, and what mends it. The sagas keep
 * it; a process that ends in between, a restore or a manual change may not.
 */
import { type Account, liveUndos } from '../accounts/account.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';

/** A name in the accounts table, and whose it is. */
export interface Name {
  kind: 'EMAIL' | 'USERNAME' | 'LEGACY';
  name: string;
  accountId: string;
  /** A claim that is not confirmed lapses then. */
  claimedUntil?: number;
}

/** What is compared of an account, and all that is read of it. */
export const COMPARED = [
  'accountId',
  'username',
  'status',
  'epoch',
  'method',
  'email',
  'phone',
  'pendingEmail',
  'formerEmail',
  'recordEmail',
  'emailUndo',
  'emailUndos',
  'poolEmailDue',
  'cognitoUsername',
  'passwordLease',
  'signOutDue',
  'grants',
  'passkeyCount',
  'passkeyEpoch',
] as const satisfies (keyof Account)[];

export type ComparedAccount = Pick<Account, (typeof COMPARED)[number]>;

export interface PoolUser {
  username: string;
  email: string;
  accountId: string | undefined;
}

export interface Snapshot {
  accounts: ReadonlyMap<string, ComparedAccount>;
  names: readonly Name[];
  users: readonly PoolUser[];
  now: number;
}

/** How a fault is mended. What has none needs a decision, which the text names. */
export type Repair =
  | { act: 'RELEASE'; email: string; accountId: string }
  /** A claim that was not confirmed in time. */
  | { act: 'RELEASE_LAPSED'; email: string; accountId: string }
  | { act: 'RELEASE_LEGACY'; name: string; accountId: string }
  | { act: 'CLAIM'; email: string; accountId: string }
  | { act: 'DELETE_USER'; username: string; accountId: string }
  | { act: 'MOVE_USER'; username: string; accountId: string }
  | { act: 'SIGN_OUT'; accountId: string }
  /** Of the request that had this lease, and did not learn whether Cognito took its password. */
  | { act: 'RECORD_PASSWORD'; accountId: string; leaseId: string };

export interface Fault {
  fault: string;
  /**
   * What a person looks up: the username, the address, the user in Cognito, or an item with whose
   * it is. Two looks recognize a fault by it, so it names one thing.
   */
  subject: string;
  /** For logs, which name nobody; absent where no account is named. */
  accountId?: string;
  text: string;
  repair?: Repair;
}

const MINUTE_MS = 60_000;
/** Longer than a request may still be at work with a claim that has lapsed. */
const GRACE_MS = MINUTE_MS;
/** What is due in Cognito is finished within seconds. */
const DUE_MS = 5 * MINUTE_MS;
/** Longer than a request that sets a password may be repeated. */
const REPEATED_MS = 60 * MINUTE_MS;
/** The longest validity of a grant. */
const GRANT_MS = MINUTE_MS;

export function faultsOf(snapshot: Snapshot): Fault[] {
  const { accounts, names, users, now } = snapshot;
  const owners = new Map(names.map((one) => [`${one.kind}#${one.name}`, one.accountId]));
  const inPool = new Map(users.map((user) => [user.username, user]));
  return [
    ...names.flatMap((name) => nameFaults(name, accounts.get(name.accountId), now)),
    ...[...accounts.values()].flatMap((account) => [
      ...ownNameFaults(account, owners),
      ...userFaults(account, inPool, now),
      ...stateFaults(account, now),
    ]),
    ...users.flatMap((user) => strayFaults(user, snapshot)),
  ];
}

/** Addresses that an account keeps from others: its own, and those that it may go back to. */
export function keptAddresses(account: ComparedAccount, now: number): (string | undefined)[] {
  const { email, pendingEmail, formerEmail, recordEmail, status } = account;
  const undos = liveUndos(account, now).map((undo) => undo.email);
  // An account that registers anew gives its former address free once it is done.
  const former = status === 'ACTIVE' ? undefined : formerEmail;
  return [email, pendingEmail, recordEmail, former, ...undos];
}

function nameFaults(
  { kind, name, accountId, claimedUntil = Infinity }: Name,
  account: ComparedAccount | undefined,
  now: number,
): Fault[] {
  // A username is given once, also where its account is erased.
  if (kind === 'USERNAME') return [];
  if (kind === 'LEGACY')
    return account === undefined
      ? [fault('NAME_OF_NOBODY', name, 'its account does not exist', legacy(name, accountId))]
      : [];
  const address = { email: name, accountId };
  const release: Repair = { act: 'RELEASE', ...address };
  const lapsed: Repair = { act: 'RELEASE_LAPSED', ...address };
  if (account === undefined)
    return [fault('NAME_OF_NOBODY', name, 'its account does not exist', release)];
  if (claimedUntil + GRACE_MS < now)
    return [fault('CLAIM_LAPSED', name, `${account.username} did not finish with it`, lapsed)];
  return keptAddresses(account, now).includes(name)
    ? []
    : [fault('NAME_NOT_NEEDED', name, `${account.username} does not use it any more`, release)];
}

const legacy = (name: string, accountId: string): Repair => ({
  act: 'RELEASE_LEGACY',
  name,
  accountId,
});

function ownNameFaults(account: ComparedAccount, owners: ReadonlyMap<string, string>): Fault[] {
  const { accountId, username, email } = account;
  const addressOwner = email === undefined ? accountId : owners.get(`EMAIL#${email}`);
  const claim: Repair = {
    act: 'CLAIM',
    email: email ?? '',
    accountId,
  };
  return [
    ...(owners.get(`USERNAME#${username}`) === accountId
      ? []
      : [fault('USERNAME_NOT_CLAIMED', account, 'its username names another account, or none')]),
    ...(addressOwner === accountId
      ? []
      : addressOwner === undefined
        ? [fault('ADDRESS_NOT_CLAIMED', account, 'its address names no account', claim)]
        : [fault('ADDRESS_OF_TWO', account, 'its address names another account: reset one')]),
  ];
}

function userFaults(
  account: ComparedAccount,
  inPool: ReadonlyMap<string, PoolUser>,
  now: number,
): Fault[] {
  const { accountId, cognitoUsername, email, status } = account;
  if (cognitoUsername === undefined)
    return status === 'ACTIVE' || status === 'ENROLLING'
      ? [fault('USER_MISSING', account, 'it has no user in Cognito: ops users reset')]
      : [];
  const user = inPool.get(cognitoUsername);
  // Registering anew makes a user.
  if (user === undefined && status === 'RESET') return [];
  if (user === undefined)
    return [fault('USER_MISSING', account, 'its user is not in Cognito: ops users reset')];
  if (user.email === email || email === undefined || isUnderWay(account, now)) return [];
  const move: Repair = { act: 'MOVE_USER', username: cognitoUsername, accountId };
  return [fault('USER_ELSEWHERE', account, 'its user in Cognito has another address', move)];
}

/** A password is being set, or a changed address follows within seconds. */
export function isUnderWay({ passwordLease, poolEmailDue }: ComparedAccount, now: number): boolean {
  const isDue = poolEmailDue !== undefined && poolEmailDue + DUE_MS > now;
  return isDue || (passwordLease !== undefined && passwordLease.until > now);
}

function stateFaults(account: ComparedAccount, now: number): Fault[] {
  const { accountId, status, method, phone, email, epoch, signOutDue, grants = [] } = account;
  const live = grants.filter((grant) => grant.epoch === epoch && grant.expiresAt > now);
  const signOut: Repair = { act: 'SIGN_OUT', accountId };
  const lacksFactor = method === 'PHONE' ? phone === undefined : email === undefined;
  return [
    ...(status === 'ACTIVE' && lacksFactor
      ? [fault('FACTOR_MISSING', account, 'it is ACTIVE without its factor: ops users reset')]
      : []),
    ...(signOutDue !== undefined && signOutDue + DUE_MS < now
      ? [fault('SIGN_OUT_DUE', account, 'Cognito has not signed it out', signOut)]
      : []),
    ...unrecorded(account, now),
    ...(grants.some(({ expiresAt }) => expiresAt > now + GRANT_MS)
      ? [fault('GRANT_TOO_LONG', account, 'a grant is valid for longer than a minute: report it')]
      : []),
    ...(status !== 'ACTIVE' && live.length > 0
      ? [fault('GRANT_OF_ENDED', account, `it is ${status} and may be given tokens: report it`)]
      : []),
  ];
}

/**
 * A lease that nobody has given back: Cognito may have a password that no event records. An account
 * that registers is left out: it signs in only once its registration is done, which is notified.
 */
function unrecorded(account: ComparedAccount, now: number): Fault[] {
  const { accountId, status, passwordLease } = account;
  if (status !== 'ACTIVE' || passwordLease === undefined) return [];
  if (passwordLease.until + REPEATED_MS >= now) return [];
  const text = 'Cognito may have a new password of which nobody was notified';
  const record: Repair = { act: 'RECORD_PASSWORD', accountId, leaseId: passwordLease.id };
  return [fault('PASSWORD_UNRECORDED', account, text, record)];
}

/** Users of Cognito that no account refers to. */
function strayFaults(
  { username, email, accountId }: PoolUser,
  { accounts, names, now }: Snapshot,
): Fault[] {
  if (accountId === undefined)
    return [fault('USER_NOT_OURS', username, 'our functions did not make it: delete it by hand')];
  const account = accounts.get(accountId);
  if (account?.cognitoUsername === username) return [];
  const isBeingMade = names.some(
    (one) =>
      one.kind === 'EMAIL' &&
      one.name === email &&
      one.accountId === accountId &&
      (one.claimedUntil ?? 0) + GRACE_MS >= now,
  );
  if (isBeingMade) return [];
  const text = 'no account refers to it';
  return [
    fault('USER_UNKNOWN', username, text, {
      act: 'DELETE_USER',
      username,
      accountId,
    }),
  ];
}

/** `subject`: what a person looks up. An account stands for its username. */
export function fault(
  name: string,
  subject: ComparedAccount | string,
  text: string,
  repair?: Repair,
): Fault {
  const ofAccount = typeof subject === 'string' ? undefined : subject;
  const named = repair !== undefined && 'accountId' in repair ? repair.accountId : undefined;
  return {
    fault: name,
    text,
    subject: typeof subject === 'string' ? subject : subject.username,
    ...definite({ accountId: ofAccount?.accountId ?? named, repair }),
  };
}

/** One line. */
export function lineOf({ fault: name, subject, text, repair }: Fault): string {
  return `${name}  ${subject}: ${text}${repair === undefined ? '' : ' (ops repair mends it)'}`;
}
