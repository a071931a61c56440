import { beforeEach, describe, expect, test } from '@jest/globals';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { Outbox } from '../../../lambdas/capabilities/outbox/outbox.client.ts';
import { KmsCodeMac } from '../../../lambdas/capabilities/verification/code-mac.client.ts';
import { AuditArchive } from '../../../lambdas/ground/audit/archive.client.ts';
import { clientIdFrom } from '../../../lambdas/ground/platform/client-id.client.ts';
import { awsError } from './aws-error.ts';

const kms = mockClient(KMSClient);
const sqs = mockClient(SQSClient);
const s3 = mockClient(S3Client);
const ssm = mockClient(SSMClient);
beforeEach(() => [kms, sqs, s3, ssm].forEach((client) => void client.reset()));

describe('the MAC of a code', () => {
  const mac = new KmsCodeMac('the-key');

  test('is made by the key in KMS over the UTF-8 of the message', async () => {
    kms.on(GenerateMacCommand).resolves({ Mac: Uint8Array.from([1, 2, 255]) });
    expect(await mac.mac('größe')).toBe('AQL/');
    expect(kms.commandCalls(GenerateMacCommand)[0]?.args[0].input).toEqual({
      KeyId: 'the-key',
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from('größe', 'utf8'),
    });
  });

  test('is CodeMacUnavailable where KMS makes none, with nothing of the message', async () => {
    kms.on(GenerateMacCommand).rejectsOnce(awsError('KMSInternalException')).resolves({});
    await expect(mac.mac('secret')).rejects.toMatchObject({
      name: 'CodeMacUnavailable',
      cause: { name: 'KMSInternalException' },
    });
    await expect(mac.mac('secret')).rejects.toMatchObject({
      name: 'CodeMacUnavailable',
      message: expect.not.stringContaining('secret'),
    });
  });
});

describe('the outbox', () => {
  const outbox = new Outbox('https://sqs.example/the-queue');
  const link = { accountId: 'a', epoch: 1, expiresAt: 5, lane: 'ADMIN_LINK' } as const;

  test('puts a message into its queue as JSON', async () => {
    sqs.on(SendMessageCommand).resolves({});
    await outbox.sendLink(link);
    expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: 'https://sqs.example/the-queue',
      MessageBody: JSON.stringify({ kind: 'LINK', ...link }),
    });
  });

  test('is QueueUnavailable where SQS takes nothing', async () => {
    sqs.on(SendMessageCommand).rejects(awsError('RequestThrottled'));
    await expect(outbox.sendLink(link)).rejects.toMatchObject({
      name: 'QueueUnavailable',
      cause: { name: 'RequestThrottled' },
    });
  });
});

describe('the archive', () => {
  const archive = new AuditArchive('the-bucket');

  test('puts an event with its checksum', async () => {
    s3.on(PutObjectCommand).resolves({});
    await archive.put('audit/key.json', '{"a":1}');
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'the-bucket',
      Key: 'audit/key.json',
      Body: '{"a":1}',
      ContentType: 'application/json',
      ChecksumAlgorithm: 'SHA256',
    });
  });

  test('reports what S3 does not take, so that the stream brings it again', async () => {
    s3.on(PutObjectCommand).rejects(awsError('SlowDown'));
    await expect(archive.put('key', '{}')).rejects.toMatchObject({ name: 'SlowDown' });
  });
});

describe('the id of the public client', () => {
  test('is read once from its parameter', async () => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'the-client' } });
    const clientId = clientIdFrom('/stage/client-id');
    expect([await clientId(), await clientId()]).toEqual(['the-client', 'the-client']);
    expect(ssm.commandCalls(GetParameterCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: '/stage/client-id' },
    ]);
  });

  test('is read again after a failure', async () => {
    ssm
      .on(GetParameterCommand)
      .rejectsOnce(awsError('ThrottlingException'))
      .resolves({ Parameter: { Value: 'the-client' } });
    const clientId = clientIdFrom('/stage/client-id');
    await expect(clientId()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await clientId()).toBe('the-client');
  });

  test('is asked for once more by who joined a reading that failed', async () => {
    ssm
      .on(GetParameterCommand)
      .rejectsOnce(awsError('ThrottlingException'))
      .resolves({ Parameter: { Value: 'the-client' } });
    const clientId = clientIdFrom('/stage/client-id');
    const ahead = clientId();
    const joined = clientId();
    await expect(ahead).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await joined).toBe('the-client');
  });

  test('is an error of the stack where the parameter has no value', async () => {
    ssm.on(GetParameterCommand).resolves({});
    await expect(clientIdFrom('/stage/client-id')()).rejects.toThrow('deploy the stack again');
  });
});
