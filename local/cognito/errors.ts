import { AwsError } from '../gateway/aws-error.ts';

/** Cognito's refusals, in the words of a user pool (API reference, "InitiateAuth"). */
export const notAuthorized = (message = 'Incorrect username or password.'): AwsError =>
  new AwsError('NotAuthorizedException', message);
export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message);
export const userNotFound = (): AwsError =>
  new AwsError('UserNotFoundException', 'User does not exist.');
export const missing = (parameter: string): AwsError =>
  invalidParameter(`Missing required parameter ${parameter}`);
