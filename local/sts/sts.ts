import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { queryReply } from '../gateway/protocols.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Security Token Service: whose credentials a request is signed with. */
export function create({ place }: Pick<LocalContext, 'place'>): LocalService {
  return {
    aws: {
      sts: async (call) => {
        if (call.operation !== 'GetCallerIdentity') throw unknownOperation('STS', call.operation);
        return await Promise.resolve(callerIdentity(place, call));
      },
    },
  };
}

/** It needs no permission (IAM user guide, GetCallerIdentity). */
function callerIdentity({ account }: Place, { principal }: AwsCall): Reply {
  if (principal.kind === 'stranger')
    throw new AwsError(
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
    );
  const { arn } = principal;
  const name = arn.split('/').at(-1) ?? '';
  const UserId = principal.kind === 'operator' ? 'AIDALOCALOPERATOR' : `AROALOCAL:${name}`;
  return queryReply(NAMESPACE, 'GetCallerIdentity', { Arn: arn, UserId, Account: account });
}
