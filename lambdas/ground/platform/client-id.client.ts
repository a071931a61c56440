/** An app client's id, from the parameter that the stack wrote; read once per process. */
import { STORE_CALL } from './aws-clients.ts';

export function clientIdFrom(parameter: string): () => Promise<string> {
  let reading: Promise<string> | undefined;
  return () => {
    // What comes while it is read waits with it. A failure is not kept.
    reading ??= read(parameter).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function read(parameter: string): Promise<string> {
  const { GetParameterCommand, SSMClient } = await import('./sdk/ssm.ts');
  const client = new SSMClient(STORE_CALL);
  const { Parameter } = await client.send(new GetParameterCommand({ Name: parameter }));
  if (Parameter?.Value === undefined)
    throw new Error(`Parameter ${parameter} has no value: deploy the stack again.`);
  return Parameter.Value;
}
