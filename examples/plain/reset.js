/**
 * Resetting a password: a code by e-mail, where the account has a phone one by text, the
 * password.
 */
import { askEachStep, askUntilAccepted } from './form.js';

/** @returns the address and the ticket to sign in with */
export async function reset({ passwordReset }) {
  const opened = await askUntilAccepted({
    title: 'Reset the password',
    fields: { Email: 'email' },
    button: 'Next',
    send: (typed) => passwordReset.start(typed.get('Email')),
  });
  const { ticket } = await askEachStep(opened, stepsOf(passwordReset));
  return { email: passwordReset.email, ticket };
}

function stepsOf(passwordReset) {
  return {
    VERIFY_EMAIL: ({ maskedEmail }) => ({
      title: `Sent to ${maskedEmail}, if it is registered`,
      fields: { Code: 'text' },
      button: 'Verify',
      send: (typed) => passwordReset.verifyEmail(typed.get('Code')),
    }),
    CHOOSE_CHANNEL: ({ maskedPhone }) => ({
      title: `Text a code to ${maskedPhone}`,
      button: 'Send',
      send: () => passwordReset.chooseChannel('SMS'),
    }),
    VERIFY_PHONE: ({ maskedPhone }) => ({
      title: `Sent to ${maskedPhone}`,
      fields: { Code: 'text' },
      button: 'Verify',
      send: (typed) => passwordReset.verifyPhone(typed.get('Code')),
    }),
    SET_PASSWORD: () => ({
      title: 'Set a new password',
      fields: { Password: 'password' },
      button: 'Next',
      send: (typed) => passwordReset.setPassword(typed.get('Password')),
    }),
  };
}
