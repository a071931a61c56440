/** What the signed-in owner changes of an account, by name. */
import type { Language } from '../../../contract/languages.ts';
import {
  type Change,
  clausesOf,
  either,
  mergeChanges,
} from '../../ground/platform/attributes.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Account, addressOnRecord, type EmailUndo, liveUndos } from './account.rules.ts';
import {
  type AccountTransition,
  completePasswordReset,
  endSessions,
  setsNoPassword,
  WHILE_ACTIVE,
} from './account.transitions.ts';

const { absent, below, unchanged } = clausesOf<Account>();

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
/** The most changes that may be undone at a time. The oldest stay: they lead back furthest. */
const MOST_UNDOS = 5;

/**
 * The verified address is another one. The former one is notified, may undo it, also after further
 * changes, and stays the address on record, where the links of staff go: only staff move that.
 */
export function changeEmail(account: Account, email: string, now: number): AccountTransition {
  const { email: former = '', method, phone } = account;
  const undos = liveUndos(account, now);
  const until = now + UNDO_MS;
  const undo = definite({ email: former, changedAt: now, until, method, phone });
  return {
    change: {
      set: {
        email,
        recordEmail: addressOnRecord(account),
        formerEmail: former,
        emailUndos: [...undos, undo].slice(0, MOST_UNDOS),
        poolEmailDue: now,
      },
      remove: ['emailUndo'],
    },
    when: [...WHILE_ACTIVE, unchanged('email', former), setsNoPassword(now)],
  };
}

/**
 * The account has the address and the factor again that it had before the change, and whatever was
 * begun since is over: later changes, sessions, the recovery codes, which have no time of their
 * own, and the passkeys made since.
 * @param passkeys how many of them; none may come or go meanwhile
 */
export function undoEmailChange(
  account: Account,
  undo: EmailUndo,
  passkeys: number,
  now: number,
): AccountTransition {
  const { method = account.method, changedAt } = undo;
  const phone = undo.method === undefined ? account.phone : undo.phone;
  const back: Change<Account> = {
    set: {
      email: undo.email,
      emailUndos: liveUndos(account, now).filter((one) => one.changedAt < changedAt),
      poolEmailDue: now,
      method,
      phone,
    },
    add: { passkeyCount: -passkeys },
    remove: [
      ...(['emailUndo', 'recoveryCodes'] as const),
      ...(phone === undefined ? (['phone'] as const) : []),
    ],
  };
  const asSeen = [
    unchanged('email', account.email),
    unchanged('passkeyCount', account.passkeyCount),
  ];
  return {
    change: mergeChanges(endSessions(account, now), back),
    when: [...WHILE_ACTIVE, ...asSeen],
  };
}

/** A number that was just verified becomes the phone, and PHONE the login method. */
export function changePhone(account: Account, phone: string, now: number): AccountTransition {
  return {
    change: {
      set: {
        phone,
        method: 'PHONE',
        formerPhone: account.phone,
      },
    },
    when: [...WHILE_ACTIVE, setsNoPassword(now)],
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

/**
 * A new password that its owner set by the current one.
 * @param changedBy names the request, if a repeat may follow it
 */
export function changePassword(
  account: Account,
  leaseId: string,
  { now, changedBy }: { now: number; changedBy: string | undefined },
): AccountTransition {
  const { change, when } = completePasswordReset(account, leaseId, now);
  return {
    change: mergeChanges(change, { set: definite({ passwordChangedBy: changedBy }) }),
    when,
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
