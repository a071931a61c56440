/** How a sign-in reads Cognito's answers. */
import type { CognitoFault, CognitoOutcome } from './cognito.ts';
import type { Refusal, RefusalCode } from './refusals.ts';
import type { ShownChallenge, SignInState } from './sign-in-state.ts';
import type {
  ChallengeParameters,
  ChooseFactorParameters,
  Factor,
  LoginMethod,
  SignInFactor,
} from './wire.ts';

/** The nonce of PROVE_DEVICE, or undefined if Cognito did not ask for it. */
export function nonceOf(outcome: CognitoOutcome): string | undefined {
  if (outcome.kind !== 'CHALLENGE' || outcome.parameters.challenge !== 'PROVE_DEVICE')
    return undefined;
  return outcome.parameters.nonce;
}

/** SMS and CALL are the login method PHONE, EMAIL is EMAIL. */
export function loginMethodOf(factor: Factor): LoginMethod {
  return factor === 'EMAIL' ? 'EMAIL' : 'PHONE';
}

/** No limit stops a passkey. Any other factor would end the sign-in of a locked account. */
export function factorsOf({ factors, reason }: ChooseFactorParameters): SignInFactor[] {
  const offered = factors.split(',') as SignInFactor[];
  return reason === 'ACCOUNT_LOCKED' ? offered.filter((one) => one === 'PASSKEY') : offered;
}

/** PROVE_DEVICE is answered at once, and never shown. */
export function isShown(challenge: ChallengeParameters): challenge is ShownChallenge {
  return challenge.challenge !== 'PROVE_DEVICE';
}

/** True if the same attempt may succeed later. */
export function isPassing({ code }: Refusal): boolean {
  return code === 'UNREACHABLE' || code === 'RATE_LIMITED';
}

/** Names what a flow without a password was refused for, because Cognito does not. */
export function endedBy(code: RefusalCode, state: SignInState): SignInState {
  return state.kind === 'ENDED' && !isPassing(state.refusal)
    ? { ...state, refusal: { ...state.refusal, code } }
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

export function refusalOf({ code, message }: CognitoFault, underWay: boolean): Refusal {
  if (code === 'UserLambdaValidationException' && underWay) return { code: 'SIGN_IN_ENDED' };
  if (LOST.includes(code)) return { code: 'UNREACHABLE' };
  if (THROTTLED.includes(code)) return { code: 'RATE_LIMITED' };
  if (underWay) return { code: 'SIGN_IN_ENDED' };
  if (code === 'NotAuthorizedException')
    return { code: /attempts exceeded/i.test(message) ? 'SIGN_IN_PAUSED' : 'SIGN_IN_REFUSED' };
  if (code === 'UserNotFoundException') return { code: 'SIGN_IN_REFUSED' };
  return { code: 'UNREACHABLE' };
}
