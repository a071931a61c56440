/** A sign-in from its first step to tokens, as one state that screens show. */
import type { LoginMethod } from './wire.ts';
import type {
  ChallengeParameters,
  ChooseFactorParameters,
  PasskeyAssertion,
  SignInFactor,
} from './wire.ts';
import { browserName } from './browser-name.ts';
import { definite } from './definite.ts';
import type { CognitoFlow, CognitoOutcome } from './cognito.ts';
import type { Refusal } from './refusals.ts';
import {
  endedBy,
  factorsOf,
  isPassing,
  isShown,
  loginMethodOf,
  nonceOf,
  refusalOf,
} from './sign-in-outcomes.ts';
import type { ShownChallenge, SignInState } from './sign-in-state.ts';
import { proveDevice, type NewDevice, type RememberedDeviceRecord } from './remembered-device.ts';

/** What a reload of the page needs to resume. It is secret while Cognito's session is valid. */
export interface SavedSignIn {
  username: string;
  session: string;
  email: string;
  loginMethod: LoginMethod;
  remember: boolean;
  challenge: ShownChallenge;
  choice?: ChooseFactorParameters;
  /** Absent in what an earlier version kept. */
  attemptId?: string;
}

export interface SignInCollaborators {
  clientId: string;
  openFlow: (username: string, session: string | undefined, attemptId: string) => CognitoFlow;
  devices: {
    make: () => Promise<NewDevice>;
    read: () => Promise<RememberedDeviceRecord | undefined>;
    keep: (record: RememberedDeviceRecord) => Promise<void>;
    drop: () => Promise<void>;
  };
  /** The device that was forgotten here. The next passed factor notifies the backend. */
  forgotten: { read: () => string | undefined; clear: () => void };
  saved: {
    read: () => SavedSignIn | undefined;
    write: (value: SavedSignIn) => void;
    clear: () => void;
  };
}

export interface SignInWishes {
  /** Empty where a passkey says who signs in. */
  email: string;
  loginMethod: LoginMethod;
  remember: boolean;
}

/** What the flow begins with, or goes on from. */
interface Begun {
  username: string;
  session?: string;
  attemptId: string;
}

export class SignIn {
  readonly #deps: SignInCollaborators;
  readonly #wishes: SignInWishes;
  readonly #flow: CognitoFlow;
  /** By which support finds this sign-in in the log. */
  readonly #attemptId: string;
  #shown: ShownChallenge | undefined;
  #choice: ChooseFactorParameters | undefined;

  private constructor(
    deps: SignInCollaborators,
    wishes: SignInWishes,
    { username, session, attemptId }: Begun,
    shown?: ShownChallenge,
  ) {
    this.#deps = deps;
    this.#wishes = wishes;
    this.#attemptId = attemptId;
    this.#flow = deps.openFlow(username, session, attemptId);
    this.#shown = shown;
  }

  /** @param username for whom, where it is not the e-mail address */
  static open(deps: SignInCollaborators, wishes: SignInWishes, username = wishes.email): SignIn {
    return new SignIn(deps, wishes, { username, attemptId: crypto.randomUUID() });
  }

  /** Resumes the sign-in that a reload interrupted. */
  static resume(deps: SignInCollaborators): { signIn: SignIn; state: SignInState } | undefined {
    const saved = deps.saved.read();
    if (saved === undefined) return undefined;
    const { username, session, challenge, choice, ...kept } = saved;
    const { attemptId = crypto.randomUUID(), ...wishes } = kept;
    const signIn = new SignIn(deps, wishes, { username, session, attemptId }, challenge);
    signIn.#choice = choice;
    return { signIn, state: signIn.#challenged(challenge) };
  }

  /** Signs in with the password. CHOOSE_FACTOR follows. */
  async withPassword(password: string): Promise<SignInState> {
    return this.#follow(await this.#flow.provePassword(password));
  }

  /**
   * Signs in with the ticket of a registration or reset. It needs no password, so that a pause of
   * password sign-ins does not stop it.
   */
  async withTicket(ticket: string): Promise<SignInState> {
    const begun = await this.#flow.begin();
    const state = nonceOf(begun) === undefined ? this.#follow(begun) : await this.#pass({ ticket });
    return endedBy('TICKET_INVALID', state);
  }

  /**
   * Signs in with the remembered device, and forgets a device that the backend does not recognise.
   */
  async withDevice(record: RememberedDeviceRecord): Promise<SignInState> {
    const begun = await this.#flow.begin();
    const nonce = nonceOf(begun);
    const proof = nonce && (await proveDevice(record, this.#deps.clientId, nonce));
    const state = endedBy(
      'DEVICE_NOT_RECOGNISED',
      this.#follow(proof ? await this.#flow.answer(proof) : begun),
    );
    if (state.kind === 'ENDED' && !isPassing(state.refusal)) await this.#deps.devices.drop();
    return state;
  }

  /** Signs in with a passkey alone: over a challenge of `client.passkeyRequest()`. */
  async withPasskey(passkey: PasskeyAssertion): Promise<SignInState> {
    const begun = await this.#flow.begin();
    const outcome = nonceOf(begun) === undefined ? begun : await this.#flow.answer({ passkey });
    return endedBy('PASSKEY_REFUSED', this.#follow(outcome));
  }

  /** Answers USE_PASSKEY, after a password. */
  usePasskey(passkey: PasskeyAssertion): Promise<SignInState> {
    return this.#answer({ passkey });
  }

  chooseFactor(factor: SignInFactor): Promise<SignInState> {
    return this.#answer({ factor });
  }

  resend(): Promise<SignInState> {
    return this.#answer({ resend: true });
  }

  enterCode(code: string): Promise<SignInState> {
    return this.#pass({ code });
  }

  confirmCall(): Promise<SignInState> {
    return this.#pass({ call: 'CONFIRMED' });
  }

  acceptTerms(version: string): Promise<SignInState> {
    return this.#answer({ acceptTerms: version });
  }

  async #answer(answer: object): Promise<SignInState> {
    return this.#follow(await this.#flow.answer(answer));
  }

  /** Answers with a proof, and with the wishes about this device. */
  async #pass(proof: object): Promise<SignInState> {
    const { devices, forgotten } = this.#deps;
    const { email, remember } = this.#wishes;
    const loginMethod = this.#methodProven();
    const [device, before] = await Promise.all([
      remember ? devices.make().catch(() => undefined) : undefined,
      devices.read(),
    ]);
    const forget = forgotten.read() ?? (device === undefined ? undefined : before?.deviceId);
    const asked = this.#shown?.challenge;
    const state = await this.#answer({
      ...proof,
      ...definite({
        rememberDevice: device && definite({ publicKey: device.publicKey, browser: browserName() }),
        forgetDevice: forget,
      }),
    });
    const passed =
      state.kind === 'SIGNED_IN' ||
      (state.kind === 'CHALLENGE' &&
        state.challenge.challenge === 'ACCEPT_TERMS' &&
        asked !== 'ACCEPT_TERMS');
    if (!passed) return state;
    forgotten.clear();
    if (device !== undefined)
      await devices.keep({
        deviceId: device.deviceId,
        key: device.key,
        email,
        loginMethod,
        rememberedAt: Date.now(),
      });
    return state;
  }

  /** A device is remembered for the factor that was passed, not for the button that was pressed. */
  #methodProven(): LoginMethod {
    if (this.#shown?.challenge === 'CONFIRM_CALL') return 'PHONE';
    if (this.#shown?.challenge !== 'ENTER_CODE') return this.#wishes.loginMethod;
    const { factor } = this.#shown;
    if (factor !== 'RECOVERY_CODE') return loginMethodOf(factor);
    return this.#factors().includes('SMS') ? 'PHONE' : 'EMAIL';
  }

  #follow(outcome: CognitoOutcome): SignInState {
    if (outcome.kind === 'CHALLENGE')
      return this.#show(outcome.parameters as unknown as ChallengeParameters);
    if (outcome.kind === 'TOKENS') {
      this.#deps.saved.clear();
      return { kind: 'SIGNED_IN', loginMethod: this.#wishes.loginMethod };
    }
    const refusal = this.#named(refusalOf(outcome.error, this.#shown !== undefined));
    // An answer that was lost or throttled leaves the challenge open: the same step may be tried
    // again.
    return this.#shown !== undefined && isPassing(refusal)
      ? this.#challenged(this.#shown, refusal)
      : this.#ended(refusal);
  }

  #show(challenge: ChallengeParameters): SignInState {
    if (!isShown(challenge)) return this.#ended(this.#named({ code: 'SIGN_IN_ENDED' }));
    this.#shown = challenge;
    if (challenge.challenge === 'CHOOSE_FACTOR') this.#choice = challenge;
    const resumption = { ...this.#flow.resumption, challenge };
    this.#deps.saved.write({
      ...resumption,
      ...this.#wishes,
      attemptId: this.#attemptId,
      ...definite({ choice: this.#choice }),
    });
    return this.#challenged(challenge);
  }

  #challenged(challenge: ShownChallenge, refusal?: Refusal): SignInState {
    const reason =
      'reason' in challenge && challenge.reason !== undefined
        ? this.#named({ code: challenge.reason })
        : undefined;
    return {
      kind: 'CHALLENGE',
      email: this.#wishes.email,
      loginMethod: this.#wishes.loginMethod,
      challenge,
      factors: this.#factors(),
      choice: this.#choice,
      refusal: refusal ?? reason,
    };
  }

  #named(refusal: Refusal): Refusal {
    return { ...refusal, attemptId: this.#attemptId };
  }

  #factors(): readonly SignInFactor[] {
    return this.#choice === undefined ? [] : factorsOf(this.#choice);
  }

  #ended(refusal: Refusal): SignInState {
    this.#deps.saved.clear();
    return {
      kind: 'ENDED',
      email: this.#wishes.email,
      loginMethod: this.#wishes.loginMethod,
      refusal,
    };
  }
}
