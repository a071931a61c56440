/** The registration routes: parse, use case, response. */
import {
  answered,
  httpHandler,
  type HttpOutcome,
  type HttpRequest,
} from '../../ground/platform/http.ts';
import { once } from '../../ground/platform/once.ts';
import { atFloor } from '../../ground/platform/answer-floor.ts';
import * as mfa from './mfa-registration.ts';
import * as opening from './open-registration.ts';
import * as provider from './provider-registration.ts';
import { wireRegistration } from './registration.wiring.ts';
import { requestLink } from './request-link.ts';

const wired = once(wireRegistration);

/** Longer than the slowest of the ways that must look alike. */
const FLOOR_MS = 750;

/** Runs one step of the MFA registration that the bearer token carries. */
async function step(
  request: HttpRequest,
  take: (opened: mfa.OpenedFlow) => Promise<mfa.StepOutcome>,
): Promise<HttpOutcome> {
  const opened = await mfa.openFlow(wired().mfa, request.bearer);
  return 'refused' in opened ? opened : answered(await take(opened));
}

async function providerStep(
  request: HttpRequest,
  take: (opened: provider.OpenedProviderFlow) => Promise<provider.CreationOutcome>,
): Promise<HttpOutcome> {
  const opened = await provider.openProviderFlow(wired().provider, request.bearer);
  return 'refused' in opened ? opened : answered(await take(opened));
}

export const handler = httpHandler('registration', () => wired().mfa.settings, {
  startProviderRegistration: async ({ body, sourceAddress, requestId }) =>
    answered(
      await provider.startProviderRegistration(wired().provider, body.npi, body.registrationCode, {
        sourceAddress,
        requestId,
      }),
    ),
  createAccount: (request) =>
    providerStep(request, (opened) =>
      provider.createAccount(wired().provider, opened, request.body),
    ),
  correctContactEmail: (request) =>
    providerStep(request, (opened) =>
      provider.correctContactEmail(wired().provider, opened, request.body.email),
    ),
  requestLink: ({ body, sourceAddress, requestId }) =>
    atFloor(
      FLOOR_MS,
      async () => (await requestLink(wired().links, body, { sourceAddress, requestId })) ?? {},
    ),
  openMfaRegistration: async ({ body, sourceAddress, requestId }) => {
    const source = { sourceAddress, requestId };
    if ('linkToken' in body)
      return answered(await opening.openByLink(wired().opening, body.linkToken, source));
    return answered(
      await atFloor(FLOOR_MS, () =>
        opening.openByPassword(
          wired().opening,
          body.username,
          body.password.normalize('NFC'),
          source,
        ),
      ),
    );
  },
  getMfaRegistration: (request) =>
    step(request, (opened) => mfa.showRegistration(wired().mfa, opened)),
  chooseMethod: (request) =>
    step(request, (opened) => mfa.chooseMethod(wired().mfa, opened, request.body.method)),
  enterEmail: (request) =>
    step(request, (opened) => mfa.enterEmail(wired().mfa, opened, request.body.email)),
  verifyEmail: (request) =>
    step(request, (opened) => mfa.verifyEmail(wired().mfa, opened, request.body.code)),
  setPassword: (request) =>
    step(request, (opened) => mfa.setPassword(wired().mfa, opened, request.body.password)),
  enterPhone: (request) =>
    step(request, (opened) =>
      mfa.enterPhone(wired().mfa, opened, request.body.phoneNumber, request.body.channel),
    ),
  verifyPhone: (request) =>
    step(request, (opened) => mfa.verifyPhone(wired().mfa, opened, request.body)),
});
