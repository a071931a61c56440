/** An error as an AWS service reports it, which its name identifies. */
export function awsError(name: string, message = 'from the service', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}
