/** The password reset routes: parse, use case, response. */
import { atFloor } from '../../ground/platform/answer-floor.ts';
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import * as recovery from './password-reset.ts';
import { wireRecovery } from './recovery.wiring.ts';

const wired = once(wireRecovery);

/** Known and unknown addresses answer at this floor. */
const FLOOR_MS = 250;

async function step(
  request: HttpRequest,
  take: (opened: recovery.OpenedReset) => Promise<recovery.ResetOutcome>,
): Promise<HttpOutcome> {
  const opened = await recovery.openReset(wired(), request.bearer);
  return 'refused' in opened ? opened : answered(await take(opened));
}

export const handler = httpHandler('recovery', () => wired().settings, {
  startPasswordReset: async ({ body, sourceAddress, requestId }) =>
    answered(
      await atFloor(FLOOR_MS, () =>
        recovery.startReset(wired(), body.email, { sourceAddress, requestId }),
      ),
    ),
  getPasswordReset: (request) => step(request, (opened) => recovery.showReset(wired(), opened)),
  resendResetEmail: (request) =>
    step(request, (opened) =>
      recovery.resendEmail(wired(), opened, {
        sourceAddress: request.sourceAddress,
        requestId: request.requestId,
      }),
    ),
  verifyResetEmail: (request) =>
    atFloor(FLOOR_MS, () =>
      step(request, (opened) => recovery.verifyEmail(wired(), opened, request.body.code)),
    ),
  chooseResetChannel: (request) =>
    step(request, (opened) => recovery.chooseChannel(wired(), opened, request.body.channel)),
  verifyResetPhone: (request) =>
    step(request, (opened) => recovery.verifyPhone(wired(), opened, request.body)),
  resetPassword: (request) =>
    step(request, (opened) => recovery.setPassword(wired(), opened, request.body.password)),
});
