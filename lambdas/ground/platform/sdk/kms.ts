/** What functions load of KMS's client, and only when they first need it. */
export { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
