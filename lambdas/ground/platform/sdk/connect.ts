/** What functions load of Connect's client, and only when they first need it. */
export {
  ConnectClient,
  StartOutboundVoiceContactCommand,
  StopContactCommand,
} from '@aws-sdk/client-connect';
