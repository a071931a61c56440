/** Texts of one's own account. They come with its pages, and not with the first one. */
import { language } from './en-language.ts';

export const account = {
  title: 'My account',
  lead: 'How you sign in, and what happened lately.',
  back: 'Back to my account',
  change: 'Change',
  add: 'Add',
  manage: 'Manage',
  view: 'View',
  rows: {
    email: 'Email address',
    phone: 'Phone',
    language: 'Language',
    method: 'Login method',
    password: 'Password',
    passkeys: 'Passkeys',
    recoveryCodes: 'Recovery codes',
    devices: 'Remembered devices',
    activity: 'Recent activity',
  },
  noPhone: 'No phone number',
  passwordSet: 'Set',
  passkeyCount_one: '{{count}} passkey',
  passkeyCount_other: '{{count}} passkeys',
  codeCount_one: '{{count}} unused code',
  codeCount_other: '{{count}} unused codes',
  deviceCount_one: '{{count}} device',
  deviceCount_other: '{{count}} devices',
  signedInAt: 'Signed in {{time}}',
  unknown: 'Not available right now',
  emailChanged: 'Your email address is now {{email}}. Sign in with it from now on.',
  phoneChanged: 'Your phone number is now {{phone}}.',
  phoneRemoved: 'Your phone number is removed. You sign in with codes by email now.',
  languageChanged:
    'Your language is saved. Emails, text messages and calls will use it from now on.',
  passwordChanged:
    'Your password is changed. Your sessions in other browsers and all remembered devices ended.',
  language,
  fresh: {
    title: 'Confirm that it is you',
    lead:
      'Your last sign-in was more than ten minutes ago. Sign in once more; what you entered is ' +
      'kept, and goes on right after.',
    continue: 'Continue',
  },
  passkeys: {
    title: 'Passkeys',
    lead:
      'A passkey signs you in by fingerprint, face or the PIN of your device, without password ' +
      'and code. It works on this portal only, so that no false page can ask for it.',
    yours: 'Your passkeys',
    none: 'You have no passkey yet.',
    created: 'Created',
    lastUsed: 'Last used',
    never: 'never',
    rename: 'Rename',
    renameLabel: 'Rename {{name}}',
    save: 'Save',
    remove: 'Remove',
    removeLabel: 'Remove {{name}}',
    removeQuestion: 'Remove the passkey {{name}}?',
    removeText:
      'It signs you in no more. Your device may keep it in its list; you can delete it there, too.',
    added: 'The passkey {{name}} is added.',
    renamed: 'The passkey is now called {{name}}.',
    removed: 'The passkey {{name}} is removed.',
    addTitle: 'Add a passkey',
    name: 'Name',
    nameHint: 'So that you recognize it later, such as “Work laptop”.',
    faultyName: 'Enter a name of at most 60 characters',
    add: 'Add a passkey',
    full: 'An account has at most ten passkeys. Remove one to add another.',
    unusable: 'This browser cannot use passkeys. Try a current browser on a device of your own.',
  },
  codes: {
    title: 'Recovery codes',
    lead:
      'A recovery code takes the place of the code by text, call or email when you cannot ' +
      'receive one. You still need your password. Each code works once.',
    left_zero: 'You have no recovery codes.',
    left_one: 'You have {{count}} unused recovery code.',
    left_other: 'You have {{count}} unused recovery codes.',
    make: 'Make ten codes',
    again: 'Make ten new codes',
    againText: 'New codes end the old ones.',
    shownTitle: 'Your recovery codes',
    shownOnce:
      'This is the only time that they are shown. Print them, or keep them in a password manager.',
    copy: 'Copy',
    copied: 'The codes are copied.',
    notCopied: 'The browser did not allow copying. Select the codes and copy them yourself.',
    print: 'Print',
    done: 'I have saved them',
    list: 'Ten codes',
    printed: '{{portalName}}: recovery codes of {{email}}, made {{time}}. Each works once.',
  },
  password: {
    title: 'Change your password',
    lead:
      'Your sessions in other browsers and all remembered devices end. You stay signed in here, ' +
      'and your passkeys stay.',
    save: 'Change password',
  },
  email: {
    title: 'Change your email address',
    lead:
      'You sign in with your email address. We send a code to the new one, and a notice to the ' +
      'present one, from which the change can be undone for 72 hours.',
    present: 'Present address',
    new: 'New email address',
    another: 'Use another address',
    stop: 'Do not change it',
  },
  phone: {
    title: 'Your phone number',
    addLead: 'Add a number that we can text or call. Your login method becomes phone.',
    changeLead: 'The new number is verified first, and then takes the place of the present one.',
    present: 'Present number',
    another: 'Use another number',
    stop: 'Do not change it',
    remove: 'Remove phone number',
    removeQuestion: 'Remove your phone number?',
    removeText:
      'You sign in with codes by email from then on. A code by email is the weaker protection: ' +
      'consider a passkey.',
  },
  activity: {
    title: 'Recent activity',
    lead:
      'What happened to your account, newest first. If something here was not you, change your ' +
      'password and sign out everywhere.',
    you: 'You',
  },
  // What follows is the page of devices.
  devicesTitle: 'Security and devices',
  devices: 'Remembered devices',
  devicesLead: 'These browsers sign you in without password and code until they expire.',
  none: 'No device is remembered.',
  since: 'Since',
  expires: 'Until',
  lastUsed: 'Last used',
  browser: 'Browser',
  method: 'Login',
  forget: 'Forget',
  thisBrowser: 'This browser',
  forgetLabel: 'Forget the device remembered since {{time}}',
  forgotten: 'The device is forgotten.',
  everywhere: 'Sign out everywhere',
  everywhereLead:
    'Ends every session of yours, on this and all other devices, and forgets all remembered ' +
    'devices. Do this if you lost a device, or see one that you do not know.',
  confirm: 'Sign out everywhere?',
};

export const undoEmail = {
  title: 'Undo the change of your email address',
  lead:
    'The email address of your account was changed. If that was not you, undo it: you sign in ' +
    'with your former address again. Every session and remembered device ends, and so do your ' +
    'recovery codes and the passkeys made since.',
  undo: 'Undo the change',
  keep: 'Was it you? Then close this page; nothing has been changed.',
  doneTitle: 'The change is undone',
  doneLead:
    'You sign in with your former address again, and every session has ended. Somebody may know ' +
    'your password: choose a new one now.',
  invalidTitle: 'This link has expired or has been used',
  invalidLead:
    'A change of the address can be undone once, for 72 hours. If you cannot sign in any more, ' +
    'ask the administrator of your provider.',
  noneTitle: 'This link is not complete',
  noneLead: 'Copy the whole link from the email.',
};
