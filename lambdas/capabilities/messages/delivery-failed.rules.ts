/**
 * The provider did not take the message or the call, or did not say so in time. It may arrive all
 * the same.
 */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';

  /** The request was written and no answer came, so the message may have been sent. */
  get isUncertain(): boolean {
    const { $metadata, code = '', syscall, host } = (this.cause ?? {}) as ProviderFault;
    const wasConnected = syscall !== 'connect' && host === undefined;
    return $metadata?.httpStatusCode === undefined && LOST.has(code) && wasConnected;
  }

  /** The class of the cause, for the log and the audit trail. */
  get causeClass(): CauseClass {
    return causeClassOf(this.cause);
  }
}

/** What the SDK reports of a failed call, and Node of a failed connection. */
interface ProviderFault {
  $metadata?: { httpStatusCode?: number };
  code?: string;
  syscall?: string;
  /** Node names it where a connection ends before TLS is established. */
  host?: string;
}

/**
 * An answer that did not come in time, or a connection that broke. The SDK sets no code where a
 * connection was not made in time or credentials are missing.
 */
const LOST: ReadonlySet<string> = new Set(['ETIMEDOUT', 'ECONNRESET', 'EPIPE']);

/**
 * Why a send fails: too many at once, no permission or account in order, refused for what it is, no
 * answer in time, or an outage of the provider.
 */
export type CauseClass = 'THROTTLED' | 'DENIED' | 'REFUSED' | 'NO_ANSWER' | 'OUTAGE';

const CLASSES: readonly [CauseClass, RegExp][] = [
  ['THROTTLED', /Throttl|TooManyRequests|LimitExceeded|Quota/i],
  ['NO_ANSWER', /Timeout|Abort|ECONN|Network/i],
  ['DENIED', /AccessDenied|NotAuthorized|Unauthorized|Paused|OptedOut|Signature|Token|KMS/i],
  ['OUTAGE', /^Internal|Unavailable|ServiceException$|^Error$/i],
];

export function causeClassOf(cause: unknown): CauseClass {
  if (!(cause instanceof Error)) return 'OUTAGE';
  return CLASSES.find(([, names]) => names.test(cause.name))?.[0] ?? 'REFUSED';
}
