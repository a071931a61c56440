/** `Accept-Language` (RFC 9110, section 12.5.4), by the primary subtag of each range. */
import { type Language, LANGUAGES } from '../../../contract/languages.ts';

/** Browsers send less than a hundred characters. What is longer is not read. */
const MAX_LENGTH = 1_000;

/** A range of RFC 4647, section 2.1, and a weight of RFC 9110, section 12.4.2. */
const ELEMENT = new RegExp(
  String.raw`^(?<primary>[a-z]{1,8})(?:-[a-z0-9]{1,8})*` +
    String.raw`(?:[ \t]*;[ \t]*q=(?<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$`,
  'i',
);

/**
 * Our language that a request prefers: of equal weights the first. Ranges that are malformed or
 * name another language are passed over, and so is `*`, which prefers nothing.
 * @returns undefined if none of ours is left
 */
export function preferredLanguage(header: string | undefined): Language | undefined {
  if (header === undefined || header.length > MAX_LENGTH) return undefined;
  let best: { language: Language; weight: number } | undefined;
  for (const element of header.split(',')) {
    const { primary, weight: written = '1' } = ELEMENT.exec(element.trim())?.groups ?? {};
    const language = LANGUAGES.find((one) => one === primary?.toLowerCase());
    const weight = Number(written);
    if (language !== undefined && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language;
}
