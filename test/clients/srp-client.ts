/** The client's part of a sign-in by SRP, with a secret of its own. */
import { randomBytes } from 'node:crypto';
import {
  beginSrp,
  type PasswordVerifierParameters,
  provePassword,
  readVerifierParameters,
  srpA,
} from '../../lambdas/capabilities/passwords/srp.rules.ts';

/** The parameters of PASSWORD_VERIFIER, as Cognito's answer has them. */
type PasswordChallenge = Partial<PasswordVerifierParameters>;

/** One sign-in's secret: gives SRP_A, then the answer to PASSWORD_VERIFIER. */
export interface SrpClient {
  srpA: string;
  answer: (
    userPoolId: string,
    password: string,
    challenge: PasswordChallenge | undefined,
  ) => Record<string, string>;
}

export function createSrpClient(): SrpClient {
  const start = beginSrp(randomBytes(32));
  return {
    srpA: srpA(start),
    answer: (userPoolId, password, challenge) =>
      provePassword(start, readVerifierParameters(challenge), {
        userPoolId,
        password,
        now: new Date(),
      }),
  };
}
