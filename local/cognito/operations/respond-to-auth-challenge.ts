import { z } from 'zod';
import { issueTokens, judgeAnswer, nextRound } from '../custom-auth.ts';
import { invalidParameter, missing, notAuthorized } from '../errors.ts';
import { clientOf } from '../lookups.ts';
import { clientMetadata, operation, optionalText, text, textMap } from '../operation.ts';
import { checkPassword, poolName } from '../passwords.ts';
import type { CognitoServices, RoundServices } from '../services.ts';
import type { AuthFlow } from '../sessions.ts';
import { makeVerifier, signatureMatches, type SrpExchange } from '../srp.ts';

const Request = z.object({
  ClientId: text,
  ChallengeName: text,
  Session: optionalText,
  ChallengeResponses: textMap,
  ClientMetadata: clientMetadata,
});

type Services = RoundServices & Pick<CognitoServices, 'lockout'>;
type Responses = Record<string, string>;

/** An answer to the challenge of a flow. */
interface Round {
  flow: AuthFlow;
  responses: Responses;
  clientMetadata: Responses | undefined;
}

const ANSWERABLE = new Set(['PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE', 'NEW_PASSWORD_REQUIRED']);
const PROOF = ['PASSWORD_CLAIM_SECRET_BLOCK', 'PASSWORD_CLAIM_SIGNATURE', 'TIMESTAMP'];
const PASSWORD_ROUND = {
  challengeName: 'PASSWORD_VERIFIER',
  challengeResult: true,
  challengeMetadata: null,
};

/** RespondToAuthChallenge: every round after the first. A round that begins spends its session. */
export const respondToAuthChallenge = operation(Request, async (services: Services, request) => {
  const { ChallengeName: name, ChallengeResponses: responses = {} } = request;
  const client = clientOf(services.pool, request.ClientId);
  if (!ANSWERABLE.has(name))
    throw invalidParameter(`Challenge ${name} is not one that this user pool asks.`);
  if (responses.USERNAME === undefined) throw missing('USERNAME');
  const { fingerprint, flow: stored } = services.sessions.peek(
    request.Session,
    responses.PASSWORD_CLAIM_SECRET_BLOCK,
  );
  checkBelongs(services, stored, client.id, { name, responses });
  const flow = withCurrentUser(services, stored);
  services.sessions.spend(fingerprint);
  return await answerRound(services, {
    flow,
    responses,
    clientMetadata: request.ClientMetadata,
  });
});

async function answerRound(services: Services, round: Round): Promise<object> {
  const { flow, responses, clientMetadata } = round;
  switch (flow.pending.name) {
    case 'PASSWORD_VERIFIER':
      return await proveAndGoOn(services, round, flow.pending.exchange);
    case 'NEW_PASSWORD_REQUIRED':
      return await changePassword(services, round);
    case 'CUSTOM_CHALLENGE':
      return await judgeAnswer(services, flow, responses.ANSWER ?? '', { clientMetadata });
  }
}

/** Refuses, without spending the session, what does not belong to the flow's pending challenge. */
function checkBelongs(
  { users }: Pick<Services, 'users'>,
  flow: AuthFlow,
  clientId: string,
  { name, responses }: { name: string; responses: Responses },
): void {
  const named = users.find(responses.USERNAME ?? '')?.sub ?? responses.USERNAME;
  const sameUser = named === flow.subject.sub || flow.subject.user === undefined;
  if (flow.client.id !== clientId || flow.pending.name !== name || !sameUser)
    throw notAuthorized('Invalid session for the user.');
  if (name === 'CUSTOM_CHALLENGE' && (responses.ANSWER ?? '') === '') throw missing('ANSWER');
  const lacking = PROOF.find((required) => responses[required] === undefined);
  if (name === 'PASSWORD_VERIFIER' && lacking !== undefined) throw missing(lacking);
}

/** Applies what happened to the user since the last round. */
function withCurrentUser({ users }: Pick<Services, 'users'>, flow: AuthFlow): AuthFlow {
  if (flow.subject.user === undefined) return flow;
  const user = users.find(flow.subject.sub);
  if (user === undefined) throw notAuthorized();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return { ...flow, subject: { sub: user.sub, user } };
}

/** A wrong password ends the flow here: define is not called (inferred). */
async function proveAndGoOn(
  services: Services,
  { flow, responses, clientMetadata }: Round,
  exchange: SrpExchange,
): Promise<object> {
  const { lockout, clock } = services;
  const { sub, user } = flow.subject;
  if (lockout.isLocked(sub, clock.now())) throw notAuthorized('Password attempts exceeded');
  if (!proves(services, sub, exchange, responses) || user === undefined) {
    lockout.failed(sub, clock.now());
    throw notAuthorized();
  }
  lockout.succeeded(sub);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askForNewPassword(services, flow);
  const history = [...flow.history, PASSWORD_ROUND];
  return await nextRound(services, { ...flow, history }, { clientMetadata });
}

function proves(
  { pool }: Pick<Services, 'pool'>,
  userId: string,
  exchange: SrpExchange,
  responses: Responses,
): boolean {
  const { PASSWORD_CLAIM_SIGNATURE: signature = '', TIMESTAMP: timestamp = '' } = responses;
  return (
    responses.PASSWORD_CLAIM_SECRET_BLOCK === exchange.secretBlock &&
    signatureMatches(exchange, {
      poolName: poolName(pool),
      userId,
      timestamp,
      signature,
    })
  );
}

/** With a temporary password Cognito leaves the custom challenges out altogether. */
function askForNewPassword({ sessions }: Pick<Services, 'sessions'>, flow: AuthFlow): object {
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
  services: Services,
  { flow, responses, clientMetadata }: Round,
): Promise<object> {
  const { pool, users, clock } = services;
  const chosen = responses.NEW_PASSWORD;
  if (chosen === undefined) throw missing('NEW_PASSWORD');
  checkPassword(pool, chosen);
  const user = users.get(flow.subject.sub);
  const password = makeVerifier(poolName(pool), user.sub, chosen);
  users.save(
    {
      ...user,
      status: 'CONFIRMED',
      password,
    },
    clock.now(),
  );
  const source = 'TokenGeneration_NewPasswordChallenge';
  return await issueTokens(services, flow, { source, clientMetadata });
}
