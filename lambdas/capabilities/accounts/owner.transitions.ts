/** What the signed-in owner changes of an account, by name. */
import type { Language } from '../../../contract/languages.ts';
import {
  type Change,
  clausesOf,
  either,
  mergeChanges,
} from '../../ground/platform/attributes.rules.ts';
import { type Account, addressOnRecord } from './account.rules.ts';
import { type AccountTransition, endSessions, WHILE_ACTIVE } from './account.transitions.ts';

const { is, absent, below } = clausesOf<Account>();

/** Messages and calls come in the language from now on. */
export function chooseLanguage(language: Language): AccountTransition {
  return {
    change: { set: { language } },
    when: [...WHILE_ACTIVE],
  };
}

/** A change of the address or the number is asked for: an older one ends. */
export function openChange(
  kind: 'EMAIL_CHANGE' | 'PHONE_CHANGE',
  tokenHash: string,
): AccountTransition {
  const set = kind === 'EMAIL_CHANGE' ? { emailChange: tokenHash } : { phoneChange: tokenHash };
  return { change: { set }, when: [...WHILE_ACTIVE] };
}

/** How long the former address may undo a change. */
const UNDO_MS = 72 * 3_600_000;

/**
 * The verified address changes. The former one is notified, may undo the change, and stays the
 * address on record, where the links of staff go: only staff change that.
 */
export function changeEmail(account: Account, email: string, now: number): AccountTransition {
  const { email: former } = account;
  const undo = former === undefined ? undefined : { email: former, changedAt: now };
  return {
    change: {
      set: {
        email,
        recordEmail: addressOnRecord(account),
        formerEmail: former,
        emailUndo: undo && { ...undo, until: now + UNDO_MS },
        poolEmailDue: now,
      },
      remove: ['emailChange'],
    },
    when: [...WHILE_ACTIVE],
  };
}

/**
 * The former address is the account's again, and whatever was begun since is over: sessions, the
 * recovery codes, which have no time of their own, and the passkeys made since.
 * @param passkeys how many of them; none may come or go meanwhile
 */
export function undoEmailChange(
  account: Account,
  passkeys: number,
  now: number,
): AccountTransition {
  const { emailUndo, passkeyCount } = account;
  const back: Change<Account> = {
    set: { email: emailUndo?.email, poolEmailDue: now },
    add: { passkeyCount: -passkeys },
    remove: ['emailUndo', 'recoveryCodes'],
  };
  const asCounted =
    passkeyCount === undefined ? absent('passkeyCount') : is('passkeyCount', passkeyCount);
  return {
    change: mergeChanges(endSessions(account, now), back),
    when: [...WHILE_ACTIVE, is('emailUndo.changedAt', emailUndo?.changedAt ?? 0), asCounted],
  };
}

/** A number that was just verified becomes the phone, and PHONE the login method. */
export function changePhone(account: Account, phone: string): AccountTransition {
  return {
    change: {
      set: {
        phone,
        method: 'PHONE',
        formerPhone: account.phone,
      },
      remove: ['phoneChange'],
    },
    when: [...WHILE_ACTIVE],
  };
}

export function removePhone(account: Account): AccountTransition {
  return {
    change: {
      set: { method: 'EMAIL', formerPhone: account.phone },
      remove: ['phone'],
    },
    when: [...WHILE_ACTIVE],
  };
}

/** One more passkey, as long as there is room for it. */
export function addPasskey(most: number): AccountTransition {
  const hasRoom = either(absent('passkeyCount'), below('passkeyCount', most));
  return {
    change: { add: { passkeyCount: 1 } },
    when: [...WHILE_ACTIVE, hasRoom],
  };
}

export function removePasskey(): AccountTransition {
  return {
    change: { add: { passkeyCount: -1 } },
    when: [...WHILE_ACTIVE],
  };
}

/** A new set ends the old one. */
export function issueRecoveryCodes(recoveryCodes: string[]): AccountTransition {
  return {
    change: { set: { recoveryCodes } },
    when: [...WHILE_ACTIVE],
  };
}
