/** What a sign-in changes of an account, by name, beside the other transitions of an account. */
import type { SignInMethod } from '../../../contract/accounts.ts';
import {
  type Change,
  clausesOf,
  either,
  mergeChanges,
  type Transition,
} from '../../ground/platform/attributes.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { WrongAnswers } from '../../ground/limits/lockout.rules.ts';
import type { Account, Grant } from './account.rules.ts';
import { type AccountTransition, WHILE_ACTIVE } from './account.transitions.ts';

const { is, after, same, absent, below, exists, notAfter } = clausesOf<Account>();

/** An administrator who has a passkey is passed over, where a stage requires it of them. */
export const UNLESS_ADMIN_WITH_PASSKEY = [
  either(is('role', 'STANDARD'), absent('passkeyCount'), below('passkeyCount', 1)),
];

/** One answer counted as wrong before it is compared (`ground/limits/lockout.transitions.ts`). */
export function countAnswer({ change, when }: Transition<WrongAnswers>): AccountTransition {
  return { change: change, when: [...when, ...WHILE_ACTIVE] };
}

const KEEP_ANSWERS: Transition<Account> = { change: {}, when: [] };

const RESET_STREAK: Transition<Account> = { change: { set: { failuresInARow: 0 } }, when: [] };

/** A right code takes back its count, if staff have not, and ends the series of wrong answers. */
const FORGIVE_ANSWER: Transition<Account> = {
  change: { set: { failuresInARow: 0 }, add: { 'wrongAnswers.count': -1 } },
  when: [exists('wrongAnswers')],
};

const AFTER_A_PROOF = {
  KEPT: KEEP_ANSWERS,
  STREAK_RESET: RESET_STREAK,
  FORGIVEN: FORGIVE_ANSWER,
};

/** The recovery code at `index` is used. */
function spendRecoveryCode({ index, mac }: UsedRecoveryCode): Transition<Account> {
  const path = `recoveryCodes[${index}]` as const;
  return {
    change: { remove: [path] },
    when: [is(path, mac)],
  };
}

interface UsedRecoveryCode {
  index: number;
  mac: string;
}

interface PassedFactor {
  at: number;
  /** When the oldest factor of the sessions was passed that may be alive; absent without any. */
  sessionsSince?: number;
  /** How long a session lives after its factor. */
  sessionMs: number;
}

/**
 * The factor begins a session: the first of those that may be alive, and then another one must not
 * have begun meanwhile; or one more of them, which leaves the time of the oldest as it is.
 */
function passFactor({ at, sessionsSince, sessionMs }: PassedFactor): Transition<Account> {
  const oldest = { from: 'sessionsSince', otherwise: sessionsSince } as const;
  return sessionsSince === undefined
    ? {
        change: { set: { lastFactorAt: at, sessionsSince: at } },
        when: [either(absent('lastFactorAt'), notAfter('lastFactorAt', at - sessionMs))],
      }
    : {
        change: { set: { lastFactorAt: at }, copy: { sessionsSince: oldest } },
        when: [],
      };
}

export interface Proven {
  loginMethod: SignInMethod;
  /** Absent where no factor was passed, as with a remembered device. */
  factor?: PassedFactor;
  /** Present where tokens follow at once. */
  grant?: Grant;
  /** Present where a recovery code is the proof. */
  recoveryCode?: UsedRecoveryCode;
  /** What becomes of the count of wrong answers. @default 'KEPT' */
  wrongAnswers?: 'KEPT' | 'FORGIVEN' | 'STREAK_RESET';
}

/** A sign-in is proven. */
export function recordProof(proof: Proven): AccountTransition {
  const { loginMethod, factor, grant, wrongAnswers = 'KEPT', recoveryCode } = proof;
  const proven: Change<Account> = {
    set: { lastLoginMethod: loginMethod },
    append: definite({ grants: grant }),
  };
  const steps: Transition<Account>[] = [
    { change: proven, when: WHILE_ACTIVE },
    AFTER_A_PROOF[wrongAnswers],
    ...(factor === undefined ? [] : [passFactor(factor)]),
    ...(recoveryCode === undefined ? [] : [spendRecoveryCode(recoveryCode)]),
  ];
  return {
    change: steps.map(({ change }) => change).reduce((a, b) => mergeChanges(a, b)),
    when: steps.flatMap(({ when }) => when),
  };
}

/** The terms are accepted, after a proof: tokens follow. */
export function recordAcceptance(version: string, now: number, grant: Grant): AccountTransition {
  return {
    change: {
      set: { acceptedTermsVersion: version, acceptedTermsAt: now },
      append: { grants: grant },
    },
    when: WHILE_ACTIVE,
  };
}

/** Takes the grant at `index`, and what expired before it; keeps it for a repeat of the call. */
export function takeGrant(index: number, clientId: string, now: number): AccountTransition {
  const at = (position: number) => `grants[${position}]` as const;
  return {
    change: {
      set: { lastSignInAt: now },
      copy: {
        lastGrant: { from: at(index) },
        previousSignInAt: { from: 'lastSignInAt', otherwise: 0 },
        previousLoginMethod: { from: 'lastGrant.loginMethod', otherwise: 'UNKNOWN' },
      },
      // The last one first: whether or not a removal moves the others, these are the ones that go.
      remove: Array.from({ length: index + 1 }, (_, position) => at(index - position)),
    },
    when: [
      after(`${at(index)}.expiresAt`, now),
      is(`${at(index)}.clientId`, clientId),
      same(`${at(index)}.epoch`, 'epoch'),
      ...WHILE_ACTIVE,
    ],
  };
}
