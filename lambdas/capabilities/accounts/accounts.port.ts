/** What use cases need of the accounts and their names; each picks what it uses. */
import type { Clause, Transition } from '../../ground/platform/attributes.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { Account, Seen } from './account.rules.ts';

export interface AccountsPort {
  get: (accountId: string) => Promise<Account | undefined>;
  byUsername: (username: string) => Promise<Account | undefined>;
  /** By the username or, where nobody has it, by the username of a former portal. */
  byLogin: (name: string) => Promise<Account | undefined>;
  byEmail: (email: string) => Promise<Account | undefined>;
  /**
   * The account that has the address, verified or claimed. A claim that has lapsed has no owner.
   */
  ownerOf: (email: string, now: number) => Promise<string | undefined>;
  /** A provider's users after a username, ordered by it. */
  ofProvider: (page: ProviderPage) => Promise<{ accounts: Account[]; last?: string }>;
  create: (account: Account) => Write;
  /**
   * The write of a transition; it holds only while the account has the epoch that the caller saw.
   */
  apply: (account: Seen, transition: Transition<Account>, ...when: Clause[]) => Write;
  /** The write that takes the account away; it holds only under the epoch and without a hold. */
  erase: (account: Seen) => Write;
  /**
   * Holds only while the account has the epoch that the caller saw, and `when`; changes nothing.
   */
  holds: (account: Seen, when: readonly Clause[]) => Write;
}

/** Finding people by what they say of themselves; each list has at most 100 accounts. */
export interface PeoplePort {
  byEmail: (email: string) => Promise<Account[]>;
  /** E.164: the verified number, or that of the registration form. */
  byPhone: (phone: string) => Promise<Account[]>;
  /** By the last name, and the beginning of the first; an empty one matches all. */
  byName: (lastName: string, firstName: string) => Promise<Account[]>;
}

export interface ProviderPage {
  npi: string;
  /** A prefix of username, first or last name, in lower case. */
  search: string;
  after: string | undefined;
  size: number;
}

/** A claim of an address. */
export interface Claim {
  /** Claims that lapsed before are free. */
  now?: number;
  /** The claim lapses then, unless it is confirmed. */
  until?: number;
}

export interface NamesPort {
  /** Holds if the address is free, or this account's. */
  claim: (email: string, accountId: string, claim?: Claim) => Write;
  /** A claim that lapses becomes one that does not; holds while it is this account's. */
  confirm: (email: string, accountId: string) => Write;
  /** A username is given once, for good. */
  claimUsername: (username: string, accountId: string) => Write;
  /** Holds only while nobody logs in by this name of a former portal. */
  noLegacy: (username: string) => Write;
  /** Holds only while nobody has, or had, this name as their username. */
  noUsername: (legacyUsername: string) => Write;
  /** A former portal's username, of one account. */
  claimLegacy: (legacyUsername: string, accountId: string) => Write;
  releaseLegacy: (legacyUsername: string, accountId: string) => Write;
  /** Gives the former address of an account free. */
  release: (email: string, accountId: string) => Write;
  /** Gives an address free whose claim has lapsed; one that is confirmed stays. */
  releaseLapsed: (email: string, accountId: string, now: number) => Write;
}
