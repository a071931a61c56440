/**
 * What a client calls its sign-in, so that a person can name it to support and a log can find it.
 */

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The client's identifier of the attempt, for the log and for nothing else: any client may send
 * anything. Cognito passes it with the answers to challenges, and not with the first request.
 */
export function attemptOf(clientMetadata: unknown): string | undefined {
  const { attemptId } = (clientMetadata ?? {}) as Record<string, unknown>;
  return typeof attemptId === 'string' && UUID.test(attemptId) ? attemptId : undefined;
}
