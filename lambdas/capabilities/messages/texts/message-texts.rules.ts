/** What every language says in messages and calls: a text that is missing does not compile. */
import type { LinkOccasion, NoticeName, PhoneNotice, Purpose } from '../purposes.rules.ts';

type TimeUnit = 'second' | 'minute' | 'hour';

/** What a message with a code says of one purpose. */
export interface CodeTexts {
  heading: string;
  subject: (portalName: string) => string;
  /** What to do with it. */
  use: (portalName: string) => string;
  /** The same in a text message, with the code. */
  text: (code: string) => string;
}

/** `what` is a sentence. */
interface NoticeTexts {
  subject: string;
  what: string;
}

/**
 * What one language says. Whatever a text message contains has only characters of GSM 03.38, since
 * any other character doubles its cost.
 */
export interface MessageTexts {
  duration: (count: number, unit: TimeUnit) => string;
  codes: {
    of: Record<Purpose, CodeTexts>;
    expires: (life: string) => string;
    object: string;
    /** The same in a text message. */
    objectText: string;
  };
  links: {
    of: Record<LinkOccasion, { what: (portalName: string) => string; object: string }>;
    heading: string;
    subject: (portalName: string) => string;
    follow: (life: string) => string;
    label: string;
  };
  notices: {
    of: Record<NoticeName, NoticeTexts>;
    /** By text message. */
    texts: Record<PhoneNotice, string>;
    object: string;
    /** Of what staff do. */
    objectToStaff: string;
    undo: string;
    /** How many recovery codes are left. */
    codesLeft: (count: number) => string;
    lastCode: string;
    makeCodes: string;
  };
  /** Spoken, so without markup, and without a number of more than one digit. */
  calls: {
    caller: (portalName: string) => string;
    why: Record<Purpose, string>;
    keys: Record<'POUND' | 'MATCH', string>;
    code: (digits: string) => string;
    thanks: string;
    failed: string;
    error: string;
    denied: string;
  };
}
