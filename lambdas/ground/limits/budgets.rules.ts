/**
 * Budgets: who is counted, for what, in which window, and by which setting. This table is the whole
 * list; a lane's budget is spent by nobody but that lane.
 *
 * Lanes keep apart what a proven password may send, what anybody may ask for, and what
 * administrators, the help desk and operators do. Before a password the source is part of the
 * subject, so that a stranger's source does not spend the owner's; what all sources together may do
 * to one destination ends with the hour.
 */
import type { FunctionSettings, LimitSettings } from '../platform/environment-names.ts';
import { sha256 } from '../platform/secrets.rules.ts';
import { DAY_MS, HOUR_MS, type Limit, MINUTE_MS } from './limits.rules.ts';

const QUARTER_MS = 15 * MINUTE_MS;

/** What a row counts by. `subject` is a username, an NPI or an address that a request names. */
type Counted =
  | 'source'
  | 'subject'
  | 'destination'
  | 'account'
  | 'flow'
  | 'subject+source'
  | 'destination+source'
  | 'stage';

/** The contract says how often, whatever the stage (`contract/routes.ts`). */
const ONCE = 1;

interface Row {
  counts: Counted;
  windowMs: number;
  max: keyof LimitSettings | typeof ONCE;
  /** The part of the maximum that counts, or how many times it. */
  times: number;
}

const row = (counts: Counted, windowMs: number, max: Row['max'], times = 1): Row => ({
  counts,
  windowMs,
  max,
  times,
});

/**
 * What one source may have sent to one destination before a password, and what all of them may. A
 * source's share of an hour is half of it: one stranger leaves the other half to the owner.
 */
const toDestination = (perQuarterHour: keyof LimitSettings): Row[] => [
  row('destination+source', QUARTER_MS, perQuarterHour),
  row('destination+source', HOUR_MS, 'unprovenSendsPerDay', 1 / 2),
  row('destination+source', DAY_MS, 'unprovenSendsPerDay'),
  row('destination', HOUR_MS, 'unprovenSendsPerDay'),
];

/** What one source may have sent before a password, whatever the destinations. */
const TEXTS_OF_SOURCE = row('source', HOUR_MS, 'unprovenSendsPerSourceHour');
/** E-mails cost next to nothing, and a whole campus registers behind one address. */
const EMAILS_OF_SOURCE = row('source', HOUR_MS, 'unprovenSendsPerSourceHour', 10);

const UNPROVEN_PHONE = [...toDestination('phoneSendsPerQuarterHour'), TEXTS_OF_SOURCE];
const UNPROVEN_EMAIL = [...toDestination('emailSendsPerQuarterHour'), EMAILS_OF_SOURCE];

/** Wrong credentials for one subject from one source, and of one source whatever the subject. */
const WRONG_CREDENTIALS = [
  row('subject+source', HOUR_MS, 'wrongCredentialsPerSubjectHour'),
  row('source', HOUR_MS, 'wrongCredentialsPerSourceHour'),
];

export const BUDGETS = {
  /** Codes and calls after a proven password: triggers are given no source. */
  SIGN_IN_PHONE: [
    row('destination', QUARTER_MS, 'phoneSendsPerQuarterHour'),
    row('destination', DAY_MS, 'sendsPerDay'),
    row('account', DAY_MS, 'sendsPerAccountDay'),
  ],
  SIGN_IN_EMAIL: [
    row('destination', QUARTER_MS, 'emailSendsPerQuarterHour'),
    row('destination', DAY_MS, 'sendsPerDay'),
    row('account', DAY_MS, 'sendsPerAccountDay'),
  ],
  /** Codes and calls of a registration that is under way. */
  ENROLMENT_PHONE: [...UNPROVEN_PHONE, row('account', DAY_MS, 'enrolmentSendsPerAccountDay')],
  ENROLMENT_EMAIL: [...UNPROVEN_EMAIL, row('account', DAY_MS, 'enrolmentSendsPerAccountDay')],
  /** Codes and calls of a password reset. */
  RESET_PHONE: [...UNPROVEN_PHONE, row('account', DAY_MS, 'sendsPerAccountDay')],
  /** Counted for every address, whether or not it is an account's. */
  RESET_EMAIL: toDestination('emailSendsPerQuarterHour'),
  /** Counted where the mail leaves, so that addresses of nobody spend nothing of a clinic's. */
  RESET_EMAIL_SENT: [EMAILS_OF_SOURCE],
  /** Registration links that somebody asks for. */
  LINK: UNPROVEN_EMAIL,
  /** Links that a sign-up, an administrator, the help desk or an operator causes. */
  SIGN_UP_LINK: [
    row('destination', QUARTER_MS, 'emailSendsPerQuarterHour'),
    row('account', HOUR_MS, 'unprovenSendsPerDay'),
  ],
  ADMIN_LINK: [row('destination', QUARTER_MS, 'emailSendsPerQuarterHour')],
  HELP_DESK_LINK: [row('destination', QUARTER_MS, 'emailSendsPerQuarterHour')],
  OPERATOR_LINK: [row('destination', QUARTER_MS, 'emailSendsPerQuarterHour')],
  /**
   * Presses of the button that mails such a link; the subject is the account, its epoch and the
   * address, because after a reset and after a correction the former link is of no use.
   */
  STAFF_LINK_REQUEST: [
    row('subject', MINUTE_MS, ONCE),
    row('account', HOUR_MS, 'staffLinksPerAccountHour'),
  ],
  /** Wrong portal passwords; a hundred in a row are counted on the account. */
  PORTAL_PASSWORD: WRONG_CREDENTIALS,
  /** Wrong passwords that ask for a link by e-mail address. */
  LINK_PASSWORD: WRONG_CREDENTIALS,
  /** Wrong registration codes; the subject is the NPI. */
  REGISTRATION_CODE: WRONG_CREDENTIALS,
  /** Usernames that a provider registration finds taken. */
  USERNAME_TAKEN: [row('flow', HOUR_MS, 'takenUsernamesPerFlowHour')],
  /** Corrections of a contact address. */
  CONTACT_EMAIL: [row('account', QUARTER_MS, 'contactCorrectionsPerQuarterHour')],
  /** Refused devices that are recorded; the device itself is never stopped by a count. */
  DEVICE_REFUSED: [row('account', HOUR_MS, 'recordedRefusalsPerHour')],
  /** Refused passkeys that are recorded; the passkey itself is never stopped by a count. */
  PASSKEY_REFUSED: [row('account', HOUR_MS, 'recordedRefusalsPerHour')],
  /** Challenges for passkeys that are offered before an address is typed. */
  PASSKEY_CHALLENGE: [row('source', QUARTER_MS, 'requestsPerSourceQuarterHour')],
  /**
   * Wrong codes of a reset, by its address, counted alike whether or not it is an account's. One
   * source has half of them: one stranger leaves the other half to the owner.
   */
  RESET_ANSWER: [
    row('subject+source', HOUR_MS, 'wrongAnswersPerHour'),
    row('subject', HOUR_MS, 'wrongAnswersPerHour', 2),
  ],
  /** Wrong codes of a registration that a link opened: the link proves the mailbox. */
  REGISTRATION_ANSWER_BY_LINK: [row('account', HOUR_MS, 'wrongAnswersPerHour')],
  /**
   * Wrong codes of a registration that a password opened: after a hundred in a row only a link
   * opens one.
   */
  REGISTRATION_ANSWER_BY_PASSWORD: [
    row('account', HOUR_MS, 'wrongAnswersPerHour'),
    row('account', 30 * DAY_MS, 'wrongAnswersInARow'),
  ],
  /** Wrong current passwords of a signed-in person who changes it. */
  CURRENT_PASSWORD: [row('account', HOUR_MS, 'wrongCredentialsPerSubjectHour')],
  /** Wrong codes of a change of address or number. */
  CHANGE_ANSWER: [row('account', HOUR_MS, 'wrongAnswersPerHour')],
  /** People and lists that an employee of the help desk opens; the subject is the employee. */
  HELP_DESK_LOOK: [row('subject', HOUR_MS, 'helpDeskLooksPerHour')],
  /** What an employee of the help desk changes. */
  HELP_DESK_ACT: [row('subject', HOUR_MS, 'helpDeskActsPerHour')],
  /** Public requests that read or send something. */
  LINK_REQUEST: [row('source', QUARTER_MS, 'requestsPerSourceQuarterHour')],
  RESET_REQUEST: [row('source', QUARTER_MS, 'requestsPerSourceQuarterHour')],
} as const satisfies Record<string, readonly Row[]>;

export type BudgetName = keyof typeof BUDGETS;

/** What a hit is counted for. Rows of a budget need the members that they count by. */
export interface Spender {
  source?: string;
  subject?: string;
  destination?: string;
  account?: string;
  flow?: string;
}

/** The limits that one hit on a budget counts against. */
export function limitsOf(
  budget: BudgetName,
  spender: Spender,
  settings: { limits: LimitSettings },
): Limit[] {
  return BUDGETS[budget].map(({ counts, windowMs, max, times }) => ({
    key: [budget, counts.toUpperCase(), subjectOf(budget, counts, spender), windowMs / 1000].join(
      '#',
    ),
    max: Math.ceil((max === ONCE ? ONCE : settings.limits[max]) * times),
    windowMs,
  }));
}

/** Hashed: a key names nobody. */
function subjectOf(budget: BudgetName, counts: Counted, spender: Spender): string {
  const parts = counts.split('+').map((part) => {
    const value = spender[part as keyof Spender];
    if (value === undefined)
      throw new Error(`Budget ${budget} counts by ${part}, which is missing.`);
    return part === 'source' ? networkOf(value) : value;
  });
  return sha256(parts.join('\n'));
}

/**
 * A source is an IPv4 address or an IPv6 network of 64 bits: one subscriber has all of its
 * addresses.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  // An IPv4 address may be written as an IPv6 one: ::ffff:192.0.2.1.
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const all = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

export type Channel = 'TEXT' | 'CALL' | 'EMAIL';
/** Sends of a sign-in follow a proven password; all others do not. */
export type Proof = 'AFTER_PASSWORD' | 'BEFORE_PASSWORD';

const BREAKERS: Record<Proof, Record<Channel, keyof LimitSettings>> = {
  AFTER_PASSWORD: {
    TEXT: 'dailyTextBreaker',
    CALL: 'dailyCallBreaker',
    EMAIL: 'dailyEmailBreaker',
  },
  BEFORE_PASSWORD: {
    TEXT: 'dailyUnprovenTextBreaker',
    CALL: 'dailyUnprovenCallBreaker',
    EMAIL: 'dailyUnprovenEmailBreaker',
  },
};

/** What the whole stage may send in a day, by channel, apart before and after a password. */
export function breakerOf(
  channel: Channel,
  proof: Proof,
  { stage, limits }: FunctionSettings,
): Limit {
  const breaker = `${proof}#${channel}`;
  return {
    key: `STAGE#${stage}#${breaker}`,
    max: limits[BREAKERS[proof][channel]],
    windowMs: DAY_MS,
    breaker,
  };
}
