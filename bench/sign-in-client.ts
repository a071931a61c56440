/** A complete sign-in by e-mail over HTTP, as a client performs it. */
import { setTimeout } from 'node:timers/promises';
import { createSrpClient } from '../test/clients/srp-client.ts';
import type { LocalRun } from './measure.ts';

export const LEE = { email: 'lee.admin@lakeside.example', password: 'Correct-Horse-9-Battery' };

interface CognitoAnswer {
  __type?: string;
  message?: string;
  Session?: string;
  ChallengeParameters?: Record<string, string>;
  AuthenticationResult?: { AccessToken: string };
}

async function call(
  { endpoint }: LocalRun,
  operation: string,
  input: object,
): Promise<CognitoAnswer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  return (await response.json()) as CognitoAnswer;
}

/** Starts a sign-in by SRP. @returns Cognito's answers to the start and to the password's proof */
export async function startSignIn(
  run: LocalRun,
  { email, password }: typeof LEE,
): Promise<{ begun: CognitoAnswer; proven: CognitoAnswer }> {
  const { userPoolId, userPoolClientId: ClientId } = run.outputs;
  const srp = createSrpClient();
  const begun = await call(run, 'InitiateAuth', {
    ClientId,
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: email, SRP_A: srp.srpA, CHALLENGE_NAME: 'SRP_A' },
  });
  const ChallengeResponses = srp.answer(userPoolId, password, begun.ChallengeParameters);
  const proven = await call(run, 'RespondToAuthChallenge', {
    ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: begun.Session,
    ChallengeResponses,
  });
  return { begun, proven };
}

/** Signs in. @returns the access token */
export async function signInByEmail(run: LocalRun, person: typeof LEE): Promise<string> {
  let token = '';
  for (const { take } of stepsOfSignIn(run, person)) token = await take();
  return token;
}

/** The steps of a sign-in, to be taken in their order. The last one gives the access token. */
export function stepsOfSignIn(
  run: LocalRun,
  person: typeof LEE,
): { name: string; take: () => Promise<string> }[] {
  const { email } = person;
  let session: string | undefined;
  let code = '';
  const answer = async (given: object): Promise<string> => {
    const answered = await call(run, 'RespondToAuthChallenge', {
      ClientId: run.outputs.userPoolClientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: session,
      ChallengeResponses: { USERNAME: email, ANSWER: JSON.stringify(given) },
    });
    if (answered.__type !== undefined) throw new Error(`Refused: ${JSON.stringify(answered)}`);
    session = answered.Session;
    return answered.AuthenticationResult?.AccessToken ?? '';
  };
  return [
    {
      name: 'password',
      async take() {
        session = (await startSignIn(run, person)).proven.Session;
        return '';
      },
    },
    { name: 'factor', take: () => answer({ factor: 'EMAIL' }) },
    {
      name: 'reading the mail',
      async take() {
        code = await newestCode(run.endpoint, email);
        return '';
      },
    },
    { name: 'code', take: () => answer({ code }) },
  ];
}

async function newestCode(endpoint: string, email: string): Promise<string> {
  const messages = (await (
    await fetch(`${endpoint}/_local/messages?to=${encodeURIComponent(email)}&channel=EMAIL`)
  ).json()) as { text: string }[];
  return /(?<!\d)\d{6}(?!\d)/.exec(messages[0]?.text ?? '')?.[0] ?? '';
}

/**
 * Moves the clock on, so that limits start afresh, and waits for what that brings about, such as
 * the nightly sweep.
 * @param advanceSeconds a day by default
 */
export async function nextQuarter({ endpoint }: LocalRun, advanceSeconds = 86_400): Promise<void> {
  await fetch(`${endpoint}/_local/clock`, {
    method: 'POST',
    body: JSON.stringify({ advanceSeconds }),
  });
  await fetch(`${endpoint}/_local/messages`, { method: 'DELETE' });
  while (await isAtWork(endpoint)) await setTimeout(20);
}

async function isAtWork(endpoint: string): Promise<boolean> {
  const { underWay } = (await (await fetch(`${endpoint}/_local/work`)).json()) as {
    underWay: boolean;
  };
  return underWay;
}
