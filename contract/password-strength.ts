/**
 * How many guesses a password takes, for an attacker who knows the person, the provider and the
 * portal. The portal shows while typing what the backend judges: both hand in the estimator of
 * their own bundle.
 */

/** Passwords within reach of so many guesses are refused. */
export const WITHIN_REACH = 1e8;

export const PASSWORD_LENGTH = { least: 8, most: 256 } as const;

/**
 * The beginning of a longer password decides: estimating a long repetition whole takes seconds. If
 * the beginning is hard to guess, the whole is at least as hard.
 */
const JUDGED_UNITS = 64;

/** A strength estimator: guesses that `password` takes, `words` being tried first. */
export type Estimator = (password: string, words: string[]) => number;

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
];

/** Punctuation at either end costs an attacker few further guesses. */
const ENDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const GUESSES_OF_ENDS = 100;

/**
 * The guesses that a password takes. `known` are names: of the person, the provider, the portal.
 */
export function passwordGuesses(
  estimate: Estimator,
  password: string,
  known: readonly string[],
): number {
  const words = [...new Set([...known.flatMap(partsOf), ...WORDS_OF_THE_FIELD])];
  const judged = password.slice(0, JUDGED_UNITS);
  const core = judged.replace(ENDS, '');
  const ofCore = core === '' ? Infinity : estimate(core, words);
  if (core === judged) return ofCore;
  const guesses = ofCore * GUESSES_OF_ENDS;
  return guesses <= WITHIN_REACH ? guesses : Math.min(guesses, estimate(judged, words));
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
