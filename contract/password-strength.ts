/**
 * How many guesses a password takes, for an attacker who knows the person, the provider and the
 * portal. The portal shows during typing what the backend will decide: each passes the estimator of
 * its own bundle.
 */

/** Passwords that this number of guesses finds are refused. */
export const WITHIN_REACH = 1e8;

export const PASSWORD_LENGTH = { least: 8, most: 256 } as const;

/**
 * The beginning of a longer password decides: estimating a long repetition whole takes seconds. If
 * the beginning is hard to guess, the whole is at least as hard.
 */
const JUDGED_UNITS = 64;

/** A part of a password, as the estimator takes it apart. */
interface PasswordPart {
  /** What it is taken for: `dictionary`, `bruteforce`, `regex` (a year), `sequence` and others. */
  pattern: string;
  token: string;
  guesses: number;
}

export interface Estimate {
  guesses: number;
  parts: readonly PasswordPart[];
}

/** What the estimators' library finds in a password. */
interface Finding {
  guesses: number;
  sequence: readonly object[];
}

/** Every part of a finding is estimated, which the library's type does not say. */
export function estimateOf({ guesses, sequence }: Finding): Estimate {
  return { guesses, parts: sequence as readonly PasswordPart[] };
}

/** A strength estimator: guesses that `password` takes, `words` being tried first. */
export type Estimator = (password: string, words: string[]) => Estimate;

/**
 * What is tried first in this field, beside the words of the person, the provider and the portal.
 */
const WORDS_OF_THE_FIELD = [
  ...['welcome', 'password', 'passwort', 'letmein', 'changeme', 'secret', 'login', 'signin'],
  ...['portal', 'provider', 'health', 'healthcare', 'medical', 'medicine', 'clinic', 'hospital'],
  ...['nurse', 'doctor', 'physician', 'patient', 'pharmacy', 'dental', 'therapy', 'surgery'],
  ...['billing', 'claims', 'office', 'admin', 'administrator', 'user', 'test', 'temp', 'hello'],
  ...['spring', 'summer', 'autumn', 'fall', 'winter', 'january', 'february', 'march', 'april'],
  ...['may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'],
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  ...['care', 'patients', 'nurses', 'doctors', 'nursing', 'surgeon', 'dentist', 'pharmacist'],
  ...['caregiver', 'midwife', 'paramedic', 'therapist', 'practice', 'practitioner', 'assistant'],
  ...['frontdesk', 'reception', 'emergency', 'urgentcare', 'primarycare', 'familycare', 'wellness'],
  ...['medicare', 'medicaid', 'insurance', 'hipaa', 'telehealth', 'covid', 'vaccine', 'flushot'],
  ...['stethoscope', 'ambulance', 'heartbeat', 'laboratory', 'hospice', 'rehab', 'imaging'],
  ...['cardiology', 'pediatrics', 'radiology', 'oncology', 'neurology', 'urology', 'dermatology'],
  ...[
    'orthopedics',
    'ortho',
    'anesthesia',
    'chiropractic',
    'chiropractor',
    'podiatry',
    'psychiatry',
  ],
  ...['psychology', 'optometry', 'ophthalmology', 'gynecology', 'obstetrics', 'geriatrics'],
  ...['nephrology', 'pulmonology', 'gastroenterology', 'endocrinology', 'pathology', 'allergy'],
  ...['happy', 'newyear', 'birthday', 'christmas', 'family', 'team', 'staff', 'work', 'life'],
  'correcthorsebatterystaple',
  ...['epic', 'cerner', 'optum', 'aetna', 'cigna', 'humana', 'kaiser', 'bluecross', 'blueshield'],
];

/** Variations of a word that an attacker tries: each multiplies the guesses by its factor. */
const GUESSES_OF_A_SIGN = 20;
const GUESSES_OF_A_CAPITAL = 2;
const GUESSES_OF_A_DIGIT = 10;
/** Two words are written together or apart; more of them apart are words of their own. */
const GUESSES_OF_A_WORD_APART = 10;

const SIGNS = /[^\p{L}\p{N}]+/gu;
const SIGNS_AT_ENDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
/**
 * Signs that stand for no letter, as `@` does for an a; and any before the last digits or the end.
 */
const SEPARATORS = /[-_.,:;/\\ #*?+&=]+|[^\p{L}\p{N}]+(?=\p{N}*$)/gu;
const DIGITS_AT_ENDS = /^\p{N}+|\p{N}+$/gu;

/**
 * The guesses that a password takes: those of the first spelling that is within reach, or else of
 * the password as it is. `known` are names: of the person, the provider, the portal.
 */
export function passwordGuesses(
  estimate: Estimator,
  password: string,
  known: readonly string[],
): number {
  const words = [...new Set([...known.flatMap(partsOf), ...WORDS_OF_THE_FIELD])];
  let guesses = Infinity;
  for (const [text, variations] of spellingsOf(password.slice(0, JUDGED_UNITS))) {
    guesses = guessesIn(estimate(text, words)) * variations;
    if (guesses <= WITHIN_REACH) return guesses;
  }
  return guesses;
}

interface Spelling {
  text: string;
  /** How many passwords vary the text as this one does. */
  variations: number;
}

/** The text, and what is left of it without its signs, its capitals and the digits at its ends. */
function spellingsOf(text: string): Map<string, number> {
  const whole = { text, variations: 1 };
  const core = without(SIGNS_AT_ENDS, whole);
  const folded = inLowerCase(core);
  const bare = joined(folded);
  const parted = without(SEPARATORS, inLowerCase(whole));
  const all = [without(DIGITS_AT_ENDS, bare), bare, parted, core, whole];
  // Where two are the same text, the one of fewer variations is the later.
  return new Map(all.filter((one) => one.text !== '').map((one) => [one.text, one.variations]));
}

function without(pattern: RegExp, { text, variations }: Spelling): Spelling {
  const leftOut = text.match(pattern)?.join('') ?? '';
  const signs = new Set(leftOut.replace(/\p{N}/gu, '')).size;
  const digits = leftOut.replace(/\P{N}/gu, '').length;
  const ofSigns = variations * GUESSES_OF_A_SIGN ** signs;
  return { text: text.replace(pattern, ''), variations: ofSigns * GUESSES_OF_A_DIGIT ** digits };
}

function joined(core: Spelling): Spelling {
  const apart = core.text.match(/\p{L}+/gu)?.length ?? 0;
  const { text, variations } = without(SIGNS, core);
  const isApart = text !== core.text && apart > 2;
  return { text, variations: variations * (isApart ? GUESSES_OF_A_WORD_APART ** (apart - 2) : 1) };
}

function inLowerCase({ text, variations }: Spelling): Spelling {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return { text: text.toLowerCase(), variations: variations * GUESSES_OF_A_CAPITAL ** capitals };
}

/** An attacker with this many words tries each one alone first, then pairs, then three. */
const GUESSES_OF_A_WORD = 10_000;
/** A part of up to this length that is not a word is an addition to one, as a year is. */
const ADDITION_UNITS = 2;

/**
 * The estimator takes every part for one more word, so that whatever has three parts is out of
 * reach: `Summer_2026!` too. A year, digits or a sign beside a word are additions to it.
 */
function guessesIn({ guesses, parts }: Estimate): number {
  const words = parts.filter(isWord).length;
  if (words === parts.length) return guesses;
  const ofParts = parts.reduce((product, part, index) => product * part.guesses * (index + 1), 1);
  return Math.min(guesses, ofParts + GUESSES_OF_A_WORD ** Math.max(0, words - 1));
}

function isWord({ pattern, token }: PasswordPart): boolean {
  return pattern === 'bruteforce' ? token.length > ADDITION_UNITS : pattern === 'dictionary';
}

/**
 * A name, its parts, and neighbouring parts written together: `Cedar Grove` → `cedargrove`,
 * `cedar`, `grove`.
 */
function partsOf(name: string): string[] {
  const parts = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const words = parts.filter((part) => part.length >= 3);
  const pairs = words.slice(1).map((word, index) => `${words[index] ?? ''}${word}`);
  const initials = parts.map((part) => part.charAt(0)).join('');
  return [words.join(''), ...pairs, ...words, ...(initials.length >= 3 ? [initials] : [])].filter(
    (word) => word !== '',
  );
}
