import { randomUUID } from 'node:crypto';
import { AwsError } from '../../gateway/aws-error.ts';
import { nextRound, type RoundInput } from '../custom-auth.ts';
import { invalidParameter, missing, notAuthorized, userNotFound } from '../errors.ts';
import { clientOf, optionalText, requiredText, textMap } from '../input.ts';
import { simulatedUser } from '../passwords.ts';
import type { PoolClient } from '../pool.ts';
import { refreshTokens } from '../refresh.ts';
import type { CognitoServices, Operation } from '../services.ts';
import type { Subject } from '../sessions.ts';
import type { Verifier } from '../srp.ts';
import type { User } from '../users.ts';

const REFRESH_FLOWS = new Set(['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN']);
const PASSWORD_FLOWS = new Set(['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH']);
const ADMIN_FLOWS = new Set(['ADMIN_NO_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH']);

/** InitiateAuth: CUSTOM_AUTH with or without SRP_A, and the refresh flow. */
export const initiateAuth: Operation = (services) => async (_call, input) => {
  const client = clientOf(services.pool, input);
  const flow = requiredText(input, 'AuthFlow');
  const parameters = textMap(input, 'AuthParameters');
  if (REFRESH_FLOWS.has(flow)) {
    requireFlow(client, 'REFRESH_TOKEN_AUTH');
    return await refreshTokens(services, client, parameters.REFRESH_TOKEN, undefined);
  }
  if (PASSWORD_FLOWS.has(flow)) {
    requireFlow(client, flow);
    throw new AwsError(
      'InternalErrorException',
      `The client allows ${flow}, which the local machine does not run.`,
      500,
    );
  }
  if (ADMIN_FLOWS.has(flow)) throw invalidParameter('Initiate Auth method not supported.');
  if (flow !== 'CUSTOM_AUTH')
    throw invalidParameter(
      `1 validation error detected: Value '${flow}' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set`,
    );
  requireFlow(client, flow);
  return await beginCustomAuth(services, client, parameters);
};

function requireFlow(client: PoolClient, flow: string): void {
  if (!client.flows.has(`ALLOW_${flow}`))
    throw invalidParameter(`${flow} flow not enabled for this client`);
}

/** ClientMetadata of InitiateAuth does not reach these triggers. */
async function beginCustomAuth(
  services: CognitoServices,
  client: PoolClient,
  parameters: Record<string, string>,
): Promise<object> {
  const { pool, users, simulationSecret } = services;
  if (
    pool.triggers.define === undefined ||
    pool.triggers.create === undefined ||
    pool.triggers.verify === undefined
  ) {
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
  }
  const username = parameters.USERNAME;
  if (username === undefined || username === '') throw missing('USERNAME');
  const user = users.find(username);
  if (user !== undefined) checkMaySignIn(user);
  if (user === undefined && !client.hidesExistence) throw userNotFound();
  const simulated = simulatedUser(username, simulationSecret);
  const subject: Subject = { sub: user?.sub ?? simulated.sub, user };
  const clientPublicHex = optionalText(parameters, 'SRP_A');
  const usesSrp =
    clientPublicHex !== undefined && (parameters.CHALLENGE_NAME ?? 'SRP_A') === 'SRP_A';
  const round: RoundInput = {
    clientMetadata: undefined,
    ...(usesSrp
      ? {
          srp: {
            clientPublicHex,
            verifier: verifierOf(user, simulated.verifier),
            userId: subject.sub,
          },
        }
      : {}),
  };
  const history = usesSrp
    ? [{ challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null }]
    : [];
  return await nextRound(services, { client, subject, history, eventId: randomUUID() }, round);
}

/** A user without a password meets a verifier that no password fits. */
function verifierOf(user: User | undefined, simulated: Verifier): Verifier {
  return user?.password ?? simulated;
}

function checkMaySignIn(user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'UNCONFIRMED')
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.status === 'RESET_REQUIRED')
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
}
