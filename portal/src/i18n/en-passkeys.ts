/** Texts of passkeys and recovery codes at sign-in. */
export const passkeys = {
  login: 'LOGIN WITH PASSKEY',
  loginText: 'No password and no code: your fingerprint, your face or the PIN of your device.',
  signIn: 'Sign in with a passkey',
  or: 'or',
  instead: 'Use a passkey instead',
  useTitle: 'Use your passkey',
  useLead:
    'Your browser asks for your fingerprint, your face or the PIN of your device. If it does ' +
    'not, press the button.',
  continue: 'Continue with passkey',
  onlyLead:
    'Administrators of this portal sign in with their passkey. If you do not have the device ' +
    'with you, use one of your recovery codes.',
  cannot: 'This browser cannot use passkeys. Use a recovery code, or sign in from your own device.',
  offerTitle: 'Next time, sign in without a code',
  offerLead:
    'With a passkey you sign in by fingerprint, face or the PIN of this device: no password to ' +
    'type, and no code to wait for. Do this on a device of your own only.',
  aDevice: 'My device',
  make: 'Create a passkey',
  notNow: 'Not now',
  made: 'Your passkey is ready. Next time, choose LOGIN WITH PASSKEY.',
};

export const recovery = {
  instead: 'Use a recovery code',
  enterTitle: 'Enter a recovery code',
  enterLead: 'Use one of the codes that you saved when you made them. Each works once.',
  code: 'Recovery code',
  codeHint: '12 letters and digits, such as ABCD-EFGH-2345. Dashes and case do not matter.',
  faulty: 'Enter the 12 letters and digits of a recovery code',
  usedUp:
    'Too many recovery codes were wrong, so that this sign-in accepts no more of them. Choose ' +
    'another way, or start again.',
};
