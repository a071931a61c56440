/** The flows of the HTTP API. Each keeps its flow token across reloads of the page. */
import type { AccountDetails, Channel, PasswordReset, Registration } from './wire.ts';
import type { LoginMethod } from './wire.ts';
import type { AnswerOf, CallRoute } from './http-api.ts';
import type { KeptFlow, LinkShelf } from './link-shelf.ts';
import { accepted, type Result } from './refusals.ts';
import type { Kept } from './tab-storage.ts';

/** The state of a flow, and the ticket in the answer that finishes it. */
export interface Progress<T> {
  state: T;
  ticket?: string | undefined;
  /** Beside the ticket of a registration: the address to sign in with. */
  email?: string | undefined;
}

/** Refusals after which a flow token is no longer valid. */
const OVER: readonly string[] = ['FLOW_EXPIRED', 'TOKEN_INVALID'];

/** Sends the token of a registration or reset with each step, and drops it when it is invalid. */
export class TokenFlow<T> {
  readonly #kept: Kept<KeptFlow>;
  readonly #read: (answer: never) => Progress<T>;

  constructor(kept: Kept<KeptFlow>, read: (answer: never) => Progress<T>) {
    this.#kept = kept;
    this.#read = read;
  }

  get isOpen(): boolean {
    return this.#kept.read() !== undefined;
  }

  get email(): string | undefined {
    return this.#kept.read()?.email;
  }

  get username(): string | undefined {
    return this.#kept.read()?.username;
  }

  opened(flow: KeptFlow): void {
    this.#kept.write(flow);
  }

  typed(email: string): void {
    const flow = this.#kept.read();
    if (flow !== undefined) this.#kept.write({ ...flow, email });
  }

  close(): void {
    this.#kept.clear();
  }

  async step<A>(call: (token: string) => Promise<Result<A>>): Promise<Result<Progress<T>>> {
    const answer = await this.raw(call);
    return answer.ok ? accepted(this.#read(answer.value as never)) : answer;
  }

  async raw<A>(call: (token: string) => Promise<Result<A>>): Promise<Result<A>> {
    const answer = await call(this.#kept.read()?.flowToken ?? '');
    if (!answer.ok && OVER.includes(answer.refusal.code)) this.close();
    return answer;
  }
}

/** MFA registration (guides, "MFA Registration"). */
export function createMfaRegistration(call: CallRoute, kept: Kept<KeptFlow>, shelf: LinkShelf) {
  const flow = new TokenFlow<Registration>(kept, progressOf);
  return {
    get isOpen() {
      return flow.isOpen;
    },
    get email() {
      return flow.email;
    },
    get username() {
      return flow.username;
    },
    close() {
      flow.close();
      shelf.clear();
    },
    ...opening(call, flow, shelf),
    current: () => flow.step((token) => call('getMfaRegistration', { token })),
    chooseMethod: (method: LoginMethod) =>
      flow.step((token) => call('chooseMethod', { token, body: { method } })),
    async enterEmail(email: string) {
      const answer = await flow.step((token) => call('enterEmail', { token, body: { email } }));
      if (answer.ok) flow.typed(email);
      return answer;
    },
    verifyEmail: (code: string) =>
      flow.step((token) => call('verifyEmail', { token, body: { code } })),
    setPassword: (password: string) =>
      flow.step((token) =>
        call('setPassword', { token, body: { password: password.normalize('NFC') } }),
      ),
    phone: phoneSteps(call, flow),
  };
}

function progressOf({
  registration: state,
  ticket,
  email,
}: AnswerOf<'setPassword'>): Progress<Registration> {
  return { state, ticket, email };
}

/** The ways to open an MFA registration. */
function opening(call: CallRoute, flow: TokenFlow<Registration>, shelf: LinkShelf) {
  const open = async (
    body: { username: string; password: string } | { linkToken: string },
    signal?: AbortSignal,
  ): Promise<Result<Progress<Registration>>> => {
    const answer = await call('openMfaRegistration', { body });
    if (!answer.ok) return answer;
    const opened: KeptFlow = {
      flowToken: answer.value.flowToken,
      ...('username' in body && { username: body.username }),
    };
    if (signal?.aborted !== true) {
      flow.opened(opened);
      if ('linkToken' in body) await shelf.put(body.linkToken, opened);
    }
    return accepted({ state: answer.value.registration });
  };
  return {
    openByPortalLogin: (username: string, password: string) =>
      open({ username, password: password.normalize('NFC') }),
    /**
     * @param signal of a page that the person may leave, perhaps for another link: this tab then
     * does not keep what the answer opens, and the same link opens it again
     */
    openByLink: (linkToken: string, signal?: AbortSignal) => open({ linkToken }, signal),
    /** Whose registration a mailed link opens. It spends nothing. */
    showLink: (linkToken: string) => call('showRegistrationLink', { body: { linkToken } }),
    /**
     * Goes on with the registration that the same link opened in this browser before.
     * @param signal of a page that the person may leave, perhaps for another link
     * @returns false if there is none, it has ended, or the person has left
     */
    async resumeByLink(linkToken: string, signal?: AbortSignal): Promise<boolean> {
      const opened = await shelf.take(linkToken);
      if (opened === undefined) return false;
      const answer = await call('getMfaRegistration', { token: opened.flowToken });
      if (!answer.ok || answer.value.registration.step === 'DONE') return false;
      if (signal?.aborted === true) return false;
      flow.opened(opened);
      return true;
    },
  };
}

/** The steps of an MFA registration that enter and verify a phone number. */
function phoneSteps(call: CallRoute, flow: TokenFlow<Registration>) {
  let typed: string | undefined;
  return {
    /** The number as typed since the page was loaded, for another text or call. */
    get typed() {
      return typed;
    },
    enter(phoneNumber: string, channel: Channel) {
      typed = phoneNumber;
      return flow.step((token) => call('enterPhone', { token, body: { phoneNumber, channel } }));
    },
    verify: (code: string) => flow.step((token) => call('verifyPhone', { token, body: { code } })),
    confirmCall: () =>
      flow.step((token) => call('verifyPhone', { token, body: { call: 'CONFIRMED' } })),
  };
}
export type MfaRegistration = ReturnType<typeof createMfaRegistration>;

/** Forgotten password. */
export function createPasswordReset(call: CallRoute, kept: Kept<KeptFlow>) {
  const flow = new TokenFlow<PasswordReset>(
    kept,
    ({ reset, ticket }: AnswerOf<'resetPassword'>) => ({ state: reset, ticket }),
  );
  return {
    get isOpen() {
      return flow.isOpen;
    },
    get email() {
      return flow.email;
    },
    close: () => flow.close(),
    async start(email: string): Promise<Result<Progress<PasswordReset>>> {
      const answer = await call('startPasswordReset', { body: { email } });
      if (!answer.ok) return answer;
      flow.opened({ flowToken: answer.value.flowToken, email });
      return accepted({ state: answer.value.reset });
    },
    current: () => flow.step((token) => call('getPasswordReset', { token })),
    resendEmail: () => flow.step((token) => call('resendResetEmail', { token, body: {} })),
    verifyEmail: (code: string) =>
      flow.step((token) => call('verifyResetEmail', { token, body: { code } })),
    chooseChannel: (channel: Channel) =>
      flow.step((token) => call('chooseResetChannel', { token, body: { channel } })),
    verifyPhone: (code: string) =>
      flow.step((token) => call('verifyResetPhone', { token, body: { code } })),
    confirmCall: () =>
      flow.step((token) => call('verifyResetPhone', { token, body: { call: 'CONFIRMED' } })),
    setPassword: (password: string) =>
      flow.step((token) =>
        call('resetPassword', { token, body: { password: password.normalize('NFC') } }),
      ),
  };
}
export type PasswordRecovery = ReturnType<typeof createPasswordReset>;

export type ProviderSignUp = AnswerOf<'startProviderRegistration'>;
export type CreatedAccount = AnswerOf<'createAccount'>;

export interface KeptSignUp {
  started?: ProviderSignUp;
  created?: CreatedAccount;
  /** As typed: where the link goes. */
  email?: string;
}

/** Registration of a new provider: NPI and code, account, mailed link. */
export function createProviderRegistration(call: CallRoute, kept: Kept<KeptSignUp>) {
  const token = (): string => kept.read()?.started?.flowToken ?? '';
  const created = (answer: Result<CreatedAccount>, email: string): Result<CreatedAccount> => {
    if (answer.ok) kept.write({ ...kept.read(), created: answer.value, email });
    else if (OVER.includes(answer.refusal.code)) kept.clear();
    return answer;
  };
  return {
    /** The state of the registration, kept across reloads. */
    get standing(): KeptSignUp {
      return kept.read() ?? {};
    },
    close: () => kept.clear(),
    async start(npi: string, registrationCode: string): Promise<Result<ProviderSignUp>> {
      const answer = await call('startProviderRegistration', { body: { npi, registrationCode } });
      if (answer.ok) kept.write({ started: answer.value });
      return answer;
    },
    createAccount: async (body: AccountDetails) =>
      created(await call('createAccount', { token: token(), body }), body.email),
    correctEmail: async (email: string) =>
      created(await call('correctContactEmail', { token: token(), body: { email } }), email),
  };
}
export type ProviderRegistration = ReturnType<typeof createProviderRegistration>;
