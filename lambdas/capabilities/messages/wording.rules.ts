/**
 * The words of every e-mail and text message. No message quotes a person's name or anything else that somebody typed:
 * what is not quoted cannot be forged. In the text of a message with a code, the code is the only run of six digits.
 */
import type { CodePurpose } from '../verification/codes.rules.ts';

/** An e-mail before it is laid out. */
export interface EmailWording {
  subject: string;
  /** What it is about, first thing read. */
  heading: string;
  paragraphs: string[];
  code?: string;
  link?: { href: string; label: string };
}

export type NoticeName =
  | 'REGISTRATION_COMPLETE'
  | 'REENROLMENT_COMPLETE'
  | 'PASSWORD_CHANGED'
  | 'PASSWORD_SET'
  | 'DEVICE_REMEMBERED'
  | 'REGISTRATION_RESET'
  | 'CALL_NOT_REQUESTED'
  | 'ACCOUNT_DISABLED'
  | 'ACCOUNT_ENABLED'
  | 'ROLE_CHANGED';

const PURPOSES: Record<CodePurpose, { what: string; why: string }> = {
  SIGN_IN: { what: 'sign-in code', why: 'to finish signing in' },
  EMAIL_VERIFICATION: { what: 'verification code', why: 'to verify this e-mail address' },
  PHONE_VERIFICATION: { what: 'verification code', why: 'to verify this phone number' },
  PASSWORD_RESET_EMAIL: { what: 'password reset code', why: 'to choose a new password' },
  PASSWORD_RESET_PHONE: { what: 'password reset code', why: 'to choose a new password' },
};

const NOT_YOU = "Didn't ask for this? Ignore this message and share the code with no one.";

export function codeEmail(
  portalName: string,
  purpose: CodePurpose,
  code: string,
  lifeMs: number,
): EmailWording {
  const { what, why } = PURPOSES[purpose];
  return {
    subject: `Your ${what} for ${portalName}`,
    heading: `Your ${what}`,
    paragraphs: [
      `Enter this code at ${portalName} ${why}. It expires in ${duration(lifeMs)}.`,
      NOT_YOU,
    ],
    code,
  };
}

export function codeText(
  portalName: string,
  purpose: CodePurpose,
  code: string,
  lifeMs: number,
): string {
  return `${portalName}: ${code} is your ${PURPOSES[purpose].what}. It expires in ${duration(lifeMs)}. Didn't ask for this? Ignore it, share it with no one.`;
}

export function linkEmail(portalName: string, href: string, lifeMs: number): EmailWording {
  return {
    subject: `Complete your registration at ${portalName}`,
    heading: 'Complete your registration',
    paragraphs: [
      `Follow this link to set up multi-factor authentication for ${portalName}. It works once and expires in ${duration(lifeMs)}.`,
      "Didn't ask for this? Ignore this message: without the link nothing happens.",
    ],
    link: { href, label: 'Complete my registration' },
  };
}

const NOTICES: Record<NoticeName, { subject: string; what: string }> = {
  REGISTRATION_COMPLETE: {
    subject: 'Your registration is complete',
    what: 'Multi-factor authentication is set up for your account.',
  },
  REENROLMENT_COMPLETE: {
    subject: 'Your sign-in was set up anew',
    what: 'Your account was registered again, with a new password and factor.',
  },
  PASSWORD_CHANGED: {
    subject: 'Your password was changed',
    what: 'Your password was changed. Every session and remembered device has ended.',
  },
  PASSWORD_SET: { subject: 'A password was set', what: 'A password was set for your account.' },
  DEVICE_REMEMBERED: {
    subject: 'A device is remembered',
    what: 'A browser was remembered for your account with Remember Me. It ends by itself within hours.',
  },
  REGISTRATION_RESET: {
    subject: 'Your registration was reset',
    what: 'An administrator of your provider reset your registration. You can register again by the link in your mail, or with your username and password.',
  },
  CALL_NOT_REQUESTED: {
    subject: 'A call was reported as not yours',
    what: 'Somebody answered a verification call for your account and said that they had not asked for it. That attempt was ended. Whoever started it may know your password: choose a new one.',
  },
  ACCOUNT_DISABLED: {
    subject: 'Your account was disabled',
    what: 'An administrator disabled your account. Every session has ended.',
  },
  ACCOUNT_ENABLED: {
    subject: 'Your account was enabled',
    what: 'An administrator enabled your account again.',
  },
  ROLE_CHANGED: { subject: 'Your role was changed', what: 'Your role at the portal was changed.' },
};

export function noticeEmail(portalName: string, notice: NoticeName): EmailWording {
  const { subject, what } = NOTICES[notice];
  return {
    subject: `${subject} – ${portalName}`,
    heading: subject,
    paragraphs: [
      what,
      "Wasn't it you? Reset your password at once and tell your provider's administrator.",
    ],
  };
}

export function noticeText(portalName: string, notice: NoticeName): string {
  return `${portalName}: ${NOTICES[notice].what}`;
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
