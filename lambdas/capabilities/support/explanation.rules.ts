/** Why a person cannot get in, in words, and what to do next: from what is stored about them. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/masks.ts';
import type { SignInMethod } from '../../../contract/accounts.ts';
import type { HelpfulAct, NextStep, OpenFlow, SendEvent } from '../../../contract/help-desk.ts';
import type { Language } from '../../../contract/languages.ts';
import type { RecordedEvent } from '../../ground/audit/audit.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import {
  type Account,
  addressOnRecord,
  hasBounced,
  importedPasswordCounts,
} from '../accounts/account.rules.ts';
import { linkDestination } from '../token-flows/links.rules.ts';
import type { TokenFlow } from '../token-flows/token-flow.rules.ts';
import {
  endOfLocks,
  type LockInWords,
  locksInTheWay,
  locksOf,
  type ToLock,
} from './locks.rules.ts';

/** Times are ISO 8601 UTC. */
export interface Explanation {
  status: Account['status'];
  /** What the status means. */
  meaning: string;
  factors: {
    method?: LoginMethod;
    maskedEmail?: string;
    maskedPhone?: string;
    /** Of messages and calls; absent where none was chosen. */
    language?: Language;
    /** How many passkeys, and unused recovery codes; absent where there are none. */
    passkeys?: number;
    recoveryCodes?: number;
  };
  locks: LockInWords[];
  flows: { flow: OpenFlow; what: string; step?: string; openedAt?: string; until?: string }[];
  /** The newest first. */
  sends: {
    at: string;
    event: SendEvent;
    what: string;
    cause?: string;
    factor?: string;
    failure?: string;
  }[];
  signIns: { at: string; loginMethod?: SignInMethod }[];
  nextSteps: string[];
  /** The same as codes, in the same order. */
  steps: NextStep[];
  /** With WAIT_OR_UNLOCK: when the lock ends without an unlock. */
  waitUntil?: string;
  /** The acts of staff that the next steps speak of. */
  acts: HelpfulAct[];
}

export interface ToExplain extends ToLock {
  /** The newest first. */
  events: readonly RecordedEvent[];
  /** The registration that is open. */
  flow: (Pick<TokenFlow, 'openedAt' | 'expiresAt'> & { step?: string }) | undefined;
  /** Days. */
  importedPasswordsEndAfter?: number;
}

/** How many sends and sign-ins are listed. */
const LISTED = 5;

const iso = (ms: number) => new Date(ms).toISOString();

export function explanationOf(known: ToExplain): Explanation {
  const { account, events } = known;
  const steps = stepsOf(known);
  const waitUntil = steps.includes('WAIT_OR_UNLOCK') ? endOfLocks(known) : undefined;
  return definite({
    status: account.status,
    meaning: MEANINGS[account.status],
    factors: factorsOf(account),
    locks: locksOf(known),
    flows: flowsOf(known),
    sends: sendsAmong(events),
    signIns: events
      .filter(({ event }) => event === 'SIGNED_IN')
      .slice(0, LISTED)
      .map(({ at, loginMethod }) => definite({ at, loginMethod })),
    nextSteps: steps.map((step) => inWords(step, waitUntil)),
    steps,
    waitUntil,
    acts: actsOf(known),
  });
}

const MEANINGS: Record<Account['status'], string> = {
  INVITED: 'Registered with a registration code; the mailed link has not been used to the end.',
  IMPORTED: 'Imported from the former portal; has not registered here yet.',
  ENROLLING: 'Has set a password, and has not confirmed a phone yet.',
  RESET: 'The registration was reset and must be done again.',
  ACTIVE: 'Registered; can sign in.',
  DISABLED: 'Disabled; nothing of the account works.',
};

function factorsOf(account: Account): Explanation['factors'] {
  const { method, phone, language, passkeyCount = 0, recoveryCodes = [] } = account;
  const email = account.status === 'ACTIVE' ? account.email : addressOnRecord(account);
  return definite({
    method,
    maskedEmail: email === undefined ? undefined : maskEmail(email),
    maskedPhone: phone === undefined ? undefined : maskPhone(phone),
    language,
    passkeys: passkeyCount > 0 ? passkeyCount : undefined,
    recoveryCodes: recoveryCodes.length > 0 ? recoveryCodes.length : undefined,
  });
}

function flowsOf({ account, flow, now }: ToExplain): Explanation['flows'] {
  const flows: Explanation['flows'] = [];
  if (flow !== undefined && flow.expiresAt > now)
    flows.push(
      definite({
        flow: 'REGISTRATION' as const,
        what: 'A registration is open.',
        step: flow.step,
        openedAt: iso(flow.openedAt),
        until: iso(flow.expiresAt),
      }),
    );
  if (account.registrationLink !== undefined)
    flows.push({ flow: 'LINK', what: 'A link was mailed and not used; a new one ends it.' });
  return flows;
}

const SENDS: Record<SendEvent, string> = {
  CODE_SENT: 'A code was sent.',
  LINK_SENT: 'A link was mailed.',
  CALL_PLACED: 'A call was placed.',
  CALL_DENIED: 'The callee pressed 9: "I did not ask for this".',
  CALL_CONFIRMED: 'A call was confirmed.',
  EMAIL_BOUNCED: 'Mail came back, or was reported as spam.',
};

function isSend(event: string): event is SendEvent {
  return event in SENDS;
}

function sendsAmong(events: readonly RecordedEvent[]): Explanation['sends'] {
  return withoutFailedTries(events)
    .flatMap(({ event, at, outcome, factor, cause: failure }) =>
      isSend(event)
        ? [definite({ at, event, what: SENDS[event], cause: outcome, factor, failure })]
        : [],
    )
    .slice(0, LISTED);
}

/**
 * A send is recorded before it is tried: where it failed, the event of the failure, which has the
 * same time, stands for both.
 */
function withoutFailedTries(events: readonly RecordedEvent[]): RecordedEvent[] {
  const sendOf = ({ event, flowId, at }: RecordedEvent) => [event, flowId, at].join(' ');
  const hasFailed = ({ outcome }: RecordedEvent) => outcome === 'DELIVERY_FAILED';
  const failed = new Set(events.filter(hasFailed).map(sendOf));
  return events.filter((event) => hasFailed(event) || !failed.has(sendOf(event)));
}

/** What to do next, the most likely remedy first. */
function stepsOf(known: ToExplain): NextStep[] {
  const { account } = known;
  switch (account.status) {
    case 'INVITED':
    case 'RESET':
      return [mailingStep(known)];
    case 'IMPORTED':
      return account.importedPassword !== undefined &&
        importedPasswordCounts(account, known, known.now)
        ? portalLoginSteps('FORMER_PORTAL_LOGIN', known)
        : [mailingStep(known)];
    case 'ENROLLING':
      return portalLoginSteps('CONTINUE_AT_PORTAL_LOGIN', known);
    case 'DISABLED':
      return ['FIND_OUT_WHY_DISABLED'];
    case 'ACTIVE':
      return activeSteps(known);
  }
}

/**
 * Consecutive wrong passwords lock the portal login, and then only a link helps. A lock for an hour
 * applies to one source, which may be a stranger's.
 */
function portalLoginSteps(login: NextStep, known: ToExplain): NextStep[] {
  const locks = locksInTheWay(known);
  if (locks.some(({ until }) => until === undefined)) return [mailingStep(known)];
  const waiting: NextStep[] = locks.length > 0 ? ['WAIT_OR_UNLOCK'] : [];
  return [...waiting, login, mailingStep(known)];
}

/** A link helps where there is an address for it, and mail to it arrives. */
function mailingStep({ account, now }: ToExplain): NextStep {
  const address = linkDestination(account, 'STAFF');
  if (address === undefined) return 'ASK_FOR_EMAIL';
  return hasBounced(account, address, now) ? 'CORRECT_BOUNCED_EMAIL' : 'MAIL_LINK';
}

function actsOf(known: ToExplain): HelpfulAct[] {
  const { account } = known;
  if (account.status === 'DISABLED') return ['ENABLE'];
  const unlocks: HelpfulAct[] = locksOf(known).length > 0 ? ['UNLOCK'] : [];
  if (account.status === 'ACTIVE') return [...unlocks, 'RESET'];
  const mails: HelpfulAct[] =
    linkDestination(account, 'STAFF') === undefined ? ['EMAIL'] : ['LINK', 'EMAIL'];
  return [...unlocks, ...mails];
}

function activeSteps(known: ToExplain): NextStep[] {
  const [lock] = locksInTheWay(known);
  if (lock !== undefined)
    return [lock.until === undefined ? 'RESET_PASSWORD_OR_UNLOCK' : 'WAIT_OR_UNLOCK'];
  return ['USE_EMAIL_ADDRESS', 'RESET_PASSWORD', 'REPLACE_LOST_PHONE'];
}

function inWords(step: NextStep, waitUntil: string | undefined): string {
  return step === 'WAIT_OR_UNLOCK'
    ? `Have the person wait until ${waitUntil}, or unlock the account.`
    : STEPS[step];
}

const STEPS: Record<Exclude<NextStep, 'WAIT_OR_UNLOCK'>, string> = {
  MAIL_LINK:
    'Mail the link again, and have the person look into the mailbox of the address on record.',
  CORRECT_BOUNCED_EMAIL:
    'E-mail to the address on record was returned as undeliverable. Check who is calling, and ' +
    'correct the address.',
  ASK_FOR_EMAIL:
    'Ask for an e-mail address, check who is calling, and set it as the address on record.',
  FORMER_PORTAL_LOGIN:
    'Have the person log in with the username and password of the former portal.',
  CONTINUE_AT_PORTAL_LOGIN: 'Have the person log in at the portal login; the registration goes on.',
  FIND_OUT_WHY_DISABLED:
    'Find out why it was disabled (the events say by whom), and enable it if it may be.',
  RESET_PASSWORD_OR_UNLOCK: 'Have the person reset the password, or unlock the account.',
  USE_EMAIL_ADDRESS:
    'Nothing stops a sign-in. Have the person use the e-mail address, not the username.',
  RESET_PASSWORD: 'If the password is forgotten, the person resets it at the sign-in page.',
  REPLACE_LOST_PHONE:
    'If the phone is lost, reset the registration: the person registers another one.',
};
