/** The services that only look things up: Systems Manager and CloudFormation. */
import { describe, expect, test } from '@jest/globals';
import { create as createCloudFormation } from '../../../local/cloudformation/cloudformation.ts';
import { create as createSsm } from '../../../local/ssm/ssm.ts';
import { resolveTemplate } from '../../../local/template/template.ts';
import { callerOf, contextWith } from '../context.ts';
import { jsonOf, PLACE, role, STRANGER } from '../requests.ts';

describe('Systems Manager', () => {
  const call = callerOf(
    'ssm',
    createSsm(
      contextWith({
        One: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a/one', Value: 'first' } },
        Two: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'two', Value: 'second' } },
      }),
    ),
  );

  test.each([
    ['/a/one', 'first', 'parameter/a/one'],
    ['two', 'second', 'parameter/two'],
  ])('gives the parameter %s', async (Name, Value, arn) => {
    expect(jsonOf(await call('GetParameter', { body: { Name } }))).toMatchObject({
      Parameter: {
        Name,
        Value,
        Type: 'String',
        ARN: `arn:aws:ssm:us-east-1:000000000000:${arn}`,
      },
    });
  });

  test.each<[string, string, object, string]>([
    ['an unknown operation', 'PutParameter', {}, 'UnknownOperationException'],
    ['an unknown name', 'GetParameter', { Name: '/a/two' }, 'ParameterNotFound'],
    ['no name', 'GetParameter', {}, 'ParameterNotFound'],
    ['a name that is not text', 'GetParameter', { Name: ['/a/one'] }, 'ValidationException'],
  ])('refuses %s', async (_what, operation, body, code) => {
    await expect(call(operation, { body })).rejects.toMatchObject({ code });
  });

  test('refuses a role before it says whether the parameter exists', async () => {
    const Resource = 'arn:aws:ssm:us-east-1:000000000000:parameter/a/*';
    const principal = role({ Effect: 'Allow', Action: 'ssm:GetParameter', Resource });
    const get = (Name: string) => call('GetParameter', { body: { Name }, principal });
    await expect(get('/a/one')).resolves.toBeDefined();
    await expect(get('two')).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await expect(get('three')).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});

describe('CloudFormation', () => {
  const template = resolveTemplate(
    { Resources: {}, Outputs: { Url: { Value: 'http://a/?b&<c>' }, Name: { Value: 'n' } } },
    PLACE,
  );
  const call = callerOf('cloudformation', createCloudFormation({ ...contextWith(), template }));
  const describeStacks = async (name?: string): Promise<string> => {
    const body = name === undefined ? '' : new URLSearchParams({ StackName: name }).toString();
    return String((await call('DescribeStacks', { body })).body);
  };

  test('describes the outputs of the one stack, escaped', async () => {
    const xml = await describeStacks('PortalAuth-test');
    expect(xml).toContain('<StackName>PortalAuth-test</StackName>');
    expect(xml).toContain(
      '<member><OutputKey>Url</OutputKey><OutputValue>http://a/?b&amp;&lt;c></OutputValue></member>',
    );
    expect(await describeStacks()).toBe(xml);
    const [arn] = /arn:aws:cloudformation:[\w:-]+stack\/PortalAuth-test\/[\w-]+/.exec(xml) ?? [];
    expect(await describeStacks(arn)).toBe(xml);
  });

  test('refuses another stack, another operation and strangers', async () => {
    await expect(describeStacks('Other')).rejects.toThrow('Stack with id Other does not exist');
    await expect(call('DeleteStack')).rejects.toMatchObject({ code: 'UnknownOperationException' });
    await expect(call('DescribeStacks', { principal: STRANGER })).rejects.toMatchObject({
      code: 'InvalidClientTokenId',
    });
  });
});
