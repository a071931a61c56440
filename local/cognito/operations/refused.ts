/**
 * Public operations that this pool's settings close, answered as AWS refuses them.
 * None of them has an effect here.
 */
import { z } from 'zod';
import { AwsError } from '../../gateway/aws-error.ts';
import { invalidParameter, missing, notAuthorized } from '../errors.ts';
import { clientOf } from '../lookups.ts';
import { operation, optionalText, text, type Operation } from '../operation.ts';
import type { Pool } from '../pool.ts';
import { userOfToken } from '../self-service.ts';
import type { CognitoServices } from '../services.ts';

type Closed = (pool: Pool) => AwsError | undefined;

const closed = (why: Closed) =>
  operation(z.object({ ClientId: text }), ({ pool }: Pick<CognitoServices, 'pool'>, request) => {
    clientOf(pool, request.ClientId);
    throw why(pool) ?? notEmulated('The pool allows this operation');
  });

type TokenReaders = Pick<CognitoServices, 'tokens' | 'users'>;

/** For a token with the scope AWS would do it: this error shows that the token gate let it pass. */
const refuseSelfService = async (services: TokenReaders, accessToken: string): Promise<object> => {
  await userOfToken(services, accessToken);
  throw notEmulated('The access token has the scope for this operation');
};

const selfService = operation(
  z.object({ AccessToken: text }),
  async (services: TokenReaders, { AccessToken }) => await refuseSelfService(services, AccessToken),
);

/** These two also take a session, of an MFA set-up that this pool never starts. */
const mfaSetUp = operation(
  z.object({ AccessToken: optionalText, Session: optionalText }),
  async (services: TokenReaders, { AccessToken, Session }) => {
    if (AccessToken !== undefined) return await refuseSelfService(services, AccessToken);
    throw Session === undefined
      ? missing('AccessToken')
      : notAuthorized('Invalid session for the user.');
  },
);

function notEmulated(why: string): AwsError {
  const message = `${why}, which the local machine does not run.`;
  return new AwsError('InternalErrorException', message, 500);
}

/** What every closed public operation answers. */
export const REFUSED: Record<string, Operation<CognitoServices>> = {
  SignUp: closed((pool) =>
    pool.selfSignUp ? undefined : notAuthorized('SignUp is not permitted for this user pool'),
  ),
  ConfirmSignUp: closed(
    () =>
      new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.'),
  ),
  ResendConfirmationCode: closed(() =>
    invalidParameter('Cannot resend codes. Auto verification not turned on.'),
  ),
  ForgotPassword: closed((pool) =>
    pool.selfRecovery ? undefined : notAuthorized('Contact administrator to reset password.'),
  ),
  ConfirmForgotPassword: closed((pool) =>
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
