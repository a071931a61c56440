/**
 * The provider admin's routes: parse, use case, response. Whether the caller is an admin, and of
 * which provider, the account decides.
 */
import { Username } from '../../../contract/accounts.ts';
import { type Account, passkeyNeed } from '../../capabilities/accounts/account.rules.ts';
import { sessionOf } from '../../capabilities/accounts/session.ts';
import {
  actOf,
  correctEmail,
  resetRegistration,
  setStatus,
} from '../../capabilities/management/manage-users.ts';
import {
  type Actor,
  findUser,
  listUsers,
  managedUserOf,
} from '../../capabilities/management/users.ts';
import { recordLook } from '../../capabilities/support/support.ts';
import { listEvents } from '../../capabilities/support/trail.ts';
import { isEventId } from '../../ground/audit/audit.rules.ts';
import { pageAfter } from '../../ground/platform/http-page.ts';
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
  type RouteHandlers,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { type AdminDeps, wireAdmin } from './admin.wiring.ts';

async function asAdmin(
  deps: AdminDeps,
  { claims, source }: HttpRequest,
  answer: (actor: Actor) => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  const session = await sessionOf(deps, claims, 'ADMIN');
  if ('refused' in session) return session;
  if (passkeyNeed(session.account, deps.settings) === 'MISSING')
    return { refused: 'PASSKEY_REQUIRED' };
  const { accountId, npi } = session.account;
  return answer({ accountId, npi, ...source });
}

function withUser(
  deps: AdminDeps,
  request: HttpRequest,
  answer: (actor: Actor, user: Account) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asAdmin(deps, request, async (actor) => {
    const user = await findUser(deps, actor, request.path.username ?? '');
    return 'refused' in user ? user : answer(actor, user);
  });
}

const isUsername = (key: string) => Username.safeParse(key).success;

export const routes: RouteHandlers<'admin', AdminDeps> = {
  listUsers: (request, deps) =>
    asAdmin(deps, request, (actor) =>
      pageAfter(request.query.cursor, isUsername, (after) =>
        listUsers(deps, actor, request.query.search, after),
      ),
    ),
  getUser: (request, deps) =>
    withUser(deps, request, async (actor, user) => {
      await recordLook(deps, user, actOf(actor), 'SHOWN');
      return { body: managedUserOf(user) };
    }),
  listUserEvents: (request, deps) =>
    withUser(deps, request, (_actor, user) =>
      pageAfter(request.query.cursor, isEventId, (after) => listEvents(deps, user, after)),
    ),
  resetRegistration: (request, deps) =>
    withUser(deps, request, async (actor, user) => {
      const { idempotencyKey, body } = request;
      const reset = { reason: body.reason, idempotencyKey };
      return (await resetRegistration(deps, actor, user, reset)) ?? {};
    }),
  correctUserEmail: (request, deps) =>
    withUser(deps, request, async (actor, user) =>
      answered(await correctEmail(deps, actor, user, request.body)),
    ),
  setUserStatus: (request, deps) =>
    withUser(deps, request, async (actor, user) =>
      answered(await setStatus(deps, actor, user, request.body)),
    ),
};

export const handler = httpHandler('admin', once(wireAdmin), routes);
