import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { definite } from '../../definite.ts';
import { AwsError } from '../../gateway/aws-error.ts';
import { nextRound, type RoundInput } from '../custom-auth.ts';
import { invalidParameter, missing, notAuthorized, userNotFound } from '../errors.ts';
import { clientOf } from '../lookups.ts';
import { operation, text, textMap } from '../operation.ts';
import { simulatedUser } from '../passwords.ts';
import type { Pool, PoolClient } from '../pool.ts';
import { refreshTokens } from '../refresh.ts';
import type { CognitoServices, RoundServices } from '../services.ts';
import type { Subject } from '../sessions.ts';
import type { User } from '../users.ts';

const Request = z.object({
  ClientId: text,
  AuthFlow: text,
  AuthParameters: textMap,
});

type Services = RoundServices & Pick<CognitoServices, 'simulationSecret'>;

const REFRESH_FLOWS = new Set(['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN']);
const PASSWORD_FLOWS = new Set(['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH']);
const ADMIN_FLOWS = new Set(['ADMIN_NO_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH']);
const SRP_ROUND = {
  challengeName: 'SRP_A',
  challengeResult: true,
  challengeMetadata: null,
};

/** InitiateAuth: CUSTOM_AUTH with or without SRP_A, and the refresh flow. */
export const initiateAuth = operation(Request, async (services: Services, request) => {
  const { AuthFlow: flow, AuthParameters: parameters = {} } = request;
  const client = clientOf(services.pool, request.ClientId);
  if (REFRESH_FLOWS.has(flow)) {
    requireFlow(client, 'REFRESH_TOKEN_AUTH');
    const refreshToken = parameters.REFRESH_TOKEN;
    return await refreshTokens(services, {
      client,
      refreshToken,
      clientMetadata: undefined,
    });
  }
  if (flow !== 'CUSTOM_AUTH') throw otherFlow(client, flow);
  requireFlow(client, flow);
  return await beginCustomAuth(services, client, parameters);
});

function requireFlow(client: PoolClient, flow: string): void {
  if (!client.flows.has(`ALLOW_${flow}`))
    throw invalidParameter(`${flow} flow not enabled for this client`);
}

function otherFlow(client: PoolClient, flow: string): AwsError {
  if (PASSWORD_FLOWS.has(flow)) {
    requireFlow(client, flow);
    const message = `The client allows ${flow}, which the local machine does not run.`;
    return new AwsError('InternalErrorException', message, 500);
  }
  if (ADMIN_FLOWS.has(flow)) return invalidParameter('Initiate Auth method not supported.');
  return invalidParameter(
    `1 validation error detected: Value '${flow}' at 'authFlow' failed to satisfy constraint: ` +
      'Member must satisfy enum value set',
  );
}

/** ClientMetadata of InitiateAuth does not reach these triggers. */
async function beginCustomAuth(
  services: Services,
  client: PoolClient,
  parameters: Record<string, string>,
): Promise<object> {
  const { pool, users, simulationSecret } = services;
  requireTriggers(pool);
  const username = parameters.USERNAME ?? '';
  if (username === '') throw missing('USERNAME');
  const user = users.find(username);
  if (user !== undefined) checkMaySignIn(user);
  else if (!client.hidesExistence) throw userNotFound();
  const simulated = simulatedUser(username, simulationSecret);
  const subject: Subject = { sub: user?.sub ?? simulated.sub, user };
  // A user without a password gets a verifier that matches no password.
  const verifier = user?.password ?? simulated.verifier;
  const clientPublicHex = srpOf(parameters);
  const srp = clientPublicHex && {
    clientPublicHex,
    verifier,
    userId: subject.sub,
  };
  const round: RoundInput = {
    clientMetadata: undefined,
    ...definite({ srp: srp === '' ? undefined : srp }),
  };
  const history = round.srp === undefined ? [] : [SRP_ROUND];
  return await nextRound(
    services,
    {
      client,
      subject,
      history,
      eventId: randomUUID(),
    },
    round,
  );
}

function requireTriggers({ triggers: { define, create, verify } }: Pool): void {
  if ([define, create, verify].includes(undefined))
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
}

/** The client's A, where the flow begins with the password. */
function srpOf({ SRP_A, CHALLENGE_NAME = 'SRP_A' }: Record<string, string>): string | undefined {
  return CHALLENGE_NAME === 'SRP_A' ? SRP_A : undefined;
}

function checkMaySignIn(user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'UNCONFIRMED')
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.status === 'RESET_REQUIRED')
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
}
