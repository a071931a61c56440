import { randomBytes } from 'node:crypto';
import type { LocalContext } from '../context.ts';
import { definite } from '../definite.ts';
import { unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';
import { openHosted } from './hosted/hosted.ts';
import { readWorkforce } from './hosted/workforce.ts';
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

/** Cognito: the stack's user pool, and the one of the employees if there is one. */
export async function create(context: LocalContext): Promise<LocalService> {
  const { template, place } = context;
  const own = await openPool(context, readPool(template), 'cognito');
  const workforce = readWorkforce(template);
  const hosted = workforce && (await openPool(context, workforce.pool, 'cognito-workforce'));
  const pools = [own, ...(hosted === undefined ? [] : [hosted])];
  const employees = workforce && hosted && openHosted(context, workforce, hosted.services);
  return {
    aws: {
      cognito: createApi(
        pools.map(({ services }) => services),
        place,
      ),
    },
    publicWeb: pools.map(({ services, key }) => createWellKnown(services.pool, key)),
    ...definite({ web: employees && [employees.endpoints] }),
    outputs: {
      userPoolId: own.services.pool.id,
      userPoolClientId:
        template.outputs.UserPoolClientId ?? [...own.services.pool.clients.keys()][0] ?? '',
      ...definite({ employees: employees?.output }),
    },
  };
}

/** A pool with its keys and all that it keeps, under names that begin with `prefix`. */
async function openPool(
  context: LocalContext,
  pool: Pool,
  prefix: string,
): Promise<{ services: CognitoServices; key: SigningKey }> {
  const { state, issuers } = context;
  const key = await loadSigningKey(
    state.section(`${prefix}-signing-key`, () => ({}), { permanent: true }),
  );
  issuers.set(pool.arn, { issuer: pool.issuer, publicKey: key.publicKey });
  return {
    services: createServices(context, pool, key, prefix),
    key,
  };
}

function createServices(
  { state, clock, lambda, faults }: LocalContext,
  pool: Pool,
  key: SigningKey,
  prefix: string,
): CognitoServices {
  const signIns = createSignIns(state.section(`${prefix}-sign-ins`, () => ({})));
  const sessions = state.section<Record<string, StoredSession>>(`${prefix}-sessions`, () => ({}));
  const newSecret = (): { secret: string } => ({ secret: randomBytes(32).toString('hex') });
  const simulation = state.section(`${prefix}-simulation`, newSecret, { permanent: true });
  return {
    pool,
    clock,
    users: createUsers(state.section(`${prefix}-users`, () => ({}))),
    sessions: createSessions(sessions, pool, clock),
    signIns,
    tokens: createTokens(pool, key, clock, signIns),
    lockout: createPasswordLockout(),
    callTrigger: createTriggerCaller(pool, lambda, faults),
    simulationSecret: simulation.value.secret,
  };
}

function createApi(pools: readonly CognitoServices[], place: Place): AwsService {
  return async (call) => {
    const forAnyone = PUBLIC[call.operation];
    const run = forAnyone ?? SIGNED[call.operation];
    if (run === undefined) throw unknownOperation('Cognito', call.operation);
    const input = jsonInput(call.http);
    const services = poolOf(pools, input);
    const action = `cognito-idp:${call.operation}`;
    if (forAnyone === undefined) authorise(call, place, { action, resource: services.pool.arn });
    return jsonReply(call.protocol, await run(services)(input));
  };
}

/** The pool that a request names, itself or by its client; otherwise the first. */
function poolOf(pools: readonly CognitoServices[], input: unknown): CognitoServices {
  const { UserPoolId, ClientId } = (input ?? {}) as { UserPoolId?: string; ClientId?: string };
  const named = pools.find(
    ({ pool }) => pool.id === UserPoolId || pool.clients.has(ClientId ?? ''),
  );
  return named ?? (pools[0] as CognitoServices);
}
