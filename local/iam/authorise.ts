import { AwsError } from '../gateway/aws-error.ts';
import type { AwsCall, Protocol } from '../gateway/messages.ts';
import type { Place } from '../template/place.ts';
import type { ConditionContext } from './conditions.ts';
import { refusal } from './principals.ts';
import { requestContext } from './request-context.ts';

/** The error codes of a refusal. */
interface RefusalCodes {
  stranger: string;
  denied: string;
  status: number;
}

const JSON_CODES: RefusalCodes = {
  stranger: 'UnrecognizedClientException',
  denied: 'AccessDeniedException',
  status: 400,
};
const QUERY_CODES: RefusalCodes = {
  stranger: 'InvalidClientTokenId',
  denied: 'AccessDenied',
  status: 403,
};
const REST_CODES: RefusalCodes = {
  stranger: 'UnrecognizedClientException',
  denied: 'AccessDeniedException',
  status: 403,
};

/** What a call needs, with the condition keys of its service. */
export interface Permission {
  action: string;
  resource: string;
  context?: ConditionContext;
}

/**
 * Refuses a call that its caller's policies do not allow.
 * @throws AwsError shaped as the call's protocol has it
 */
export function authorise(
  { principal, protocol }: AwsCall,
  place: Place,
  { action, resource, context = {} }: Permission,
): void {
  const needed = {
    action,
    resource,
    context: requestContext(principal, place, context),
  };
  const reason = refusal(principal, needed);
  if (reason === undefined) return;
  const { stranger, denied, status } = codesOf(protocol);
  throw new AwsError(principal.kind === 'stranger' ? stranger : denied, reason, status);
}

function codesOf(protocol: Protocol): RefusalCodes {
  if (protocol === 'query' || protocol === 'rest-xml') return QUERY_CODES;
  return protocol === 'rest-json' ? REST_CODES : JSON_CODES;
}
