import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import { arnOf, type Place } from '../template/place.ts';

const GetParameterInput = z.object({ Name: z.string().default('') });

/** Systems Manager: the stack's plain parameters, read one at a time. */
export function create({
  template,
  place,
}: Pick<LocalContext, 'template' | 'place'>): LocalService {
  const parameters = new Map(
    template
      .ofType('AWS::SSM::Parameter')
      .map(({ ref, properties }) => [ref, String(properties.Value)]),
  );
  return {
    aws: {
      ssm: async (call) => {
        if (call.operation !== 'GetParameter')
          throw unknownOperation('Systems Manager', call.operation);
        return await Promise.resolve(getParameter(parameters, place, call));
      },
    },
  };
}

function getParameter(parameters: ReadonlyMap<string, string>, place: Place, call: AwsCall): Reply {
  const parsed = GetParameterInput.safeParse(jsonInput(call.http));
  if (!parsed.success) throw new AwsError('ValidationException', z.prettifyError(parsed.error));
  const { Name } = parsed.data;
  const ARN = arnOf(place, 'ssm', `parameter${Name.startsWith('/') ? '' : '/'}${Name}`);
  authorise(call, place, { action: 'ssm:GetParameter', resource: ARN });
  const Value = parameters.get(Name);
  if (Value === undefined) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
  return jsonReply(call.protocol, {
    Parameter: {
      Name,
      Value,
      ARN,
      Type: 'String',
      Version: 1,
      LastModifiedDate: 0,
      DataType: 'text',
    },
  });
}
