/**
 * The rounds of a custom sign-in: define decides, create makes a challenge, verify checks an answer
 * (developer guide, "Custom authentication challenge Lambda triggers").
 */
import { AwsError } from '../gateway/aws-error.ts';
import { definite } from '../definite.ts';
import { notAuthorized } from './errors.ts';
import type { AuthFlow } from './sessions.ts';
import type { RoundServices, TokenServices } from './services.ts';
import { beginExchange, type Verifier } from './srp.ts';
import { issueAfterGate } from './token-gate.ts';
import { CREATE, DEFINE, VERIFY } from './triggers.ts';

/** A flow between two rounds, without the challenge that waits. */
export type OpenFlow = Omit<AuthFlow, 'pending'>;

/** What the client sent with the round for the triggers. */
export interface RoundInput {
  clientMetadata: Record<string, string> | undefined;
  /** For a flow that began with SRP_A: the client's A, and the verifier of the password. */
  srp?: { clientPublicHex: string; verifier: Verifier; userId: string };
}

/** Does what define decides. @returns the operation's output */
export async function nextRound(
  services: RoundServices,
  flow: OpenFlow,
  input: RoundInput,
): Promise<object> {
  const response = await services.callTrigger(DEFINE, {
    source: 'DefineAuthChallenge_Authentication',
    clientId: flow.client.id,
    subject: flow.subject,
    request: { session: flow.history, ...aboutCaller(flow, input) },
    response: {
      challengeName: null,
      issueTokens: null,
      failAuthentication: null,
    },
  });
  if (response.failAuthentication === true) throw notAuthorized();
  if (response.issueTokens === true)
    return await issueTokens(services, flow, {
      source: 'TokenGeneration_Authentication',
      clientMetadata: input.clientMetadata,
    });
  if (response.challengeName === 'PASSWORD_VERIFIER' && input.srp !== undefined)
    return askForPassword(services, flow, input.srp);
  if (response.challengeName === 'CUSTOM_CHALLENGE')
    return await askCustomChallenge(services, flow, input);
  throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

function askForPassword(
  { sessions }: RoundServices,
  flow: OpenFlow,
  { clientPublicHex, verifier, userId }: NonNullable<RoundInput['srp']>,
): object {
  const exchange = beginExchange(verifier, clientPublicHex);
  if (exchange === undefined) throw notAuthorized();
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: sessions.open({
      ...flow,
      pending: { name: 'PASSWORD_VERIFIER', exchange },
    }),
    ChallengeParameters: {
      SALT: exchange.saltHex,
      SRP_B: exchange.serverPublicHex,
      SECRET_BLOCK: exchange.secretBlock,
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  };
}

async function askCustomChallenge(
  services: RoundServices,
  flow: OpenFlow,
  input: RoundInput,
): Promise<object> {
  const response = await services.callTrigger(CREATE, {
    source: 'CreateAuthChallenge_Authentication',
    clientId: flow.client.id,
    subject: flow.subject,
    request: {
      challengeName: 'CUSTOM_CHALLENGE',
      session: flow.history,
      ...aboutCaller(flow, input),
    },
    response: {
      publicChallengeParameters: null,
      privateChallengeParameters: null,
      challengeMetadata: null,
    },
  });
  const privateParameters = stringMap(response.privateChallengeParameters);
  if (Object.keys(privateParameters).length === 0) throw notAuthorized();
  const { challengeMetadata, publicChallengeParameters } = response;
  const metadata = typeof challengeMetadata === 'string' ? challengeMetadata : null;
  const pending = {
    name: 'CUSTOM_CHALLENGE' as const,
    privateParameters,
    metadata,
  };
  return {
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: services.sessions.open({ ...flow, pending }),
    ChallengeParameters: {
      USERNAME: flow.subject.sub,
      ...stringMap(publicChallengeParameters),
    },
  };
}

/** Lets verify check an answer, and begins the next round. */
export async function judgeAnswer(
  services: RoundServices,
  flow: AuthFlow,
  answer: string,
  input: RoundInput,
): Promise<object> {
  if (flow.pending.name !== 'CUSTOM_CHALLENGE')
    throw notAuthorized('Invalid session for the user.');
  const response = await services.callTrigger(VERIFY, {
    source: 'VerifyAuthChallengeResponse_Authentication',
    clientId: flow.client.id,
    subject: flow.subject,
    request: {
      privateChallengeParameters: flow.pending.privateParameters,
      challengeAnswer: answer,
      ...aboutCaller(flow, input),
    },
    response: { answerCorrect: null },
  });
  if (typeof response.answerCorrect !== 'boolean')
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  const entry = {
    challengeName: 'CUSTOM_CHALLENGE',
    challengeResult: response.answerCorrect,
    challengeMetadata: flow.pending.metadata,
  };
  return await nextRound(services, { ...flow, history: [...flow.history, entry] }, input);
}

/** Completes a flow: the token gate, then tokens and a new sign-in. */
export async function issueTokens(
  services: TokenServices,
  { client, subject, eventId }: OpenFlow,
  { source, clientMetadata }: RoundInput & { source: string },
): Promise<object> {
  const user = subject.user && services.users.find(subject.user.sub);
  if (user === undefined) throw notAuthorized();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const { signIns, clock } = services;
  return await issueAfterGate(services, { user, source, client, clientMetadata, eventId }, () =>
    signIns.begin(user.sub, client, clock.now()),
  );
}

function aboutCaller(
  { subject }: OpenFlow,
  { clientMetadata }: RoundInput,
): Record<string, unknown> {
  return {
    userNotFound: subject.user === undefined,
    ...definite({ clientMetadata }),
  };
}

function stringMap(value: unknown): Record<string, string> {
  if (value === null || value === undefined) return {};
  const entries =
    typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : undefined;
  if (entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string') !== true) {
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
  return Object.fromEntries(entries);
}
