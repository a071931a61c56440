/** The routes by which the signed-in user changes the account: parse, use case, response. */
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import type { Asker } from './change-flow.ts';
import { requestIdOf } from '../../capabilities/token-flows/repeats.ts';
import { changeEmail, undoEmailChange, verifyNewEmail } from './change-email.ts';
import { changePassword } from './change-password.ts';
import { changePhone, removePhone, verifyNewPhone } from './change-phone.ts';
import { wireChanges } from './changes.wiring.ts';
import { freshlySignedIn, signedIn } from './signed-in.ts';

const wired = once(wireChanges);

/** Starts a change: it needs a fresh factor. */
const start = (request: HttpRequest, change: (asker: Asker) => Promise<object>) =>
  freshlySignedIn(wired().session, request, asking(request, change));

/** Ends a change that was started. */
const finish = (request: HttpRequest, change: (asker: Asker) => Promise<object>) =>
  signedIn(wired().session, request, asking(request, change));

function asking({ source, language }: HttpRequest, change: (asker: Asker) => Promise<object>) {
  return async (account: Asker['account']): Promise<HttpOutcome> =>
    answered(await change({ account, source, language }));
}

export const handler = httpHandler('changes', () => wired().settings, {
  changePassword: (request) =>
    start(request, (asker) => changePassword(wired().password, asker, request.body)),
  changeEmail: (request) =>
    start(request, (asker) => changeEmail(wired().email, asker, request.body.email)),
  verifyNewEmail: (request) =>
    finish(request, (asker) => verifyNewEmail(wired().email, asker, request.body.code)),
  undoEmailChange: async (request) => {
    const { linkToken } = request.body;
    const requestId = requestIdOf({ ...request, bearer: linkToken });
    const undone = await undoEmailChange(wired().email, { linkToken, requestId });
    return 'refused' in undone ? answered(undone) : {};
  },
  changePhone: (request) =>
    start(request, (asker) => changePhone(wired().phone, asker, request.body)),
  verifyNewPhone: (request) =>
    finish(request, (asker) => verifyNewPhone(wired().phone, asker, request.body)),
  removePhone: (request) => start(request, ({ account }) => removePhone(wired().phone, account)),
});
