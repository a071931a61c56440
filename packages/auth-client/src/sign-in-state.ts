/** What a sign-in shows at each of its steps. */
import type { Refusal } from './refusals.ts';
import type {
  AcceptTermsParameters,
  ChooseFactorParameters,
  ConfirmCallParameters,
  EnterCodeParameters,
  EnterRecoveryCodeParameters,
  LoginMethod,
  RegistrationIncompleteParameters,
  SignInFactor,
  UsePasskeyParameters,
} from './wire.ts';

export type ShownChallenge =
  | ChooseFactorParameters
  | UsePasskeyParameters
  | EnterCodeParameters
  | EnterRecoveryCodeParameters
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
      /** The factors that may be chosen, as CHOOSE_FACTOR listed them; a lock leaves PASSKEY. */
      factors: readonly SignInFactor[];
      /** The choice that led here: what it offers may be chosen again while a factor is open. */
      choice?: ChooseFactorParameters | undefined;
      refusal?: Refusal | undefined;
    }
  | { kind: 'SIGNED_IN'; loginMethod: LoginMethod }
  /** The sign-in has ended, and a new one is needed. */
  | { kind: 'ENDED'; email: string; loginMethod: LoginMethod; refusal: Refusal };
