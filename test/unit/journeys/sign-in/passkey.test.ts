/** Passkeys whose counter grows, as the authenticators of hardware count. */
import { describe, expect, test } from '@jest/globals';
import { addPasskey } from '../../../../lambdas/capabilities/accounts/owner.transitions.ts';
import { judgeRegistration } from '../../../../lambdas/capabilities/passkeys/passkey-proof.ts';
import {
  bytesOf,
  relyingPartyOf,
} from '../../../../lambdas/capabilities/passkeys/passkeys.rules.ts';
import { randomSecret } from '../../../../lambdas/ground/platform/random.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, aPasskey } from '../../../fakes/builders.ts';
import { Authenticator } from '../../../journeys/clients/authenticator.ts';
import { SignIn } from './sign-in.ts';

const HERE = { origin: 'https://portal.example', rpId: 'portal.example' };

async function withPasskey() {
  const backend = new Backend();
  const account = await backend.has(anAccount());
  const authenticator = new Authenticator();
  const challenge = randomSecret();
  const credential = authenticator.create({ challenge, user: { id: bytesOf('pat') } }, HERE);
  const made = await judgeRegistration(relyingPartyOf(backend.settings), credential, challenge);
  await backend.write(
    backend.accounts.apply(account, addPasskey(10)),
    backend.passkeys.add(aPasskey(made)),
  );
  return { backend, authenticator };
}

describe('a passkey', () => {
  test('without a password is the same proof where its answer is repeated', async () => {
    const { backend, authenticator } = await withPasskey();
    const signIn = await SignIn.withoutPassword(backend);
    const passkey = authenticator.get(bytesOf(signIn.shown.state.nonce ?? ''), HERE);
    expect(await signIn.judge({ passkey })).toBe(true);
    expect(await signIn.judge({ passkey })).toBe(true);
    expect(backend.eventNames()).toEqual(['PASSKEY_PROVEN', 'SIGNED_IN']);
  });

  test('after a password is the same proof where its answer is repeated', async () => {
    const { backend, authenticator } = await withPasskey();
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'PASSKEY' });
    const { parameters } = signIn;
    const options = parameters.challenge === 'USE_PASSKEY' ? parameters.options : '';
    const { challenge } = JSON.parse(options) as { challenge: string };
    const passkey = authenticator.get(challenge, HERE);
    expect(await signIn.judge({ passkey })).toBe(true);
    expect(await signIn.judge({ passkey })).toBe(true);
    expect(backend.eventNames()).toEqual(['PASSKEY_PROVEN', 'SIGNED_IN']);
  });

  test('that was copied is refused and recorded', async () => {
    const { backend, authenticator } = await withPasskey();
    const first = await SignIn.withoutPassword(backend);
    const nonceOf = ({ shown }: SignIn) => bytesOf(shown.state.nonce ?? '');
    await first.answer({ passkey: authenticator.get(nonceOf(first), HERE) });
    authenticator.counter = 1;
    const second = await SignIn.withoutPassword(backend);
    expect(await second.answer({ passkey: authenticator.get(nonceOf(second), HERE) })).toBe(false);
    expect(backend.eventNames().at(-1)).toBe('PASSKEY_CLONED');
  });
});
