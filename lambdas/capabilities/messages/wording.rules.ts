/**
 * Lays the texts of a language out as e-mails and text messages. No message quotes a person's name
 * or anything else that somebody typed: what is not quoted cannot be forged. In a message with a
 * code, the code is the only number of six digits.
 */
import type { Language } from '../../../contract/languages.ts';
import type { LinkOccasion, Purpose } from './purposes.rules.ts';
import { textsIn } from './texts/texts.rules.ts';

/** An e-mail before it is laid out. */
export interface EmailWording {
  language: Language;
  subject: string;
  /** What it is about, the first thing that is read. */
  heading: string;
  paragraphs: string[];
  code?: string;
  link?: { href: string; label: string };
}

export interface CodeMessage {
  language: Language;
  portalName: string;
  purpose: Purpose;
  code: string;
  lifeMs: number;
}

export function codeEmail(message: CodeMessage): EmailWording {
  const { language, portalName, purpose, code, lifeMs } = message;
  const { codes } = textsIn(language);
  const { heading, subject, use } = codes.of[purpose];
  return {
    language,
    subject: subject(portalName),
    heading,
    paragraphs: [`${use(portalName)} ${codes.expires(duration(lifeMs, language))}`, codes.object],
    code,
  };
}

export interface CodeText {
  language: Language;
  portal: { name: string; host: string };
  purpose: Purpose;
  code: string;
  lifeMs: number;
}

/**
 * The last line binds the code to the portal's host, so that phones fill it in there only (WICG:
 * origin-bound one-time codes).
 */
export function codeText({ language, portal, purpose, code, lifeMs }: CodeText): string {
  const { codes } = textsIn(language);
  const what = codes.of[purpose].text(code);
  const expires = codes.expires(duration(lifeMs, language));
  const text = `${portal.name}: ${what} ${expires} ${codes.objectText}`;
  return `${text}\n\n@${portal.host} #${code}`;
}

export interface LinkMessage {
  language: Language;
  portalName: string;
  href: string;
  lifeMs: number;
  occasion: LinkOccasion;
}

export function linkEmail(message: LinkMessage): EmailWording {
  const { language, portalName, href, lifeMs, occasion } = message;
  const { links } = textsIn(language);
  const { what, object } = links.of[occasion];
  return {
    language,
    subject: links.subject(portalName),
    heading: links.heading,
    paragraphs: [`${what(portalName)} ${links.follow(duration(lifeMs, language))}`, object],
    link: { href, label: links.label },
  };
}

/** `30 seconds`, `5 minutes`, `4 hours`: in the largest unit that fits whole. */
export function duration(ms: number, language: Language): string {
  const say = textsIn(language).duration;
  if (ms % 3_600_000 === 0) return say(ms / 3_600_000, 'hour');
  return ms % 60_000 === 0 ? say(ms / 60_000, 'minute') : say(Math.round(ms / 1000), 'second');
}
