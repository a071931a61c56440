import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import { stackIdOf } from '../template/place.ts';
import type { StackTemplate } from '../template/template.ts';

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** CloudFormation: the outputs of the one stack, by which operators' tools find their tables. */
export function create({ template }: Pick<LocalContext, 'template'>): LocalService {
  return {
    aws: {
      cloudformation: async (call) => {
        if (call.operation !== 'DescribeStacks')
          throw unknownOperation('CloudFormation', call.operation);
        return await Promise.resolve(describeStacks(template, call));
      },
    },
  };
}

function describeStacks({ place, outputs }: StackTemplate, call: AwsCall): Reply {
  const arn = stackIdOf(place);
  const action = 'cloudformation:DescribeStacks';
  authorise(call, place, { action, resource: arn });
  const name = new URLSearchParams(call.http.body.toString('utf8')).get('StackName');
  if (name !== null && name !== place.stackName && name !== arn)
    throw new AwsError('ValidationError', `Stack with id ${name} does not exist`);
  const members = Object.entries(outputs).map(([key, value]) =>
    element('member', element('OutputKey', text(key)) + element('OutputValue', text(value))),
  );
  const stack = [
    element('StackId', arn),
    element('StackName', text(place.stackName)),
    element('StackStatus', 'CREATE_COMPLETE'),
    element('CreationTime', '2026-01-01T00:00:00Z'),
    element('Outputs', members.join('')),
  ].join('');
  const result = element('DescribeStacksResult', element('Stacks', element('member', stack)));
  const body = `<DescribeStacksResponse xmlns="${NAMESPACE}">${result}</DescribeStacksResponse>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body,
  };
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
