/** A portal of one page: password, code by text message, Remember Me, terms, and who signed in. */
import { createAuthClient } from '@portal-auth/client';

const client = createAuthClient(await (await fetch('./config.json')).json());
const form = document.querySelector('#form');
const heading = document.querySelector('h1');
const said = document.querySelector('#said');

/** Shows a form of these fields, and resolves with what was typed. */
function ask(title, fields, button) {
  heading.textContent = title;
  form.replaceChildren(
    ...Object.entries(fields).map(([name, type]) => {
      const label = document.createElement('label');
      const input = Object.assign(document.createElement('input'), { name, type });
      label.append(`${name} `, input);
      return label;
    }),
    Object.assign(document.createElement('button'), { textContent: button }),
  );
  return new Promise((typed) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      typed(new FormData(form));
    };
  });
}

/** Answers one challenge. A reason why it is shown again stands above the form. */
async function answer(signIn, { challenge, refusal }) {
  said.textContent = refusal?.code ?? '';
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

async function begin() {
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
    said.textContent = state.refusal.code;
    [signIn, state] = await begin();
  }
}

const me = await client.signedIn.me();
said.textContent = '';
await ask(me.ok ? `Welcome, ${me.value.firstName}` : me.refusal.code, {}, 'Sign out');
await client.session.signOut();
location.reload();
