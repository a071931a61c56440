import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { authorise } from '../iam/authorise.ts';
import { arnOf } from '../template/place.ts';
import type { StackTemplate } from '../template/template.ts';

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** CloudFormation: the outputs of the one stack that runs here, for operators' tools that find their tables by it. */
export function createCloudFormation(template: StackTemplate): AwsService {
  return (call) => {
    if (call.operation !== 'DescribeStacks')
      throw unknownOperation('CloudFormation', call.operation);
    const { place, outputs } = template;
    const arn = arnOf(place, 'cloudformation', `stack/${place.stackName}/local`);
    authorise(call, place, 'cloudformation:DescribeStacks', arn, {});
    const name = new URLSearchParams(call.http.body.toString('utf8')).get('StackName');
    if (name !== null && name !== place.stackName && name !== arn)
      throw new AwsError('ValidationError', `Stack with id ${name} does not exist`);
    const members = Object.entries(outputs).map(
      ([key, value]) =>
        `<member><OutputKey>${text(key)}</OutputKey><OutputValue>${text(value)}</OutputValue></member>`,
    );
    const stack = `<StackId>${arn}</StackId><StackName>${text(place.stackName)}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs>`;
    const body = `<DescribeStacksResponse xmlns="${NAMESPACE}"><DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
    return Promise.resolve({ status: 200, headers: { 'content-type': 'text/xml' }, body });
  };
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
