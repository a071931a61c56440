/** A whole e-mail sign-in over the wire, as a client makes it. */
import { createSrpClient, type PasswordChallenge } from '../test/clients/srp-client.ts';
import type { LocalRun } from './measure.ts';

export const LEE = { email: 'lee.admin@lakeside.example', password: 'Correct-Horse-9-Battery' };

interface CognitoAnswer {
  Session?: string;
  ChallengeParameters?: Record<string, string>;
  AuthenticationResult?: { AccessToken: string };
}

/** Signs in, and gives the access token. */
export async function signInByEmail({ endpoint, outputs }: LocalRun, { email, password }: typeof LEE): Promise<string> {
  const ClientId = outputs.userPoolClientId;
  const call = async (operation: string, input: object): Promise<CognitoAnswer> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
      body: JSON.stringify(input),
    });
    return (await response.json()) as CognitoAnswer;
  };
  const answer = (Session: string | undefined, given: object) =>
    call('RespondToAuthChallenge', { ClientId, ChallengeName: 'CUSTOM_CHALLENGE', Session, ChallengeResponses: { USERNAME: email, ANSWER: JSON.stringify(given) } });
  const srp = createSrpClient();
  const begun = await call('InitiateAuth', { ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: email, SRP_A: srp.srpA, CHALLENGE_NAME: 'SRP_A' } });
  const ChallengeResponses = srp.answer(outputs.userPoolId, password, begun.ChallengeParameters as unknown as PasswordChallenge);
  const chosen = await call('RespondToAuthChallenge', { ClientId, ChallengeName: 'PASSWORD_VERIFIER', Session: begun.Session, ChallengeResponses });
  const sent = await answer(chosen.Session, { factor: 'EMAIL' });
  const done = await answer(sent.Session, { code: await newestCode(endpoint, email) });
  if (done.AuthenticationResult === undefined) throw new Error(`No tokens: ${JSON.stringify({ sent, done })}`);
  return done.AuthenticationResult.AccessToken;
}

async function newestCode(endpoint: string, email: string): Promise<string> {
  const messages = (await (await fetch(`${endpoint}/_local/messages?to=${encodeURIComponent(email)}&channel=EMAIL`)).json()) as { text: string }[];
  return /(?<!\d)\d{6}(?!\d)/.exec(messages[0]?.text ?? '')?.[0] ?? '';
}

/** A budget of ten mails in a quarter of an hour is soon spent: the clock moves on. */
export async function nextQuarter({ endpoint }: LocalRun): Promise<void> {
  await fetch(`${endpoint}/_local/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds: 86_400 }) });
  await fetch(`${endpoint}/_local/messages`, { method: 'DELETE' });
}
