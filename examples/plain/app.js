/**
 * A portal of one page: password, code by text message, Remember Me, terms, and who signed in;
 * registering with an NPI and a code, and resetting a password.
 */
import { createAuthClient } from '@portal-auth/client';
import { ask, say } from './form.js';
import { register } from './register.js';
import { reset } from './reset.js';

const config = await (await fetch('./config.json')).json();
// Codes come in the language of this page, and not in the browser's.
const client = createAuthClient({ ...config, language: () => document.documentElement.lang });

/** Answers one challenge. If it is shown again, the reason is above the form. */
async function answer(signIn, { challenge, refusal }) {
  say(refusal?.code ?? '');
  switch (challenge.challenge) {
    case 'CHOOSE_FACTOR':
      await ask(`Text a code to ${challenge.maskedPhone ?? challenge.maskedEmail}`, {}, 'Send');
      return signIn.chooseFactor(challenge.factors.split(',')[0]);
    case 'ENTER_CODE': {
      const typed = await ask(`Sent to ${challenge.destination}`, { Code: 'text' }, 'Verify');
      return signIn.enterCode(typed.get('Code'));
    }
    case 'ACCEPT_TERMS':
      await ask(`Terms ${challenge.termsVersion}`, {}, 'Accept');
      return signIn.acceptTerms(challenge.termsVersion);
    default:
      throw new Error(`${challenge.challenge} is not part of this example.`);
  }
}

/** What the links of the page lead to. Each ends with a ticket, which signs in once. */
const WAYS = { '#register': register, '#reset': reset };
addEventListener('hashchange', () => location.reload());

async function begin() {
  const way = WAYS[location.hash];
  if (way !== undefined) {
    const { email, ticket } = await way(client);
    history.replaceState(null, '', location.pathname);
    const signIn = client.openSignIn({ email, loginMethod: 'PHONE', remember: false });
    return [signIn, await signIn.withTicket(ticket)];
  }
  const device = await client.rememberedDevice('PHONE');
  if (device !== undefined) {
    const signIn = client.openSignIn({ ...device, remember: true });
    return [signIn, await signIn.withDevice(device)];
  }
  const typed = await ask(
    'Sign in',
    { Email: 'email', Password: 'password', Remember: 'checkbox' },
    'Next',
  );
  const signIn = client.openSignIn({
    email: typed.get('Email'),
    loginMethod: 'PHONE',
    remember: typed.has('Remember'),
  });
  return [signIn, await signIn.withPassword(typed.get('Password'))];
}

let [signIn, state] = await begin();
while (state.kind !== 'SIGNED_IN') {
  if (state.kind === 'CHALLENGE') {
    state = await answer(signIn, state);
  } else {
    say(state.refusal.code);
    [signIn, state] = await begin();
  }
}

const me = await client.signedIn.me();
say('');
await ask(me.ok ? `Welcome, ${me.value.firstName}` : me.refusal.code, {}, 'Sign out');
await client.session.signOut();
location.reload();
