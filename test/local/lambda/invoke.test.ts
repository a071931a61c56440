import { describe, expect, test } from '@jest/globals';
import { create } from '../../../local/lambda/invoke.ts';
import type { Outcome } from '../../../local/lambda/runtime.ts';
import { callerOf, contextWith, lambdaOf } from '../context.ts';
import { jsonOf, role, STRANGER } from '../requests.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:portal-auth-local-sweep';
const NAME = 'portal-auth-local-sweep';

function calling(outcome: Outcome) {
  const { lambda, invocations } = lambdaOf(() => outcome);
  const definitions = [{ name: NAME, arn: ARN }] as typeof lambda.definitions;
  const call = callerOf('lambda', create(contextWith({}, { lambda: { ...lambda, definitions } })));
  const invoke = (name: string, more: object = {}) =>
    call('Invoke', {
      method: 'POST',
      path: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
      body: { at: 'night' },
      ...more,
    });
  return { invoke, call, invocations };
}

describe('Invoke', () => {
  test.each([NAME, ARN])(
    'of %s runs the function with the event, and returns its result',
    async (name) => {
      const { invoke, invocations } = calling({ kind: 'returned', payload: { done: true } });
      const reply = await invoke(name);
      expect(jsonOf(reply)).toEqual({ done: true });
      expect(reply.headers).not.toHaveProperty('x-amz-function-error');
      expect(invocations).toEqual([{ functionArn: ARN, event: { at: 'night' } }]);
    },
  );

  test('returns the error of a function as Lambda does: status 200 and a header', async () => {
    const failed = {
      kind: 'failed',
      errorType: 'TypeError',
      errorMessage: 'of the function',
    } as const;
    const reply = await calling(failed).invoke(NAME);
    expect(reply).toMatchObject({ status: 200, headers: { 'x-amz-function-error': 'Unhandled' } });
    expect(jsonOf(reply)).toEqual({ errorType: 'TypeError', errorMessage: 'of the function' });
  });

  test('names a time-out', async () => {
    const reply = await calling({ kind: 'timed-out', errorMessage: 'Task timed out' }).invoke(NAME);
    expect(jsonOf(reply)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'Task timed out',
    });
  });

  test('needs the right to invoke that function', async () => {
    const { invoke, invocations } = calling({ kind: 'returned', payload: null });
    const other = role({
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: `${ARN}-other`,
    });
    await expect(invoke(NAME, { principal: other })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    await expect(invoke(NAME, { principal: STRANGER })).rejects.toMatchObject({
      code: 'UnrecognizedClientException',
    });
    expect(invocations).toEqual([]);
  });

  test('of a function that is not there, or of another type, is refused', async () => {
    const { invoke, call } = calling({ kind: 'returned', payload: null });
    await expect(invoke('other')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    const headers = { 'x-amz-invocation-type': 'Event' };
    await expect(invoke(NAME, { headers })).rejects.toThrow('Event');
    await expect(call('ListFunctions')).rejects.toThrow('ListFunctions');
  });
});
