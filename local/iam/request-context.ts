import type { Place } from '../template/place.ts';
import type { ConditionContext } from './conditions.ts';
import type { Principal } from './principals.ts';

/** The global condition keys of every request on this machine; services add their own. */
export function requestContext(
  principal: Principal,
  place: Place,
  own: ConditionContext = {},
): ConditionContext {
  return {
    'aws:SecureTransport': 'true',
    'aws:PrincipalAccount': place.account,
    'aws:PrincipalArn': principal.kind === 'stranger' ? undefined : principal.arn,
    'aws:RequestedRegion': place.region,
    'aws:ViaAWSService': 'false',
    'aws:SourceAccount': undefined,
    'aws:SourceArn': undefined,
    'kms:ViaService': undefined,
    ...own,
  };
}
