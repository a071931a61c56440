/** An app client's id, from the parameter that the stack wrote; read once per process. */
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { STORE_CALL } from './aws-clients.ts';
import { once } from './once.ts';

export function clientIdFrom(parameter: string): () => Promise<string> {
  const client = once(() => new SSMClient(STORE_CALL));
  let known: string | undefined;
  return async () => {
    known ??= (await client().send(new GetParameterCommand({ Name: parameter }))).Parameter?.Value;
    if (known === undefined)
      throw new Error(`Parameter ${parameter} has no value: deploy the stack again.`);
    return known;
  };
}
