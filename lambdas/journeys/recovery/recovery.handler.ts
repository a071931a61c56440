/** The password reset routes: parse, use case, response. */
import { atFloor } from '../../ground/platform/answer-floor.ts';
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { requestIdOf, takeOnce } from '../../capabilities/token-flows/repeats.ts';
import { setPassword } from './new-password.ts';
import * as recovery from './password-reset.ts';
import { wireRecovery } from './recovery.wiring.ts';

const wired = once(wireRecovery);

/** Known and unknown addresses answer at this floor. */
const FLOOR_MS = 250;

async function step(
  request: HttpRequest,
  take: (deps: recovery.ResetDeps, opened: recovery.OpenedReset) => Promise<recovery.ResetOutcome>,
): Promise<HttpOutcome> {
  const { bearer: token, source, language } = request;
  const requestId = requestIdOf(request);
  const deps = wired();
  return answered(
    await takeOnce(requestId, {
      open: () =>
        recovery.openReset(deps, {
          token,
          source,
          language,
          requestId,
        }),
      take: (opened) => take(deps, opened),
      repeat: (opened) => recovery.repeatStep(deps, opened),
    }),
  );
}

export const handler = httpHandler('recovery', () => wired().settings, {
  startPasswordReset: async ({ body, source, language }) =>
    answered(
      await atFloor(FLOOR_MS, () => recovery.startReset(wired(), body.email, { source, language })),
    ),
  getPasswordReset: (request) => step(request, recovery.showReset),
  resendResetEmail: (request) => step(request, recovery.resendEmail),
  verifyResetEmail: (request) =>
    atFloor(FLOOR_MS, () =>
      step(request, (deps, opened) => recovery.verifyEmail(deps, opened, request.body.code)),
    ),
  chooseResetChannel: (request) =>
    step(request, (deps, opened) => recovery.chooseChannel(deps, opened, request.body.channel)),
  verifyResetPhone: (request) =>
    step(request, (deps, opened) => recovery.verifyPhone(deps, opened, request.body)),
  resetPassword: (request) =>
    step(request, (deps, opened) => setPassword(deps, opened, request.body.password)),
});
