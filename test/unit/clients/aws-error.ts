/** An error as an AWS service reports it: told apart by its name. */
export function awsError(name: string, message = 'from the service', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}
