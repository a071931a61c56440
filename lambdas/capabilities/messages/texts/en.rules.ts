/** Messages and calls in English. */
import type { CodeTexts, MessageTexts } from './message-texts.rules.ts';

const code = (what: string, why: string): CodeTexts => ({
  heading: `Your ${what}`,
  subject: (portalName) => `Your ${what} for ${portalName}`,
  use: (portalName) => `Enter this code at ${portalName} ${why}.`,
  text: (digits) => `${digits} is your ${what}.`,
});

const PASSWORD_RESET = code('password reset code', 'to choose a new password');

const NOT_ASKED = 'If you did not ask for this call,';
const NEW_PASSWORD = 'We are calling because someone is choosing a new password for your account.';
const REGISTERING = 'We are calling because someone is registering with this number.';

const notices: MessageTexts['notices']['of'] = {
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
  PASSWORD_UNCERTAIN: {
    subject: 'Your password may have been changed',
    what:
      'A change of your password did not come to its end. Sign in with the new password, or with ' +
      'the former one if that does not work. Every session and remembered device has ended.',
  },
  PASSWORD_SET: {
    subject: 'A password was set',
    what: 'A password was set for your account, as a step of its registration.',
  },
  DEVICE_REMEMBERED: {
    subject: 'A device is remembered',
    what:
      'A browser was remembered for your account with Remember Me. ' +
      'The browser is forgotten automatically after a few hours.',
  },
  EMAIL_CHANGED: {
    subject: 'Your e-mail address was changed',
    what: 'The e-mail address that you sign in with was changed.',
  },
  EMAIL_CHANGE_UNDONE: {
    subject: 'A change of your e-mail address was undone',
    what:
      'Your account uses its former e-mail address again. Every session has ended, and your ' +
      'recovery codes and the passkeys that were added since the change have been removed.',
  },
  PHONE_CHANGED: {
    subject: 'Your phone number was changed',
    what: 'The phone number of your account was changed.',
  },
  PHONE_REMOVED: {
    subject: 'Your phone number was removed',
    what: 'The phone number was removed from your account. Codes go to your e-mail address.',
  },
  PASSKEY_ADDED: {
    subject: 'A passkey was added',
    what: 'A passkey was added to your account. It can sign in without a password or a code.',
  },
  PASSKEY_REMOVED: {
    subject: 'A passkey was removed',
    what: 'A passkey was removed from your account. It can no longer be used to sign in.',
  },
  PASSKEY_CLONED: {
    subject: 'A passkey was refused',
    what:
      'A passkey of your account was refused, because it seems to have been copied. Remove it ' +
      'under My account, and add a new one.',
  },
  RECOVERY_CODES_ISSUED: {
    subject: 'New recovery codes were made',
    what: 'Ten recovery codes were made for your account. Older ones no longer work.',
  },
  RECOVERY_CODE_USED: {
    subject: 'A recovery code was used',
    what: 'Someone signed in to your account with a recovery code. That code cannot be used again.',
  },
  REGISTRATION_RESET: {
    subject: 'Your registration was reset',
    what:
      'Your registration was reset for you. Every session has ended. You can register again ' +
      'by the link in your mail, or with your username and password.',
  },
  CALL_NOT_REQUESTED: {
    subject: 'A call was reported as not yours',
    what:
      'Someone answered a verification call for your account and reported that they had not ' +
      'asked for it. We ended that attempt. Whoever started it may have your password: ' +
      'choose a new one.',
  },
  ACCOUNT_DISABLED: {
    subject: 'Your account was disabled',
    what: 'Your account was disabled. Every session has ended.',
  },
  ACCOUNT_ENABLED: {
    subject: 'Your account was enabled',
    what: 'Your account was enabled again.',
  },
  ACCOUNT_LOCKED: {
    subject: 'Your account is locked',
    what:
      'There were too many wrong codes or passwords for your account, so no more are accepted ' +
      'for now. A short lock ends automatically within an hour. A longer one ends when you ' +
      'complete a password reset or follow a registration link.',
  },
  ROLE_CHANGED: {
    subject: 'Your role was changed',
    what: 'Your role at the portal was changed. Please sign in again.',
  },
  ADDRESS_CHANGED: {
    subject: 'Your e-mail address on record was changed',
    what:
      'The e-mail address on record for your account was changed. ' +
      'Messages about it go to the new address from now on.',
  },
};

export const en: MessageTexts = {
  duration: (count, unit) => `${count} ${unit}${count === 1 ? '' : 's'}`,
  codes: {
    of: {
      SIGN_IN: code('sign-in code', 'to finish signing in'),
      EMAIL_VERIFICATION: code('verification code', 'to verify this e-mail address'),
      PHONE_VERIFICATION: code('verification code', 'to verify this phone number'),
      PASSWORD_RESET_EMAIL: PASSWORD_RESET,
      PASSWORD_RESET_PHONE: PASSWORD_RESET,
    },
    expires: (life) => `It expires in ${life}.`,
    object: "Didn't ask for this? Ignore this message and share the code with no one.",
    objectText: "Didn't ask for this? Share it with no one.",
  },
  links: {
    of: {
      SIGN_UP: {
        what: (portalName) => `Your account for ${portalName} was created.`,
        object:
          "Didn't register? Ignore this message: nobody can use the account without the link.",
      },
      REQUEST: {
        what: (portalName) =>
          `A registration link for ${portalName} was requested for your account.`,
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
        object:
          "Didn't expect this? Tell your provider's administrator before you follow the link.",
      },
    },
    heading: 'Complete your registration',
    subject: (portalName) => `Complete your registration at ${portalName}`,
    follow: (life) =>
      `Follow this link to set up multi-factor authentication. It expires in ${life}.`,
    label: 'Complete my registration',
  },
  notices: {
    of: notices,
    texts: {
      REGISTRATION_COMPLETE: notices.REGISTRATION_COMPLETE.what,
      REENROLMENT_COMPLETE: notices.REENROLMENT_COMPLETE.what,
      PHONE_CHANGED: notices.PHONE_CHANGED.what,
      PHONE_REMOVED: notices.PHONE_REMOVED.what,
    },
    object: "Wasn't it you? Reset your password at once and contact your provider's administrator.",
    objectToStaff: "Didn't expect this? Contact your provider's administrator.",
    undo: 'Undo this change',
    codesLeft: (count) =>
      count === 1 ? '1 unused code is left.' : `${count} unused codes are left.`,
    lastCode: 'It was the last one.',
    makeCodes: 'Make new ones under My account.',
  },
  calls: {
    caller: (portalName) => `This is ${portalName}.`,
    why: {
      SIGN_IN: 'We are calling because someone is signing in with your account.',
      EMAIL_VERIFICATION: REGISTERING,
      PHONE_VERIFICATION: REGISTERING,
      PASSWORD_RESET_EMAIL: NEW_PASSWORD,
      PASSWORD_RESET_PHONE: NEW_PASSWORD,
    },
    keys: {
      POUND: `If that is you, press the pound key. ${NOT_ASKED} press 9.`,
      MATCH:
        'If that is you, type the two digits that you see in your browser, and then the pound ' +
        `key. ${NOT_ASKED} press 9 and the pound key.`,
    },
    code: (digits) =>
      `Your code is: ${digits}. Once more: ${digits}. ` +
      `${NOT_ASKED} tell no one this code, and press 9.`,
    thanks: 'Thank you. You can go on in your browser. Goodbye.',
    failed: 'We did not get your answer. Goodbye.',
    error: 'Sorry, that did not work. Please start again in your browser. Goodbye.',
    denied: 'Thank you for telling us. We have ended that attempt. Goodbye.',
  },
};
