/** The routes by which the signed-in user changes the account: parse, use case, response. */
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
  type RouteHandlers,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import type { Asker } from './change-flow.ts';
import { requestIdOf } from '../../capabilities/token-flows/repeats.ts';
import { changeEmail, undoEmailChange, verifyNewEmail } from './change-email.ts';
import { changePassword, repeatedTicket } from './change-password.ts';
import { changePhone, removePhone, verifyNewPhone } from './change-phone.ts';
import { wireChanges, type WiredChanges } from './changes.wiring.ts';
import { freshlySignedIn, signedIn } from './signed-in.ts';

type Change = (asker: Asker) => Promise<object>;

/** Starts a change: it needs a fresh factor. */
const start = ({ session }: WiredChanges, request: HttpRequest, change: Change) =>
  freshlySignedIn(session, request, asking(request, change));

/** Ends a change that was started. */
const finish = ({ session }: WiredChanges, request: HttpRequest, change: Change) =>
  signedIn(session, request, asking(request, change));

/** A repeat is known by its account, because the token may have been refreshed meanwhile. */
function asking(request: HttpRequest, change: Change) {
  const { source, language, idempotencyKey } = request;
  return async (account: Asker['account']): Promise<HttpOutcome> => {
    const requestId =
      idempotencyKey === undefined
        ? undefined
        : requestIdOf({ ...request, bearer: account.accountId });
    return answered(await change({ account, source, language, requestId }));
  };
}

export const routes: RouteHandlers<'changes', WiredChanges> = {
  changePassword: async (request, deps) => {
    const requestId = requestIdOf(request);
    const outcome = await start(deps, request, (asker) =>
      changePassword(deps.password, { ...asker, requestId }, request.body),
    );
    // The first one ended the session, or comes in between.
    const ticket =
      'refused' in outcome && requestId !== undefined
        ? await repeatedTicket(deps.session, request.claims, requestId)
        : undefined;
    return ticket === undefined ? outcome : { body: { ticket } };
  },
  changeEmail: (request, deps) =>
    start(deps, request, (asker) => changeEmail(deps.email, asker, request.body.email)),
  verifyNewEmail: (request, deps) =>
    finish(deps, request, (asker) => verifyNewEmail(deps.email, asker, request.body.code)),
  undoEmailChange: async (request, deps) => {
    const { linkToken } = request.body;
    const requestId = requestIdOf({ ...request, bearer: linkToken });
    const undone = await undoEmailChange(deps.email, { linkToken, requestId });
    return 'refused' in undone ? answered(undone) : {};
  },
  changePhone: (request, deps) =>
    start(deps, request, (asker) => changePhone(deps.phone, asker, request.body)),
  verifyNewPhone: (request, deps) =>
    finish(deps, request, (asker) => verifyNewPhone(deps.phone, asker, request.body)),
  removePhone: (request, deps) =>
    start(deps, request, ({ account }) => removePhone(deps.phone, account)),
};

export const handler = httpHandler('changes', once(wireChanges), routes);
