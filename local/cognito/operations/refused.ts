/** Public operations that this pool's settings close, answered as AWS refuses them. None of them does anything here. */
import { AwsError } from '../../gateway/aws-error.ts';
import { invalidParameter, notAuthorized } from '../errors.ts';
import { clientOf, optionalText } from '../input.ts';
import { userOfToken } from '../self-service.ts';
import type { CognitoServices, Input, Operation } from '../services.ts';

type Closed = (services: CognitoServices, input: Input) => AwsError | undefined;

const closed =
  (why: Closed): Operation =>
  (services) =>
  (_call, input) => {
    clientOf(services.pool, input);
    return Promise.reject(
      why(services, input) ??
        notEmulated('The pool allows this operation, which the local machine does not run.'),
    );
  };

/** With a token that has the scope AWS would do it; saying so shows that the token gate let something through. */
const selfService: Operation = (services) => async (_call, input) => {
  await userOfToken(services, input);
  throw notEmulated(
    'The access token has the scope for this operation, which the local machine does not run.',
  );
};

/** These two also take a session, of an MFA set-up that this pool never starts. */
const mfaSetUp: Operation = (services) => async (call, input) => {
  if (
    optionalText(input, 'AccessToken') === undefined &&
    optionalText(input, 'Session') !== undefined
  )
    throw notAuthorized('Invalid session for the user.');
  return await selfService(services)(call, input);
};

function notEmulated(message: string): AwsError {
  return new AwsError('InternalErrorException', message, 500);
}

/** What every closed public operation answers. */
export const REFUSED: Record<string, Operation> = {
  SignUp: closed(({ pool }) =>
    pool.selfSignUp ? undefined : notAuthorized('SignUp is not permitted for this user pool'),
  ),
  ConfirmSignUp: closed(
    () =>
      new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.'),
  ),
  ResendConfirmationCode: closed(() =>
    invalidParameter('Cannot resend codes. Auto verification not turned on.'),
  ),
  ForgotPassword: closed(({ pool }) =>
    pool.selfRecovery ? undefined : notAuthorized('Contact administrator to reset password.'),
  ),
  ConfirmForgotPassword: closed(({ pool }) =>
    pool.selfRecovery ? undefined : notAuthorized('Contact administrator to reset password.'),
  ),
  AssociateSoftwareToken: mfaSetUp,
  VerifySoftwareToken: mfaSetUp,
  ...Object.fromEntries(
    [
      'ChangePassword',
      'UpdateUserAttributes',
      'DeleteUserAttributes',
      'DeleteUser',
      'GetUserAttributeVerificationCode',
      'VerifyUserAttribute',
      'SetUserMFAPreference',
      'SetUserSettings',
      'ListDevices',
      'GetDevice',
      'ForgetDevice',
      'UpdateDeviceStatus',
      'ConfirmDevice',
      'GetUserAuthFactors',
      'StartWebAuthnRegistration',
      'CompleteWebAuthnRegistration',
      'ListWebAuthnCredentials',
      'DeleteWebAuthnCredential',
    ].map((name) => [name, selfService]),
  ),
};
