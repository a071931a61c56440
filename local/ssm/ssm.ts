import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import { arnOf } from '../template/place.ts';
import type { StackTemplate } from '../template/template.ts';

/** Systems Manager: the stack's plain parameters, read one at a time. */
export function createSsm(template: StackTemplate): AwsService {
  const { place } = template;
  const parameters = new Map(
    template
      .ofType('AWS::SSM::Parameter')
      .map(({ ref, properties }) => [ref, String(properties.Value)]),
  );
  return (call) => {
    if (call.operation !== 'GetParameter')
      throw unknownOperation('Systems Manager', call.operation);
    const name = String(jsonInput(call.http).Name ?? '');
    const arn = arnOf(place, 'ssm', `parameter${name.startsWith('/') ? '' : '/'}${name}`);
    authorise(call, place, 'ssm:GetParameter', arn);
    const value = parameters.get(name);
    if (value === undefined)
      throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
    return Promise.resolve(
      jsonReply(call.protocol, {
        Parameter: {
          Name: name,
          Type: 'String',
          Value: value,
          Version: 1,
          LastModifiedDate: 0,
          ARN: arn,
          DataType: 'text',
        },
      }),
    );
  };
}
