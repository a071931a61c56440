/** A person who registers: requests as the routes make them, each on the flow as it is then. */
import type { Language } from '../../../../contract/languages.ts';
import {
  chooseMethod,
  enterEmail,
  enterPhone,
  openFlow,
  setPassword,
  showRegistration,
  verifyEmail,
  verifyPhone,
} from '../../../../lambdas/journeys/registration/mfa-registration.ts';
import type {
  MfaDeps,
  OpenedFlow,
  StepOutcome,
} from '../../../../lambdas/journeys/registration/registration-step.ts';
import {
  openByLink,
  openByPassword,
  type OpenedRegistration,
  type OpeningDeps,
} from '../../../../lambdas/journeys/registration/open-registration.ts';
import type { ProviderDeps } from '../../../../lambdas/journeys/registration/provider-registration.ts';
import type {
  MfaFlow,
  ProviderFlow,
} from '../../../../lambdas/journeys/registration/registration.rules.ts';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { mailLink } from '../../../../lambdas/capabilities/accounts/link.transitions.ts';
import type { StepRefusal } from '../../../../lambdas/capabilities/token-flows/token-flow.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import { randomSecret } from '../../../../lambdas/ground/platform/random.ts';
import { hashSecret } from '../../../../lambdas/ground/platform/secrets.rules.ts';
import type { Backend } from '../../../fakes/backend.ts';
import { GOOD_PASSWORD, HOUR, PROVIDER, SOURCE } from '../../../fakes/builders.ts';

/** Guesses as many as it has characters, squared: only very short passwords are within reach. */
const estimate = (password: string) => ({
  guesses: password.startsWith('common') ? 1 : 1e12,
  parts: [],
});

export function mfaDeps(backend: Backend): MfaDeps {
  const { names, pool, tickets, settings, database } = backend;
  return {
    ...backend.shared,
    flows: new TokenFlowsStore<MfaFlow>(database, 'flows'),
    names,
    pool,
    tickets,
    settings,
    estimator: async () => estimate,
    providers: { provider: async () => PROVIDER },
  };
}

export function openingDeps(backend: Backend): OpeningDeps {
  const { links, settings, database, pool } = backend;
  return {
    ...backend.shared,
    flows: new TokenFlowsStore<MfaFlow>(database, 'flows'),
    links,
    settings,
    isImportedPassword: async (password, stored) => stored !== undefined && password === 'portal',
    isCognitoPassword: (password, email) => pool.proves(password, email),
  };
}

export function providerDeps(backend: Backend): ProviderDeps {
  const { codes, names, outbox, settings, database } = backend;
  const flows = new TokenFlowsStore<ProviderFlow>(database, 'flows');
  return { ...backend.shared, flows, codes, names, outbox, settings };
}

/** Mails a link to an account, as the worker does, and returns its token. */
export async function linkTo(backend: Backend, account: Account): Promise<string> {
  const token = randomSecret();
  const { accountId, epoch } = account;
  const link = { accountId, epoch, expiresAt: backend.now() + HOUR };
  await backend.write(
    backend.links.issue(token, link),
    backend.accounts.apply(account, mailLink(account, hashSecret(token))),
  );
  return token;
}

export class Registrant {
  readonly #backend: Backend;
  readonly flowToken: string;
  /** Of the page that takes the next steps. */
  language: Language | undefined;

  constructor(backend: Backend, flowToken: string) {
    this.#backend = backend;
    this.flowToken = flowToken;
  }

  static async byLink(
    backend: Backend,
    accountId = 'account-1',
    language?: Language,
  ): Promise<Registrant> {
    const token = await linkTo(backend, await backend.account(accountId));
    const requester = { source: SOURCE, language };
    return Registrant.opened(backend, await openByLink(openingDeps(backend), token, requester));
  }

  static async byPassword(
    backend: Backend,
    username = 'pphone',
    password = 'portal',
  ): Promise<Registrant> {
    const opened = await openByPassword(openingDeps(backend), username, password, {
      source: SOURCE,
    });
    return Registrant.opened(backend, opened);
  }

  static opened(backend: Backend, opened: OpenedRegistration | StepRefusal): Registrant {
    if ('refused' in opened) throw new Error(`The registration was refused: ${opened.refused}.`);
    return new Registrant(backend, opened.flowToken);
  }

  /** One request: the flow is looked up, then the step is taken. */
  async #step(take: (deps: MfaDeps, opened: OpenedFlow) => Promise<StepOutcome>) {
    const deps = mfaDeps(this.#backend);
    const { flowToken: token, language } = this;
    const opened = await openFlow(deps, { token, source: SOURCE, language });
    return 'refused' in opened ? opened : take(deps, opened);
  }

  show = () => this.#step(showRegistration);
  choose = (method: 'PHONE' | 'EMAIL') =>
    this.#step((deps, opened) => chooseMethod(deps, opened, method));
  enterEmail = (email = 'pat@cedargrove.example') =>
    this.#step((deps, opened) => enterEmail(deps, opened, email));
  verifyEmail = (code = this.#backend.email.lastCode()) =>
    this.#step((deps, opened) => verifyEmail(deps, opened, code));
  setPassword = (password = GOOD_PASSWORD) =>
    this.#step((deps, opened) => setPassword(deps, opened, password));
  enterPhone = (channel: 'SMS' | 'CALL' = 'SMS', phone = '(202) 555-0143') =>
    this.#step((deps, opened) => enterPhone(deps, opened, phone, channel));
  verifyPhone = (answer: { code: string } | { call: 'CONFIRMED' }) =>
    this.#step((deps, opened) => verifyPhone(deps, opened, answer));
  verifyText = () => this.verifyPhone({ code: this.#backend.text.lastCode() });

  /** Up to the password, for the method. */
  async toPassword(method: 'PHONE' | 'EMAIL'): Promise<void> {
    await this.choose(method);
    await this.enterEmail();
    await this.verifyEmail();
  }

  /** Up to the phone. */
  async toPhone(): Promise<void> {
    await this.toPassword('PHONE');
    await this.setPassword();
  }
}
