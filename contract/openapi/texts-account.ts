/** Texts of the signed-in user's own routes. */

const FRESH =
  'It needs a factor that was passed in the last ten minutes. After `FACTOR_TOO_OLD`, sign in ' +
  'again on the spot.';
const RESEND =
  '`resendAt` says when it may be repeated at the soonest; a new code ends the one before.';
const PAGE = 'A page of events. `cursor` leads to the next one, and the last has none.';

export const ACCOUNT_TEXTS = {
  getMe: { description: 'For the profile page, and for what a role may see.', answer: 'The user.' },
  chooseLanguage: {
    description:
      'Mails, text messages and calls come in it from now on. It needs no fresh factor; ' +
      'repeating it has no further effect.',
    answer: 'The user.',
  },
  listRememberedDevices: {
    description: 'Devices that may sign in without a password until `expiresAt`.',
    answer: 'The remembered devices.',
  },
  forgetRememberedDevice: {
    description: 'The device has to sign in with a password and a factor again.',
    answer: 'The device is forgotten.',
  },
  signOutEverywhere: {
    description:
      'For a lost device. The access token of this request ends, too; repeating it is safe.',
    answer: 'Every session has ended.',
  },
  listMyEvents: { description: 'What happened to the account, and from where.', answer: PAGE },
  startPasskeySignIn: {
    description:
      'The challenge is used once, within five minutes, in the answer to `PROVE_DEVICE`.',
    answer: 'A challenge, which is base64url already.',
  },
  listPasskeys: { description: 'At most ten.', answer: 'The passkeys.' },
  startPasskey: {
    description: `Give the answer to \`navigator.credentials.create\`. ${FRESH}`,
    answer: 'PublicKeyCredentialCreationOptionsJSON of WebAuthn Level 3.',
  },
  addPasskey: {
    description: `\`credential\` is RegistrationResponseJSON of WebAuthn Level 3. ${FRESH}`,
    answer: 'The passkey is registered, and the owner gets a notice.',
  },
  renamePasskey: {
    description: `The name is for its owner only. ${FRESH}`,
    answer: 'The passkey.',
  },
  removePasskey: {
    description: `The other factors stay. ${FRESH}`,
    answer: 'The passkey no longer signs in.',
  },
  issueRecoveryCodes: {
    description: `Each code takes the place of a factor once. ${FRESH}`,
    answer: 'Ten codes, which are never shown again.',
  },
  countRecoveryCodes: {
    description: 'For a reminder to make new ones.',
    answer: 'How many codes are unused.',
  },
  changePassword: {
    description: 'Passkeys stay. Ten wrong current passwords an hour are `RATE_LIMITED`. ' + FRESH,
    answer: 'The password is changed. The ticket signs this browser in again, within 5 minutes.',
  },
  changeEmail: {
    description: `Whether the address is in use is reported only when it is verified. ${RESEND} ${FRESH}`,
    answer: 'A code is in the mail to the new address.',
  },
  verifyNewEmail: {
    description: 'The former address gets a notice, whose link undoes the change for 72 hours.',
    answer: 'The user with the new address.',
  },
  undoEmailChange: {
    description:
      'It ends all sessions and devices, the recovery codes, and the passkeys added since.',
    answer: 'The former address is in place again.',
  },
  changePhone: {
    description: `${RESEND} With \`CALL\`, poll \`GET /calls/{callId}\`. ${FRESH}`,
    answer: 'A text message was sent, or the phone rings.',
  },
  verifyNewPhone: {
    description: 'The login method becomes `PHONE`. The former number gets a notice.',
    answer: 'The user with the new number.',
  },
  removePhone: {
    description: `E-mail codes, passkeys and recovery codes stay. ${FRESH}`,
    answer: 'The user, who signs in by e-mail from now on.',
  },
};
