/** What functions load of SQS's client, and only when they first need it. */
export { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
