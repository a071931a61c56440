/** An app client's id, from the parameter that the stack wrote; read once per process. */
import { STORE_CALL } from './aws-clients.ts';
import { once } from './once.ts';

export function clientIdFrom(parameter: string): () => Promise<string> {
  let known: string | undefined;
  const ssm = once(async () => {
    const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
    return {
      client: new SSMClient(STORE_CALL),
      GetParameterCommand,
    };
  });
  return async () => {
    if (known === undefined) {
      const { client, GetParameterCommand } = await ssm();
      known = (await client.send(new GetParameterCommand({ Name: parameter }))).Parameter?.Value;
    }
    if (known === undefined)
      throw new Error(`Parameter ${parameter} has no value: deploy the stack again.`);
    return known;
  };
}
