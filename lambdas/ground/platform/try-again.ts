/** Cognito shows the message of a trigger's error to the user. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
  constructor(cause: unknown) {
    super('The service is not available right now. Please try again', { cause });
  }
}
