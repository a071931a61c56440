import { randomBytes } from 'node:crypto';
import type { LocalContext } from '../context.ts';
import { unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';
import { createPasswordLockout } from './lockout.ts';
import { readPool, type Pool } from './pool.ts';
import { createSessions, type StoredSession } from './sessions.ts';
import { createSignIns } from './sign-ins.ts';
import { loadSigningKey, type SigningKey } from './signing-keys.ts';
import { createTokens } from './tokens.ts';
import { createTriggerCaller } from './triggers.ts';
import { createUsers } from './users.ts';
import type { Operation } from './operation.ts';
import type { CognitoServices } from './services.ts';
import { createWellKnown } from './well-known.ts';
import { adminCreateUser } from './operations/admin-create-user.ts';
import { adminDeleteUser } from './operations/admin-delete-user.ts';
import { adminGetUser } from './operations/admin-get-user.ts';
import { adminSetUserPassword } from './operations/admin-set-user-password.ts';
import { adminDisableUser, adminEnableUser } from './operations/admin-switch-user.ts';
import { adminUpdateUserAttributes } from './operations/admin-update-user-attributes.ts';
import { adminUserGlobalSignOut } from './operations/admin-user-global-sign-out.ts';
import { getTokensFromRefreshToken } from './operations/get-tokens-from-refresh-token.ts';
import { getUser } from './operations/get-user.ts';
import { globalSignOut } from './operations/global-sign-out.ts';
import { initiateAuth } from './operations/initiate-auth.ts';
import { listUsers } from './operations/list-users.ts';
import { REFUSED } from './operations/refused.ts';
import { respondToAuthChallenge } from './operations/respond-to-auth-challenge.ts';
import { revokeToken } from './operations/revoke-token.ts';

/** Anyone may call these. */
const PUBLIC: Record<string, Operation<CognitoServices>> = {
  InitiateAuth: initiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RevokeToken: revokeToken,
  GlobalSignOut: globalSignOut,
  GetUser: getUser,
  ...REFUSED,
};

/** These need permission on the pool. */
const SIGNED: Record<string, Operation<CognitoServices>> = {
  AdminCreateUser: adminCreateUser,
  AdminGetUser: adminGetUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminDeleteUser: adminDeleteUser,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  ListUsers: listUsers,
};

/** Cognito: the stack's user pool. */
export async function create(context: LocalContext): Promise<LocalService> {
  const { template, place, state, issuers } = context;
  const pool = readPool(template);
  const key = await loadSigningKey(
    state.section('cognito-signing-key', () => ({}), { permanent: true }),
  );
  issuers.set(pool.arn, { issuer: pool.issuer, publicKey: key.publicKey });
  return {
    aws: { cognito: createApi(createServices(context, pool, key), place) },
    publicWeb: [createWellKnown(pool, key)],
    outputs: {
      userPoolId: pool.id,
      userPoolClientId: template.outputs.UserPoolClientId ?? [...pool.clients.keys()][0] ?? '',
    },
  };
}

function createServices(
  { state, clock, lambda, faults }: LocalContext,
  pool: Pool,
  key: SigningKey,
): CognitoServices {
  const signIns = createSignIns(state.section('cognito-sign-ins', () => ({})));
  const sessions = state.section<Record<string, StoredSession>>('cognito-sessions', () => ({}));
  const newSecret = (): { secret: string } => ({ secret: randomBytes(32).toString('hex') });
  const simulation = state.section('cognito-simulation', newSecret, { permanent: true });
  return {
    pool,
    clock,
    users: createUsers(state.section('cognito-users', () => ({}))),
    sessions: createSessions(sessions, pool, clock),
    signIns,
    tokens: createTokens(pool, key, clock, signIns),
    lockout: createPasswordLockout(),
    callTrigger: createTriggerCaller(pool, lambda, faults),
    simulationSecret: simulation.value.secret,
  };
}

function createApi(services: CognitoServices, place: Place): AwsService {
  const bind = (operations: Record<string, Operation<CognitoServices>>) =>
    new Map(Object.entries(operations).map(([name, operation]) => [name, operation(services)]));
  const open = bind(PUBLIC);
  const signed = bind(SIGNED);
  return async (call) => {
    const forAnyone = open.get(call.operation);
    const run = forAnyone ?? signed.get(call.operation);
    if (run === undefined) throw unknownOperation('Cognito', call.operation);
    const action = `cognito-idp:${call.operation}`;
    if (forAnyone === undefined) authorise(call, place, { action, resource: services.pool.arn });
    return jsonReply(call.protocol, await run(jsonInput(call.http)));
  };
}
