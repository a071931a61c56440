/**
 * The provider did not take the message or the call, or did not say so in time. It may arrive all
 * the same.
 */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';

  /** No answer came, so the message may have been sent. */
  get isUncertain(): boolean {
    const { $metadata, code = '' } = (this.cause ?? {}) as ProviderFault;
    return $metadata?.httpStatusCode === undefined && !NEVER_REACHED.has(code);
  }

  /** The class of the cause, for the log and the audit trail. */
  get causeClass(): CauseClass {
    return causeClassOf(this.cause);
  }
}

/** What the SDK reports of a failed call. */
interface ProviderFault {
  $metadata?: { httpStatusCode?: number };
  code?: string;
}

/** The connection was not made. */
const NEVER_REACHED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

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
