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

/** Why a link is mailed: a new account, its person's own request, or staff. */
export type LinkOccasion = 'SIGN_UP' | 'REQUEST' | 'STAFF' | 'RESET_BY_STAFF';

/** What happened, and how to object. */
const OCCASIONS: Record<LinkOccasion, { what: (portalName: string) => string; object: string }> = {
  SIGN_UP: {
    what: (portalName) => `Your account for ${portalName} was created.`,
    object: "Didn't register? Ignore this message: nobody can use the account without the link.",
  },
  REQUEST: {
    what: (portalName) => `A registration link for ${portalName} was requested for your account.`,
    object: "Didn't ask for this? Ignore this message: nothing changes without the link.",
  },
  STAFF: {
    what: (portalName) => `You were sent a registration link for ${portalName}.`,
    object: "Didn't expect this? Ask your provider's administrator before you follow the link.",
  },
  RESET_BY_STAFF: {
    what: (portalName) =>
      `Your registration for ${portalName} was reset. You can sign in again once you have ` +
      'registered again.',
    object: "Didn't expect this? Tell your provider's administrator before you follow the link.",
  },
};

export interface LinkMessage {
  portalName: string;
  href: string;
  lifeMs: number;
  occasion: LinkOccasion;
}

export function linkEmail({ portalName, href, lifeMs, occasion }: LinkMessage): EmailWording {
  const { what, object } = OCCASIONS[occasion];
  return {
    subject: `Complete your registration at ${portalName}`,
    heading: 'Complete your registration',
    paragraphs: [
      `${what(portalName)} Follow this link to set up multi-factor authentication. ` +
        `It expires in ${duration(lifeMs)}.`,
      object,
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
