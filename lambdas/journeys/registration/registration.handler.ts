/** The registration routes: parse, use case, response. */
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
import * as mfa from './mfa-registration.ts';
import * as opening from './open-registration.ts';
import * as provider from './provider-registration.ts';
import type { MfaDeps, OpenedFlow, StepOutcome } from './registration-step.ts';
import { wireRegistration } from './registration.wiring.ts';
import { requestLink } from './request-link.ts';

const wired = once(wireRegistration);

/** Longer than the slowest of the ways that must look alike. */
const FLOOR_MS = 750;

/** Runs one step of the MFA registration that the bearer token carries. */
async function step(
  request: HttpRequest,
  take: (deps: MfaDeps, opened: OpenedFlow) => Promise<StepOutcome>,
): Promise<HttpOutcome> {
  const { bearer: token, source, language } = request;
  const requestId = requestIdOf(request);
  const deps = wired().mfa;
  return answered(
    await takeOnce(requestId, {
      open: () =>
        mfa.openFlow(deps, {
          token,
          source,
          language,
          requestId,
        }),
      take: (opened) => take(deps, opened),
      repeat: (opened) => mfa.repeatStep(deps, opened),
    }),
  );
}

async function providerStep(
  request: HttpRequest,
  take: (
    deps: provider.ProviderDeps,
    opened: provider.OpenedProviderFlow,
  ) => Promise<provider.CreationOutcome>,
): Promise<HttpOutcome> {
  const { bearer: token, source, language } = request;
  const deps = wired().provider;
  const opened = await provider.openProviderFlow(deps, { token, source, language });
  return 'refused' in opened ? opened : answered(await take(deps, opened));
}

const handlers: RouteHandlers<'registration'> = {
  startProviderRegistration: async ({ body: { npi, registrationCode }, source }) =>
    answered(
      await provider.startProviderRegistration(wired().provider, npi, registrationCode, source),
    ),
  createAccount: (request) =>
    providerStep(request, (deps, opened) => provider.createAccount(deps, opened, request.body)),
  correctContactEmail: (request) =>
    providerStep(request, (deps, opened) =>
      provider.correctEmail(deps, opened, request.body.email),
    ),
  requestLink: ({ body, source, language }) =>
    atFloor(
      FLOOR_MS,
      async () => (await requestLink(wired().links, body, { source, language })) ?? {},
    ),
  showRegistrationLink: async ({ body }) =>
    answered(await opening.showLink(wired().opening, body.linkToken)),
  openMfaRegistration: async ({ body, source, language }) => {
    const deps = wired().opening;
    const requester = { source, language };
    if ('linkToken' in body)
      return answered(await opening.openByLink(deps, body.linkToken, requester));
    const { username, password } = body;
    return answered(
      await atFloor(FLOOR_MS * opening.checksOf(password), () =>
        opening.openByPassword(deps, username, password.normalize('NFC'), requester),
      ),
    );
  },
  getMfaRegistration: (request) => step(request, mfa.showRegistration),
  chooseMethod: (request) =>
    step(request, (deps, opened) => mfa.chooseMethod(deps, opened, request.body.method)),
  enterEmail: (request) =>
    step(request, (deps, opened) => mfa.enterEmail(deps, opened, request.body.email)),
  verifyEmail: (request) =>
    step(request, (deps, opened) => mfa.verifyEmail(deps, opened, request.body.code)),
  setPassword: (request) =>
    step(request, (deps, opened) => mfa.setPassword(deps, opened, request.body.password)),
  enterPhone: (request) =>
    step(request, (deps, opened) => {
      const { phoneNumber, channel } = request.body;
      return mfa.enterPhone(deps, opened, phoneNumber, channel);
    }),
  verifyPhone: (request) =>
    step(request, (deps, opened) => mfa.verifyPhone(deps, opened, request.body)),
};

export const handler = httpHandler('registration', () => wired().settings, handlers, {
  createAccount: (body) => provider.phoneFaults(body, wired().settings),
});
