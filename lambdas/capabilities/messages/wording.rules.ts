/**
 * The words of every e-mail and text message. No message quotes a person's name or anything else
 * that somebody typed: what is not quoted cannot be forged. In a message with a code, the code is
 * the only number of six digits.
 */
import type { Purpose } from './purposes.rules.ts';

/** An e-mail before it is laid out. */
export interface EmailWording {
  subject: string;
  /** What it is about, the first thing that is read. */
  heading: string;
  paragraphs: string[];
  code?: string;
  link?: { href: string; label: string };
}

const PURPOSES: Record<Purpose, { what: string; why: string }> = {
  SIGN_IN: { what: 'sign-in code', why: 'to finish signing in' },
  EMAIL_VERIFICATION: { what: 'verification code', why: 'to verify this e-mail address' },
  PHONE_VERIFICATION: { what: 'verification code', why: 'to verify this phone number' },
  PASSWORD_RESET_EMAIL: { what: 'password reset code', why: 'to choose a new password' },
  PASSWORD_RESET_PHONE: { what: 'password reset code', why: 'to choose a new password' },
};

export interface CodeMessage {
  portalName: string;
  purpose: Purpose;
  code: string;
  lifeMs: number;
}

export function codeEmail({ portalName, purpose, code, lifeMs }: CodeMessage): EmailWording {
  const { what, why } = PURPOSES[purpose];
  return {
    subject: `Your ${what} for ${portalName}`,
    heading: `Your ${what}`,
    paragraphs: [
      `Enter this code at ${portalName} ${why}. It expires in ${duration(lifeMs)}.`,
      "Didn't ask for this? Ignore this message and share the code with no one.",
    ],
    code,
  };
}

export interface CodeText {
  portal: { name: string; host: string };
  purpose: Purpose;
  code: string;
  lifeMs: number;
}

/**
 * The last line binds the code to the portal's host, so that phones fill it in there only (WICG:
 * origin-bound one-time codes).
 */
export function codeText({ portal, purpose, code, lifeMs }: CodeText): string {
  const what = `${code} is your ${PURPOSES[purpose].what}`;
  const advice = "Didn't ask for this? Ignore it, share it with no one.";
  const text = `${portal.name}: ${what}. It expires in ${duration(lifeMs)}. ${advice}`;
  return `${text}\n\n@${portal.host} #${code}`;
}

export function linkEmail(portalName: string, href: string, lifeMs: number): EmailWording {
  return {
    subject: `Complete your registration at ${portalName}`,
    heading: 'Complete your registration',
    paragraphs: [
      `Follow this link to set up multi-factor authentication for ${portalName}. ` +
        `It works once and expires in ${duration(lifeMs)}.`,
      "Didn't ask for this? Ignore this message: without the link nothing happens.",
    ],
    link: { href, label: 'Complete my registration' },
  };
}

/** `30 seconds`, `5 minutes`, `4 hours`: in the largest unit that fits whole. */
export function duration(ms: number): string {
  const [count, unit] =
    ms % 3_600_000 === 0
      ? [ms / 3_600_000, 'hour']
      : ms % 60_000 === 0
        ? [ms / 60_000, 'minute']
        : [Math.round(ms / 1000), 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
