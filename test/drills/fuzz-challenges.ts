/** Hostile answers to every challenge: none brings tokens, and each is refused as documented. */
import fc from 'fast-check';
import type { Challenge } from '../../contract/challenge-names.ts';
import { Authenticator } from '../journeys/clients/authenticator.ts';
import { ERIN, LEE, type Machine, PASSWORD, PAT } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { NEW_PASSWORD, Registrant } from '../journeys/clients/registrant.ts';
import { bent } from './bent.ts';

const REFUSALS = new Set([
  'NotAuthorizedException',
  'InvalidParameterException',
  'TooManyRequestsException',
]);

const KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };
const ASSERTION = {
  id: 'eA',
  rawId: 'eA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'e30', authenticatorData: 'eA', signature: 'eA' },
};

const ANSWER = fc.oneof(
  fc.constantFrom(
    ...['{"factor":"EMAIL"}', '{"factor":"SMS"}', '{"resend":true}', '{"code":"000000"}'],
    ...['{"call":"CONFIRMED"}', '{"ticket":"x"}', '{"passkey":{}}'],
  ),
  fc.json(),
  fc.string(),
  fc
    .oneof(
      bent({ code: '123456', rememberDevice: { publicKey: KEY, browser: 'Chrome, Linux' } }),
      bent({ deviceId: 'x'.repeat(43), loginMethod: 'EMAIL', signature: 'x'.repeat(86) }),
      bent({ passkey: ASSERTION }),
      bent({ ticket: 'x'.repeat(43), forgetDevice: 'x'.repeat(43) }),
      bent({ call: 'CONFIRMED', rememberDevice: { publicKey: KEY } }),
      bent({ code: 'AAAA-AAAA-AAAA' }),
      bent({ acceptTerms: '1999-01' }),
      bent({ factor: 'PASSKEY' }),
    )
    .map((one) => JSON.stringify(one)),
);

const RIVERA = 'jrivera@cedargrove.example';

/** How a sign-in comes to each challenge, and whose it is. */
const ROADS: Record<Challenge, { email: string; go: (user: PortalUser) => Promise<unknown> }> = {
  PROVE_DEVICE: { email: PAT.email, go: (user) => user.begin() },
  CHOOSE_FACTOR: { email: PAT.email, go: (user) => user.provePassword(PASSWORD) },
  ENTER_CODE: { email: ERIN.email, go: (user) => choose(user, 'EMAIL') },
  CONFIRM_CALL: { email: PAT.email, go: (user) => choose(user, 'CALL') },
  USE_PASSKEY: { email: LEE.email, go: (user) => choose(user, 'PASSKEY') },
  /** Erin has not accepted the terms. */
  ACCEPT_TERMS: {
    email: ERIN.email,
    async go(user) {
      await user.provePassword(PASSWORD);
      await user.answer({ code: await user.sendCode('EMAIL', ERIN.email) });
    },
  },
  REGISTRATION_INCOMPLETE: { email: RIVERA, go: (user) => user.provePassword(NEW_PASSWORD) },
};

async function choose(user: PortalUser, factor: string): Promise<void> {
  await user.provePassword(PASSWORD);
  await user.answer({ factor });
}

/** A passkey of Lee, and a registration that ends half-way. */
async function prepare(machine: Machine): Promise<void> {
  const { AccessToken } = await new PortalUser(machine, LEE.email).signIn(
    PASSWORD,
    'EMAIL',
    LEE.email,
  );
  const options = (await machine.api('POST', '/me/passkeys/options', {}, AccessToken))
    .body as Parameters<Authenticator['create']>[0];
  const here = { origin: machine.outputs.portalUrl, rpId: 'localhost' };
  const body = { name: 'Desk', credential: new Authenticator().create(options, here) };
  await machine.api('POST', '/me/passkeys', body, AccessToken);
  const registrant = new Registrant(machine);
  await registrant.open({ username: 'jrivera', password: 'Portal-Pass-2024' });
  await registrant.step('PUT', '/method', { method: 'PHONE' });
  await registrant.verifyEmail(RIVERA);
  await registrant.step('PUT', '/password', { password: NEW_PASSWORD });
}

/**
 * One property for each challenge, and one for an address that nobody has.
 * @throws Error if a sign-in does not come to its challenge
 */
export async function challengeProperties(
  machine: Machine,
): Promise<fc.IAsyncProperty<[unknown[]]>[]> {
  await prepare(machine);
  for (const [challenge, { email, go }] of Object.entries(ROADS)) {
    const user = new PortalUser(machine, email);
    await go(user);
    if (user.round.challenge !== challenge)
      throw new Error(`${challenge} is not reached: ${JSON.stringify(user.round)}`);
    await machine.advance(3_700);
  }
  const unknown = { ...ROADS.PROVE_DEVICE, email: 'nobody@cedargrove.example' };
  return [...Object.values(ROADS), unknown].map((road) => hostile(machine, road));
}

function hostile(
  machine: Machine,
  { email, go }: (typeof ROADS)[Challenge],
): fc.IAsyncProperty<[unknown[]]> {
  const answers = fc.array(ANSWER, { minLength: 1, maxLength: 5 });
  return fc.asyncProperty(answers, async (given) => {
    const user = new PortalUser(machine, email);
    await go(user);
    for (const answer of given) {
      if (user.round.session === undefined) break;
      await user.answer(answer);
    }
    const { error, tokens } = user.round;
    if (tokens !== undefined) throw new Error('brought tokens');
    if (error !== undefined && !REFUSALS.has(error)) throw new Error(`answered ${error}`);
    // Every hour has its budgets.
    await machine.advance(3_700);
  });
}
