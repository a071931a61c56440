/**
 * A person who forgot the password: requests as the routes make them, each on the flow as it is
 * then.
 */
import type { Language } from '../../../../contract/languages.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import { setPassword } from '../../../../lambdas/journeys/recovery/new-password.ts';
import {
  chooseChannel,
  type OpenedReset,
  openReset,
  type ResetDeps,
  type ResetOutcome,
  resendEmail,
  showReset,
  startReset,
  verifyEmail,
  verifyPhone,
} from '../../../../lambdas/journeys/recovery/password-reset.ts';
import type { ResetFlow } from '../../../../lambdas/journeys/recovery/recovery.rules.ts';
import type { Backend } from '../../../fakes/backend.ts';
import { GOOD_PASSWORD, PROVIDER, SOURCE } from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';

export const EMAIL = 'pat@cedargrove.example';

export function depsOf(backend: Backend): ResetDeps {
  const { pool, outbox, tickets, settings, database } = backend;
  return {
    ...backend.shared,
    flows: new TokenFlowsStore<ResetFlow>(database, 'flows'),
    pool,
    outbox,
    tickets,
    settings,
    estimator: async () => () => ({ guesses: 1e12, parts: [] }),
    providers: { provider: async () => PROVIDER },
  };
}

export class Resetter {
  readonly #backend: Backend;
  readonly token: string;
  /** Of the page that takes the next steps. */
  language: Language | undefined;

  private constructor(backend: Backend, token: string) {
    this.#backend = backend;
    this.token = token;
  }

  static async start(
    backend: Backend,
    email = EMAIL,
    source = SOURCE,
    language?: Language,
  ): Promise<Resetter> {
    const started = await startReset(depsOf(backend), email, { source, language });
    if ('refused' in started) throw new Error(`The reset was refused: ${started.refused}.`);
    return new Resetter(backend, started.flowToken);
  }

  async #step(take: (deps: ResetDeps, opened: OpenedReset) => Promise<ResetOutcome>) {
    const deps = depsOf(this.#backend);
    const { language } = this;
    const opened = await openReset(deps, { token: this.token, source: SOURCE, language });
    return 'refused' in opened ? opened : take(deps, opened);
  }

  show = () => this.#step(showReset);
  resend = () => this.#step(resendEmail);
  verifyEmail = (code: string) => this.#step((deps, opened) => verifyEmail(deps, opened, code));
  choose = (channel: 'SMS' | 'CALL') =>
    this.#step((deps, opened) => chooseChannel(deps, opened, channel));
  verifyPhone = (answer: { code: string } | { call: 'CONFIRMED' }) =>
    this.#step((deps, opened) => verifyPhone(deps, opened, answer));
  setPassword = (password = GOOD_PASSWORD) =>
    this.#step((deps, opened) => setPassword(deps, opened, password));

  /** The worker sends the code, and it is entered. */
  async proveEmail() {
    await work(this.#backend);
    return this.verifyEmail(this.#backend.email.lastCode());
  }

  async toPassword(): Promise<void> {
    await this.proveEmail();
    await this.choose('SMS');
    await this.verifyPhone({ code: this.#backend.text.lastCode() });
  }
}
