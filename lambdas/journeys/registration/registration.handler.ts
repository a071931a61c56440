/** The registration routes: parse, use case, response. */
import { atFloor } from '../../ground/platform/answer-floor.ts';
import {
  answered,
  type FurtherFaults,
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
import { type RegistrationDeps, wireRegistration } from './registration.wiring.ts';
import { requestLink } from './request-link.ts';

/** Longer than the slowest of the ways that must look alike. */
const FLOOR_MS = 750;

/** Runs one step of the MFA registration that the bearer token carries. */
async function step(
  { mfa: deps }: RegistrationDeps,
  request: HttpRequest,
  take: (deps: MfaDeps, opened: OpenedFlow) => Promise<StepOutcome>,
): Promise<HttpOutcome> {
  const { bearer: token, source, language } = request;
  const requestId = requestIdOf(request);
  return answered(
    await takeOnce(requestId, {
      open: () => mfa.openFlow(deps, { token, source, language, requestId }),
      take: (opened) => take(deps, opened),
      repeat: (opened) => mfa.repeatStep(deps, opened),
    }),
  );
}

async function providerStep(
  { provider: deps }: RegistrationDeps,
  request: HttpRequest,
  take: (
    deps: provider.ProviderDeps,
    opened: provider.OpenedProviderFlow,
  ) => Promise<provider.CreationOutcome>,
): Promise<HttpOutcome> {
  const { bearer: token, source, language } = request;
  const opened = await provider.openProviderFlow(deps, { token, source, language });
  return 'refused' in opened ? opened : answered(await take(deps, opened));
}

export const routes: RouteHandlers<'registration', RegistrationDeps> = {
  startProviderRegistration: async ({ body: { npi, registrationCode }, source }, wired) =>
    answered(
      await provider.startProviderRegistration(wired.provider, npi, registrationCode, source),
    ),
  createAccount: (request, wired) =>
    providerStep(wired, request, (deps, opened) =>
      provider.createAccount(deps, opened, request.body),
    ),
  correctContactEmail: (request, wired) =>
    providerStep(wired, request, (deps, opened) =>
      provider.correctEmail(deps, opened, request.body.email),
    ),
  requestLink: ({ body, source, language }, wired) =>
    atFloor(
      FLOOR_MS,
      async () => (await requestLink(wired.links, body, { source, language })) ?? {},
    ),
  showRegistrationLink: async ({ body }, wired) =>
    answered(await opening.showLink(wired.opening, body.linkToken)),
  openMfaRegistration: async ({ body, source, language }, wired) => {
    const deps = wired.opening;
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
  getMfaRegistration: (request, wired) => step(wired, request, mfa.showRegistration),
  chooseMethod: (request, wired) =>
    step(wired, request, (deps, opened) => mfa.chooseMethod(deps, opened, request.body.method)),
  enterEmail: (request, wired) =>
    step(wired, request, (deps, opened) => mfa.enterEmail(deps, opened, request.body.email)),
  verifyEmail: (request, wired) =>
    step(wired, request, (deps, opened) => mfa.verifyEmail(deps, opened, request.body.code)),
  setPassword: (request, wired) =>
    step(wired, request, (deps, opened) => mfa.setPassword(deps, opened, request.body.password)),
  enterPhone: (request, wired) =>
    step(wired, request, (deps, opened) => {
      const { phoneNumber, channel } = request.body;
      return mfa.enterPhone(deps, opened, phoneNumber, channel);
    }),
  verifyPhone: (request, wired) =>
    step(wired, request, (deps, opened) => mfa.verifyPhone(deps, opened, request.body)),
};

/** Read at once with the faults that the schema finds. */
export const furtherFaults: FurtherFaults<RegistrationDeps> = {
  createAccount: (body, { settings }) => provider.phoneFaults(body, settings),
};

export const handler = httpHandler('registration', once(wireRegistration), routes, furtherFaults);
