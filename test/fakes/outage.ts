/**
 * An outage by its name, by which use cases and handlers distinguish outages. The clients' own
 * classes would load the AWS SDK into every test file.
 */
export function outageNamed(
  name: 'CodeMacUnavailable' | 'UserPoolUnavailable' | 'QueueUnavailable',
): Error {
  return Object.assign(new Error('It was made to fail.'), { name });
}
