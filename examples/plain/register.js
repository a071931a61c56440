/** Registering with an NPI and a registration code, to sign in by phone. */
import { askEachStep, askUntilAccepted } from './form.js';

/** @returns the address and the ticket to sign in with */
export async function register({ providerRegistration, registration }) {
  const { provider } = await askUntilAccepted({
    title: 'Register',
    fields: { NPI: 'text', 'Registration code': 'text' },
    button: 'Next',
    send: (typed) => providerRegistration.start(typed.get('NPI'), typed.get('Registration code')),
  });
  const { maskedEmail } = await askUntilAccepted({
    title: `Register at ${provider.name}`,
    fields: {
      Username: 'text',
      'First name': 'text',
      'Last name': 'text',
      Email: 'email',
      Phone: 'tel',
    },
    button: 'Register',
    send: (typed) =>
      providerRegistration.createAccount({
        username: typed.get('Username'),
        firstName: typed.get('First name'),
        lastName: typed.get('Last name'),
        email: typed.get('Email'),
        phone: typed.get('Phone'),
      }),
  });
  // The link leads to the portal of the stage. This page takes it by hand, for the token after #.
  const opened = await askUntilAccepted({
    title: `A link was mailed to ${maskedEmail}`,
    fields: { Link: 'url' },
    button: 'Open',
    send: (typed) => registration.openByLink(typed.get('Link').split('#')[1] ?? ''),
  });
  return await askEachStep(opened, stepsOf(registration));
}

function stepsOf(registration) {
  return {
    CHOOSE_METHOD: () => ({
      title: 'Sign in by phone',
      button: 'Next',
      send: () => registration.chooseMethod('PHONE'),
    }),
    ENTER_EMAIL: () => ({
      title: 'Work e-mail address',
      fields: { Email: 'email' },
      button: 'Send',
      send: (typed) => registration.enterEmail(typed.get('Email')),
    }),
    VERIFY_EMAIL: ({ maskedEmail }) => ({
      title: `Sent to ${maskedEmail}`,
      fields: { Code: 'text' },
      button: 'Verify',
      send: (typed) => registration.verifyEmail(typed.get('Code')),
    }),
    SET_PASSWORD: () => ({
      title: 'Set a password',
      fields: { Password: 'password' },
      button: 'Next',
      send: (typed) => registration.setPassword(typed.get('Password')),
    }),
    ENTER_PHONE: () => ({
      title: 'Phone number',
      fields: { Phone: 'tel' },
      button: 'Send',
      send: (typed) => registration.phone.enter(typed.get('Phone'), 'SMS'),
    }),
    VERIFY_PHONE: ({ maskedPhone }) => ({
      title: `Sent to ${maskedPhone}`,
      fields: { Code: 'text' },
      button: 'Verify',
      send: (typed) => registration.phone.verify(typed.get('Code')),
    }),
  };
}
