/** What functions load of SNS's client, and only when they first need it. */
export { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
