import { issueTokens, judgeAnswer, nextRound } from '../custom-auth.ts';
import { invalidParameter, missing, notAuthorized } from '../errors.ts';
import { clientOf, optionalText, requiredText, textMap } from '../input.ts';
import { checkPassword, poolName } from '../passwords.ts';
import type { CognitoServices, Operation } from '../services.ts';
import type { AuthFlow } from '../sessions.ts';
import { makeVerifier, signatureMatches, type SrpExchange } from '../srp.ts';

type Responses = Record<string, string>;

const ANSWERABLE = new Set(['PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE', 'NEW_PASSWORD_REQUIRED']);

/** RespondToAuthChallenge: every round after the first. Whatever the round does, it spends its session. */
export const respondToAuthChallenge: Operation = (services) => async (_call, input) => {
  const client = clientOf(services.pool, input);
  const name = requiredText(input, 'ChallengeName');
  if (!ANSWERABLE.has(name))
    throw invalidParameter(`Challenge ${name} is not one that this user pool asks.`);
  const responses = textMap(input, 'ChallengeResponses');
  if (responses.USERNAME === undefined) throw missing('USERNAME');
  const { fingerprint, flow: stored } = services.sessions.peek(
    optionalText(input, 'Session'),
    responses.PASSWORD_CLAIM_SECRET_BLOCK,
  );
  checkRound(services, stored, client.id, name, responses);
  const flow = withCurrentUser(services, stored);
  services.sessions.spend(fingerprint);
  const clientMetadata =
    input.ClientMetadata === undefined || input.ClientMetadata === null
      ? undefined
      : textMap(input, 'ClientMetadata');
  if (flow.pending.name === 'PASSWORD_VERIFIER')
    return await proveAndGoOn(services, flow, flow.pending.exchange, responses, clientMetadata);
  if (flow.pending.name === 'NEW_PASSWORD_REQUIRED')
    return await changePassword(services, flow, responses, clientMetadata);
  return await judgeAnswer(services, flow, responses.ANSWER ?? '', { clientMetadata });
};

/** Refuses, without spending the session, what does not belong to the flow's pending challenge. */
function checkRound(
  { users }: CognitoServices,
  flow: AuthFlow,
  clientId: string,
  name: string,
  responses: Responses,
): void {
  const named = users.find(responses.USERNAME ?? '')?.sub ?? responses.USERNAME;
  const sameUser = named === flow.subject.sub || flow.subject.user === undefined;
  if (flow.client.id !== clientId || flow.pending.name !== name || !sameUser)
    throw notAuthorized('Invalid session for the user.');
  if (name === 'CUSTOM_CHALLENGE' && (responses.ANSWER === undefined || responses.ANSWER === ''))
    throw missing('ANSWER');
  if (name === 'PASSWORD_VERIFIER') {
    for (const required of [
      'PASSWORD_CLAIM_SECRET_BLOCK',
      'PASSWORD_CLAIM_SIGNATURE',
      'TIMESTAMP',
    ]) {
      if (responses[required] === undefined) throw missing(required);
    }
  }
}

/** What happened to the user since the last round holds from now on. */
function withCurrentUser({ users }: CognitoServices, flow: AuthFlow): AuthFlow {
  if (flow.subject.user === undefined) return flow;
  const user = users.find(flow.subject.sub);
  if (user === undefined) throw notAuthorized();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return { ...flow, subject: { sub: user.sub, user } };
}

/** A wrong password ends the flow here: define is not asked (inferred). */
async function proveAndGoOn(
  services: CognitoServices,
  flow: AuthFlow,
  exchange: SrpExchange,
  responses: Responses,
  clientMetadata: Responses | undefined,
): Promise<object> {
  const { pool, lockout, clock } = services;
  const { sub, user } = flow.subject;
  if (lockout.isLocked(sub, clock.now())) throw notAuthorized('Password attempts exceeded');
  const proven =
    responses.PASSWORD_CLAIM_SECRET_BLOCK === exchange.secretBlock &&
    signatureMatches(
      exchange,
      poolName(pool),
      sub,
      responses.TIMESTAMP ?? '',
      responses.PASSWORD_CLAIM_SIGNATURE ?? '',
    );
  if (!proven || user === undefined) {
    lockout.failed(sub, clock.now());
    throw notAuthorized();
  }
  lockout.succeeded(sub);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askForNewPassword(services, flow);
  const history = [
    ...flow.history,
    { challengeName: 'PASSWORD_VERIFIER', challengeResult: true, challengeMetadata: null },
  ];
  return await nextRound(services, { ...flow, history }, { clientMetadata });
}

/** Here Cognito leaves the custom challenges out altogether. */
function askForNewPassword({ sessions }: CognitoServices, flow: AuthFlow): object {
  const { sub, user } = flow.subject;
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: sessions.open({ ...flow, pending: { name: 'NEW_PASSWORD_REQUIRED' } }),
    ChallengeParameters: {
      USER_ID_FOR_SRP: sub,
      USERNAME: sub,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(user?.attributes ?? {}),
    },
  };
}

async function changePassword(
  services: CognitoServices,
  flow: AuthFlow,
  responses: Responses,
  clientMetadata: Responses | undefined,
): Promise<object> {
  const { pool, users, clock } = services;
  const password = responses.NEW_PASSWORD;
  if (password === undefined) throw missing('NEW_PASSWORD');
  checkPassword(pool, password);
  const user = users.get(flow.subject.sub);
  users.save(
    { ...user, status: 'CONFIRMED', password: makeVerifier(poolName(pool), user.sub, password) },
    clock.now(),
  );
  return await issueTokens(services, flow, 'TokenGeneration_NewPasswordChallenge', clientMetadata);
}
