/** What functions load of SES's client, and only when they first need it. */
export { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
