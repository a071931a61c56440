/** The password reset routes: parse, use case, response. */
import { atFloor } from '../../ground/platform/answer-floor.ts';
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
  type RouteHandlers,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { requestIdOf, takeOnce } from '../../capabilities/token-flows/repeats.ts';
import { setPassword } from './new-password.ts';
import * as recovery from './password-reset.ts';
import { wireRecovery } from './recovery.wiring.ts';

/** Known and unknown addresses answer at this floor. */
const FLOOR_MS = 250;

async function step(
  deps: recovery.ResetDeps,
  request: HttpRequest,
  take: (opened: recovery.OpenedReset) => Promise<recovery.ResetOutcome>,
): Promise<HttpOutcome> {
  const { bearer: token, source, language } = request;
  const requestId = requestIdOf(request);
  return answered(
    await takeOnce(requestId, {
      open: () => recovery.openReset(deps, { token, source, language, requestId }),
      take,
      repeat: (opened) => recovery.repeatStep(deps, opened),
    }),
  );
}

export const routes: RouteHandlers<'recovery', recovery.ResetDeps> = {
  startPasswordReset: async ({ body, source, language }, deps) =>
    answered(
      await atFloor(FLOOR_MS, () => recovery.startReset(deps, body.email, { source, language })),
    ),
  getPasswordReset: (request, deps) =>
    step(deps, request, (opened) => recovery.showReset(deps, opened)),
  resendResetEmail: (request, deps) =>
    step(deps, request, (opened) => recovery.resendEmail(deps, opened)),
  verifyResetEmail: (request, deps) =>
    atFloor(FLOOR_MS, () =>
      step(deps, request, (opened) => recovery.verifyEmail(deps, opened, request.body.code)),
    ),
  chooseResetChannel: (request, deps) =>
    step(deps, request, (opened) => recovery.chooseChannel(deps, opened, request.body.channel)),
  verifyResetPhone: (request, deps) =>
    step(deps, request, (opened) => recovery.verifyPhone(deps, opened, request.body)),
  resetPassword: (request, deps) =>
    step(deps, request, (opened) => setPassword(deps, opened, request.body.password)),
};

export const handler = httpHandler('recovery', once(wireRecovery), routes);
