import { AwsError } from '../gateway/aws-error.ts';
import type { AwsCall } from '../gateway/messages.ts';
import type { Place } from '../template/place.ts';
import type { ConditionContext } from './conditions.ts';
import { refusal } from './principals.ts';
import { requestContext } from './request-context.ts';

/** How a service says that a caller may not. */
export interface RefusalCodes {
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

/** Refuses a call that its caller's policies do not allow. @throws AwsError shaped as the call's protocol has it */
export function authorise(
  { principal, protocol }: AwsCall,
  place: Place,
  action: string,
  resource: string,
  own: ConditionContext = {},
): void {
  const reason = refusal(principal, {
    action,
    resource,
    context: requestContext(principal, place, own),
  });
  if (reason === undefined) return;
  const codes =
    protocol === 'query' || protocol === 'rest-xml'
      ? QUERY_CODES
      : protocol === 'rest-json'
        ? REST_CODES
        : JSON_CODES;
  throw new AwsError(
    principal.kind === 'stranger' ? codes.stranger : codes.denied,
    reason,
    codes.status,
  );
}
