/**
 * An outage by its name, which is how use cases and handlers tell outages apart. The clients' own
 * classes would load the AWS SDK into every test file.
 */
export function outageNamed(
  name: 'CodeMacUnavailable' | 'UserPoolUnavailable' | 'QueueUnavailable',
): Error {
  return Object.assign(new Error('It was made to fail.'), { name });
}
