import { randomUUID } from 'node:crypto';
import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import { type AwsCall, header, type Reply } from '../gateway/messages.ts';
import { jsonInput } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import type { Outcome } from './runtime.ts';

type Inputs = Pick<LocalContext, 'lambda' | 'place'>;

/** Lambda's own API: invokes a function by hand, and waits for its answer. */
export function create(inputs: Inputs): LocalService {
  return {
    aws: {
      lambda: async (call) => {
        if (call.operation === 'Invoke') return await invoke(inputs, call);
        throw unknownOperation('Lambda', call.operation);
      },
    },
  };
}

async function invoke({ lambda, place }: Inputs, call: AwsCall): Promise<Reply> {
  const named = decodeURIComponent(call.http.path.split('/')[3] ?? '');
  const definition = lambda.definitions.find(({ name, arn }) => named === name || named === arn);
  const resource = definition?.arn ?? '*';
  authorise(call, place, { action: 'lambda:InvokeFunction', resource });
  if (definition === undefined)
    throw new AwsError('ResourceNotFoundException', `Function not found: ${named}`, 404);
  const type = header(call.http, 'x-amz-invocation-type') ?? 'RequestResponse';
  if (type !== 'RequestResponse')
    throw new AwsError(
      'InvalidParameterValueException',
      `This machine invokes with the type RequestResponse only, not ${type}.`,
    );
  return replyOf(await lambda.invokeMapped(definition.arn, jsonInput(call.http)));
}

/** What went wrong in the function is an answer of status 200, with a header that says so. */
function replyOf(outcome: Outcome | undefined): Reply {
  const headers = {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    'x-amz-executed-version': '$LATEST',
  };
  if (outcome?.kind === 'returned')
    return {
      status: 200,
      headers,
      body: JSON.stringify(outcome.payload),
    };
  const { errorMessage = '', errorType = 'Sandbox.Timedout' } = (outcome ?? {}) as {
    errorMessage?: string;
    errorType?: string;
  };
  return {
    status: 200,
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify({ errorType, errorMessage }),
  };
}
