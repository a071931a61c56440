/** The provider admin's routes: parse, use case, response. Whether the caller is an admin, and of which provider, is the account's to say. */
import { answered, httpHandler, type HttpOutcome, type HttpRequest } from '../platform/http.ts';
import { once } from '../platform/once.ts';
import type { Account } from './account.rules.ts';
import { wireAdmin } from './admin.wiring.ts';
import { type Actor, findUser, listEvents, listUsers, managedUserOf, resetRegistration, setStatus } from './manage-users.ts';
import { sessionOf } from './session.ts';

const wired = once(wireAdmin);

async function asAdmin({ claims, sourceAddress, requestId }: HttpRequest, answer: (actor: Actor) => Promise<HttpOutcome>): Promise<HttpOutcome> {
  const session = await sessionOf(wired(), claims, 'ADMIN');
  return 'refused' in session ? session : answer({ accountId: session.account.accountId, npi: session.account.npi, sourceAddress, requestId });
}

function withUser(request: HttpRequest, answer: (actor: Actor, user: Account) => Promise<HttpOutcome>): Promise<HttpOutcome> {
  return asAdmin(request, async (actor) => {
    const user = await findUser(wired(), actor, request.path.username ?? '');
    return 'refused' in user ? user : answer(actor, user);
  });
}

export const handler = httpHandler('admin', () => wired().settings, {
  listUsers: (request) => asAdmin(request, async (actor) => ({ body: await listUsers(wired(), actor, request.query.search, request.query.cursor) })),
  getUser: (request) => withUser(request, async (_actor, user) => ({ body: managedUserOf(user) })),
  listUserEvents: (request) => withUser(request, async (_actor, user) => ({ body: await listEvents(wired(), user, request.query.cursor) })),
  resetRegistration: (request) =>
    withUser(request, async (actor, user) => (await resetRegistration(wired(), actor, user, request.body.reason, request.idempotencyKey)) ?? {}),
  setUserStatus: (request) =>
    withUser(request, async (actor, user) => answered(await setStatus(wired(), actor, user, request.body.status))),
});
