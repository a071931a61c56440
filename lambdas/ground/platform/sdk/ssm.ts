/** What functions load of Parameter Store's client, and only when they first need it. */
export { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
