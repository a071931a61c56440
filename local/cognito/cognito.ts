import { randomBytes } from 'node:crypto';
import { authorise } from '../iam/authorise.ts';
import type { Clock } from '../clock.ts';
import { unknownOperation } from '../gateway/aws-error.ts';
import type { Faults } from '../gateway/faults.ts';
import type { AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { State } from '../state.ts';
import type { StackTemplate } from '../template/template.ts';
import { createPasswordLockout } from './lockout.ts';
import { readPool, type Pool } from './pool.ts';
import { createSessions } from './sessions.ts';
import { createSignIns } from './sign-ins.ts';
import { loadSigningKey, type SigningKey } from './signing-keys.ts';
import { createTokens } from './tokens.ts';
import { createTriggerCaller } from './triggers.ts';
import { createUsers } from './users.ts';
import type { CognitoServices, Operation } from './services.ts';
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
const PUBLIC: Record<string, Operation> = {
  InitiateAuth: initiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RevokeToken: revokeToken,
  GlobalSignOut: globalSignOut,
  GetUser: getUser,
  ...REFUSED,
};

/** These need permission on the pool. */
const SIGNED: Record<string, Operation> = {
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

/** The emulated user pool. */
export interface Cognito {
  service: AwsService;
  pool: Pool;
  key: SigningKey;
}

/** What the pool stands on. */
export interface CognitoInputs {
  template: StackTemplate;
  clock: Clock;
  state: State;
  lambda: Lambda;
  faults: Faults;
}

export async function createCognito({
  template,
  clock,
  state,
  lambda,
  faults,
}: CognitoInputs): Promise<Cognito> {
  const pool = readPool(template);
  const key = await loadSigningKey(state.section('cognito-signing-key', () => ({})));
  const signIns = createSignIns(state.section('cognito-sign-ins', () => ({})));
  const services: CognitoServices = {
    pool,
    place: template.place,
    clock,
    users: createUsers(state.section('cognito-users', () => ({}))),
    sessions: createSessions(
      state.section('cognito-sessions', () => ({})),
      pool,
      clock,
    ),
    signIns,
    tokens: createTokens(pool, key, clock, signIns),
    lockout: createPasswordLockout(),
    callTrigger: createTriggerCaller(pool, lambda, faults),
    simulationSecret: state.section('cognito-simulation', () => ({
      secret: randomBytes(32).toString('hex'),
    })).value.secret,
  };
  return { pool, key, service: createService(services) };
}

function createService(services: CognitoServices): AwsService {
  const bind = (operations: Record<string, Operation>) =>
    new Map(Object.entries(operations).map(([name, operation]) => [name, operation(services)]));
  const open = bind(PUBLIC);
  const signed = bind(SIGNED);
  return async (call) => {
    const forAnyone = open.get(call.operation);
    const run = forAnyone ?? signed.get(call.operation);
    if (run === undefined) throw unknownOperation('Cognito', call.operation);
    if (forAnyone === undefined)
      authorise(call, services.place, `cognito-idp:${call.operation}`, services.pool.arn);
    return jsonReply(call.protocol, await run(call, jsonInput(call.http)));
  };
}
