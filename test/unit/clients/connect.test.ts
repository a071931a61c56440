import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  ConnectClient,
  StartOutboundVoiceContactCommand,
  StopContactCommand,
} from '@aws-sdk/client-connect';
import { mockClient } from 'aws-sdk-client-mock';
import { ConnectTelephony } from '../../../lambdas/capabilities/calls/connect.client.ts';
import { awsError } from './aws-error.ts';

const connect = mockClient(ConnectClient);
beforeEach(() => void connect.reset());

const line = new ConnectTelephony({
  instanceArn: 'arn:aws:connect:us-east-1:111122223333:instance/the-instance',
  contactFlowId: 'the-flow',
  sourcePhoneNumber: '+18005550100',
});
const call = { phone: '+12025550143', clientToken: 'token', attributes: { mode: 'POUND' } };

describe('a call by Connect', () => {
  test('is started from the line of the stage, once for a client token', async () => {
    connect.on(StartOutboundVoiceContactCommand).resolves({ ContactId: 'contact-1' });
    expect(await line.start(call)).toBe('contact-1');
    expect(connect.commandCalls(StartOutboundVoiceContactCommand)[0]?.args[0].input).toEqual({
      InstanceId: 'the-instance',
      ContactFlowId: 'the-flow',
      SourcePhoneNumber: '+18005550100',
      DestinationPhoneNumber: '+12025550143',
      ClientToken: 'token',
      Attributes: { mode: 'POUND' },
    });
  });

  test.each([
    'DestinationNotAllowedException',
    'OutboundContactNotPermittedException',
    'TimeoutError',
  ])('that ends in %s is DeliveryFailed, after one try', async (name) => {
    connect.on(StartOutboundVoiceContactCommand).rejects(awsError(name));
    await expect(line.start(call)).rejects.toMatchObject({
      name: 'DeliveryFailed',
      cause: { name },
    });
    expect(connect.commandCalls(StartOutboundVoiceContactCommand)).toHaveLength(1);
  });

  test('without a contact is DeliveryFailed', async () => {
    connect.on(StartOutboundVoiceContactCommand).resolves({});
    await expect(line.start(call)).rejects.toMatchObject({ name: 'DeliveryFailed' });
  });

  test('is stopped by its contact', async () => {
    connect.on(StopContactCommand).resolves({});
    await line.stop('contact-1');
    expect(connect.commandCalls(StopContactCommand)[0]?.args[0].input).toEqual({
      InstanceId: 'the-instance',
      ContactId: 'contact-1',
    });
  });

  test.each(['ContactNotFoundException', 'ResourceNotFoundException', 'InvalidRequestException'])(
    'that has ended already (%s) is stopped',
    async (name) => {
      connect.on(StopContactCommand).rejects(awsError(name));
      await expect(line.stop('contact-1')).resolves.toBeUndefined();
    },
  );

  test('that Connect does not stop is DeliveryFailed', async () => {
    connect.on(StopContactCommand).rejects(awsError('InternalServiceException'));
    await expect(line.stop('contact-1')).rejects.toMatchObject({ name: 'DeliveryFailed' });
  });
});
