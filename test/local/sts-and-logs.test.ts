/** Who is calling, and what the functions wrote: what the AWS CLI asks of a stage. */
import { describe, expect, test } from '@jest/globals';
import { create as createLogs } from '../../local/logs/logs.ts';
import { create as createSts } from '../../local/sts/sts.ts';
import { createFunctionLogs } from '../../local/lambda/logs.ts';
import { callerOf, contextWith } from './context.ts';
import { jsonOf, STRANGER } from './requests.ts';

describe('Security Token Service', () => {
  const call = callerOf('sts', createSts(contextWith()));

  test('says that the operator is calling', async () => {
    const { body } = await call('GetCallerIdentity');
    expect(String(body)).toContain('<Arn>arn:aws:iam::000000000000:user/operator</Arn>');
    expect(String(body)).toContain('<Account>000000000000</Account>');
  });

  test('refuses keys that it has not given out, and other operations', async () => {
    await expect(call('GetCallerIdentity', { principal: STRANGER })).rejects.toMatchObject({
      code: 'InvalidClientTokenId',
    });
    await expect(call('GetSessionToken')).rejects.toThrow('GetSessionToken');
  });
});

describe('CloudWatch Logs', () => {
  const logs = createFunctionLogs();
  logs.add('create', { at: 1000, text: '{"code":"ANSWERED"}' });
  logs.add('create', { at: 2000, text: '{"code":"EMAIL_NOT_SENT"}' });
  logs.add('verify', { at: 3000, text: '{"code":"ANSWERED"}' });
  const definition = { id: 'create', name: 'PortalAuth-local-create' };
  const context = contextWith({
    Create: {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: 'PortalAuth-local-create' },
    },
  });
  const lambda = { ...context.lambda, definitions: [definition] } as typeof context.lambda;
  const call = callerOf('logs', createLogs({ ...context, logs, lambda }));
  const logGroupName = '/aws/lambda/PortalAuth-local-create';
  const messages = async (more: object) =>
    (
      jsonOf(await call('FilterLogEvents', { body: { logGroupName, ...more } })) as {
        events: { message: string }[];
      }
    ).events.map(({ message }) => message);

  test("shows a function's lines of a time, and those with a term", async () => {
    expect(await messages({})).toHaveLength(2);
    expect(await messages({ startTime: 1500 })).toEqual(['{"code":"EMAIL_NOT_SENT"}']);
    expect(await messages({ filterPattern: 'EMAIL_NOT_SENT' })).toHaveLength(1);
    expect(await messages({ filterPattern: '"ANSWERED"', limit: 1 })).toHaveLength(1);
  });

  test('refuses a pattern that it cannot evaluate, and a group that is not there', async () => {
    const body = { logGroupName };
    await expect(
      call('FilterLogEvents', { body: { ...body, filterPattern: '{ $.code = "A" }' } }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(
      call('FilterLogEvents', { body: { logGroupName: '/aws/lambda/none' } }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
