/** An app client's id, from the parameter that the stack wrote; read once per process. */
import { STORE_CALL } from './aws-clients.ts';

export function clientIdFrom(parameter: string): () => Promise<string> {
  let reading: Promise<string> | undefined;
  const read = (): Promise<string> => {
    // A failure is not kept.
    reading ??= readParameter(parameter).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
  // A caller that waits for a reading that fails reads once more.
  return () => (reading === undefined ? read() : reading.catch(read));
}

async function readParameter(parameter: string): Promise<string> {
  const { GetParameterCommand, SSMClient } = await import('./sdk/ssm.ts');
  const client = new SSMClient(STORE_CALL);
  const { Parameter } = await client.send(new GetParameterCommand({ Name: parameter }));
  if (Parameter?.Value === undefined)
    throw new Error(`Parameter ${parameter} has no value: deploy the stack again.`);
  return Parameter.Value;
}
