/** A sign-in from its first step to tokens, as one state that screens show. */
import type { LoginMethod } from './wire.ts';
import type {
  AcceptTermsParameters,
  ChallengeParameters,
  ChooseFactorParameters,
  ConfirmCallParameters,
  EnterCodeParameters,
  Factor,
  RegistrationIncompleteParameters,
} from './wire.ts';
import { definite } from './definite.ts';
import type { CognitoFault, CognitoFlow, CognitoOutcome } from './cognito.ts';
import { refused, type Refusal, type RefusalCode } from './refusals.ts';
import { proveDevice, type NewDevice, type RememberedDeviceRecord } from './remembered-device.ts';

export type ShownChallenge =
  | ChooseFactorParameters
  | EnterCodeParameters
  | ConfirmCallParameters
  | AcceptTermsParameters
  | RegistrationIncompleteParameters;

export type SignInState =
  /** `refusal` is the reason why the challenge is shown again. */
  | {
      kind: 'CHALLENGE';
      email: string;
      loginMethod: LoginMethod;
      challenge: ShownChallenge;
      refusal?: Refusal | undefined;
    }
  | { kind: 'SIGNED_IN'; loginMethod: LoginMethod }
  /** The sign-in has ended, and a new one is needed. */
  | { kind: 'ENDED'; email: string; loginMethod: LoginMethod; refusal: Refusal };

/** What a reload of the page needs to resume. It is secret while Cognito's session is valid. */
export interface SavedSignIn {
  username: string;
  session: string;
  email: string;
  loginMethod: LoginMethod;
  remember: boolean;
  challenge: ShownChallenge;
}

export interface SignInCollaborators {
  clientId: string;
  openFlow: (username: string, session?: string) => CognitoFlow;
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
  email: string;
  loginMethod: LoginMethod;
  remember: boolean;
}

export class SignIn {
  readonly #deps: SignInCollaborators;
  readonly #wishes: SignInWishes;
  readonly #flow: CognitoFlow;
  #shown: ShownChallenge | undefined;

  private constructor(
    deps: SignInCollaborators,
    wishes: SignInWishes,
    flow: CognitoFlow,
    shown?: ShownChallenge,
  ) {
    this.#deps = deps;
    this.#wishes = wishes;
    this.#flow = flow;
    this.#shown = shown;
  }

  static open(deps: SignInCollaborators, wishes: SignInWishes): SignIn {
    return new SignIn(deps, wishes, deps.openFlow(wishes.email));
  }

  /** Resumes the sign-in that a reload interrupted. */
  static resume(deps: SignInCollaborators): { signIn: SignIn; state: SignInState } | undefined {
    const saved = deps.saved.read();
    if (saved === undefined) return undefined;
    const { username, session, challenge, ...wishes } = saved;
    const signIn = new SignIn(deps, wishes, deps.openFlow(username, session), challenge);
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

  chooseFactor(factor: Factor): Promise<SignInState> {
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
        rememberDevice: device && { publicKey: device.publicKey },
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
        ...{ deviceId: device.deviceId, key: device.key, email, loginMethod },
        rememberedAt: Date.now(),
      });
    return state;
  }

  /** A device is remembered for the factor that was passed, not for the button that was pressed. */
  #methodProven(): LoginMethod {
    if (this.#shown?.challenge === 'ENTER_CODE') return loginMethodOf(this.#shown.factor);
    return this.#shown?.challenge === 'CONFIRM_CALL' ? 'PHONE' : this.#wishes.loginMethod;
  }

  #follow(outcome: CognitoOutcome): SignInState {
    if (outcome.kind === 'CHALLENGE')
      return this.#show(outcome.parameters as unknown as ChallengeParameters);
    if (outcome.kind === 'TOKENS') {
      this.#deps.saved.clear();
      return { kind: 'SIGNED_IN', loginMethod: this.#wishes.loginMethod };
    }
    const refusal = refusalOf(outcome.error, this.#shown !== undefined);
    // An answer that was lost or throttled leaves the challenge open: the same step may be tried
    // again.
    return this.#shown !== undefined && isPassing(refusal)
      ? this.#challenged(this.#shown, refusal)
      : this.#ended(refusal);
  }

  #show(challenge: ChallengeParameters): SignInState {
    if (!isShown(challenge)) return this.#ended({ code: 'SIGN_IN_ENDED' });
    this.#shown = challenge;
    this.#deps.saved.write({ ...this.#flow.resumption, ...this.#wishes, challenge });
    return this.#challenged(challenge);
  }

  #challenged(challenge: ShownChallenge, refusal?: Refusal): SignInState {
    const reason =
      'reason' in challenge && challenge.reason !== undefined
        ? refused(challenge.reason).refusal
        : undefined;
    return {
      kind: 'CHALLENGE',
      email: this.#wishes.email,
      loginMethod: this.#wishes.loginMethod,
      challenge,
      refusal: refusal ?? reason,
    };
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

/** The nonce of PROVE_DEVICE, or undefined if Cognito did not ask for it. */
function nonceOf(outcome: CognitoOutcome): string | undefined {
  if (outcome.kind !== 'CHALLENGE' || outcome.parameters.challenge !== 'PROVE_DEVICE')
    return undefined;
  return outcome.parameters.nonce;
}

/** SMS and CALL are the login method PHONE, EMAIL is EMAIL. */
function loginMethodOf(factor: Factor): LoginMethod {
  return factor === 'EMAIL' ? 'EMAIL' : 'PHONE';
}

/** True if the same attempt may succeed later. */
/** Challenges that this client asks for, or that follow by themselves. */
function isShown(challenge: ChallengeParameters): challenge is ShownChallenge {
  if (challenge.challenge === 'ENTER_CODE') return challenge.factor !== 'RECOVERY_CODE';
  return challenge.challenge !== 'PROVE_DEVICE' && challenge.challenge !== 'USE_PASSKEY';
}

function isPassing({ code }: Refusal): boolean {
  return code === 'UNREACHABLE' || code === 'RATE_LIMITED';
}

/** Names what a flow without a password was refused for, because Cognito does not. */
function endedBy(code: RefusalCode, state: SignInState): SignInState {
  return state.kind === 'ENDED' && !isPassing(state.refusal)
    ? { ...state, refusal: { code } }
    : state;
}

const LOST = [
  'NetworkError',
  'InternalErrorException',
  'InternalFailure',
  'UnexpectedLambdaException',
  'UserLambdaValidationException',
];
const THROTTLED = ['TooManyRequestsException', 'LimitExceededException', 'ForbiddenException'];

function refusalOf({ code, message }: CognitoFault, underWay: boolean): Refusal {
  if (code === 'UserLambdaValidationException' && underWay) return { code: 'SIGN_IN_ENDED' };
  if (LOST.includes(code)) return { code: 'UNREACHABLE' };
  if (THROTTLED.includes(code)) return { code: 'RATE_LIMITED' };
  if (underWay) return { code: 'SIGN_IN_ENDED' };
  if (code === 'NotAuthorizedException')
    return { code: /attempts exceeded/i.test(message) ? 'SIGN_IN_PAUSED' : 'SIGN_IN_REFUSED' };
  if (code === 'UserNotFoundException') return { code: 'SIGN_IN_REFUSED' };
  return { code: 'UNREACHABLE' };
}
