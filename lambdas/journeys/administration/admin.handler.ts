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
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { wireAdmin } from './admin.wiring.ts';

const wired = once(wireAdmin);

async function asAdmin(
  { claims, source }: HttpRequest,
  answer: (actor: Actor) => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  const session = await sessionOf(wired(), claims, 'ADMIN');
  if ('refused' in session) return session;
  if (passkeyNeed(session.account, wired().settings) === 'MISSING')
    return { refused: 'PASSKEY_REQUIRED' };
  const { accountId, npi } = session.account;
  return answer({ accountId, npi, ...source });
}

function withUser(
  request: HttpRequest,
  answer: (actor: Actor, user: Account) => HttpOutcome | Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  return asAdmin(request, async (actor) => {
    const user = await findUser(wired(), actor, request.path.username ?? '');
    return 'refused' in user ? user : answer(actor, user);
  });
}

const isUsername = (key: string) => Username.safeParse(key).success;

export const handler = httpHandler('admin', () => wired().settings, {
  listUsers: (request) =>
    asAdmin(request, (actor) =>
      pageAfter(request.query.cursor, isUsername, (after) =>
        listUsers(wired(), actor, request.query.search, after),
      ),
    ),
  getUser: (request) =>
    withUser(request, async (actor, user) => {
      await recordLook(wired(), user, actOf(actor), 'SHOWN');
      return { body: managedUserOf(user) };
    }),
  listUserEvents: (request) =>
    withUser(request, (_actor, user) =>
      pageAfter(request.query.cursor, isEventId, (after) => listEvents(wired(), user, after)),
    ),
  resetRegistration: (request) =>
    withUser(request, async (actor, user) => {
      const { idempotencyKey, body } = request;
      const reset = { reason: body.reason, idempotencyKey };
      return (await resetRegistration(wired(), actor, user, reset)) ?? {};
    }),
  correctUserEmail: (request) =>
    withUser(request, async (actor, user) =>
      answered(await correctEmail(wired(), actor, user, request.body)),
    ),
  setUserStatus: (request) =>
    withUser(request, async (actor, user) =>
      answered(await setStatus(wired(), actor, user, request.body)),
    ),
});
