import { describe, expect, test } from '@jest/globals';
import { NOTICES_OVERLOOK } from '../../lambdas/capabilities/messages/notices.needs.ts';
import { all, functions, listed, one, referencesIn, rightsOf, template } from './template.ts';
import type { Statement } from './template.ts';

const policyFor = (type: string, property: string, id: string): Statement[] =>
  all(type)
    .filter(([, { Properties }]) => referencesIn(Properties[property]).includes(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

const deniesPlainHttp = (statements: Statement[]) =>
  statements.some(
    ({ Effect, Condition }) =>
      Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
  );

describe.each(all('AWS::SQS::Queue'))('the queue %s', (id, { Properties }) => {
  test('is encrypted with our key and accepts only TLS', () => {
    expect(referencesIn(Properties.KmsMasterKeyId)).toEqual([expect.stringMatching(/^KeysData/)]);
    expect(deniesPlainHttp(policyFor('AWS::SQS::QueuePolicy', 'Queues', id))).toBe(true);
  });
});

test('messages that the outbox cannot send are kept for two weeks and raise an alarm', () => {
  const { RedrivePolicy } = one('AWS::SQS::Queue', 'OutboxQueue').Properties;
  const [deadLetters] = referencesIn(RedrivePolicy.deadLetterTargetArn);
  expect(RedrivePolicy.maxReceiveCount).toBe(4);
  expect(template.Resources[deadLetters!]!.Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  const alarm = one('AWS::CloudWatch::Alarm', 'AlarmsOutboxDeadLetters').Properties;
  expect(referencesIn(alarm.Dimensions)).toEqual([deadLetters]);
  expect([alarm.Threshold, alarm.MetricName]).toEqual([1, 'ApproximateNumberOfMessagesVisible']);
});

describe('the audit archive', () => {
  const [bucketId, bucket] = all('AWS::S3::Bucket').find(([id]) =>
    id.startsWith('AuditArchiveBucket'),
  )!;

  test('locks every event for six years', () => {
    expect(bucket.Properties.ObjectLockEnabled).toBe(true);
    expect(bucket.Properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({
      Mode: 'COMPLIANCE',
      Days: 6 * 365 + 2,
    });
    expect(bucket.Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(bucket.DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('is encrypted with our key, closed to the public, and accepts only TLS', () => {
    const [{ ServerSideEncryptionByDefault: encryption }] =
      bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(encryption.SSEAlgorithm).toBe('aws:kms');
    expect(referencesIn(encryption.KMSMasterKeyID)).toEqual([expect.stringMatching(/^KeysData/)]);
    expect(Object.values(bucket.Properties.PublicAccessBlockConfiguration)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(deniesPlainHttp(policyFor('AWS::S3::BucketPolicy', 'Bucket', bucketId))).toBe(true);
  });

  test('is written by one function, which can neither read nor delete', () => {
    const writers = [...functions().keys()].filter((id) =>
      rightsOf(id).some(({ Resource }) => referencesIn(Resource).includes(bucketId)),
    );
    expect(writers.filter((id) => id !== 'audit-archive')).toEqual([]);
    for (const id of writers) {
      const actions = rightsOf(id)
        .flatMap(({ Action }) => listed(Action))
        .filter((action) => action.startsWith('s3:'));
      expect(actions).toEqual(['s3:PutObject']);
    }
  });
});

describe('e-mail', () => {
  test('is sent over TLS, and bounces and complaints are published', () => {
    const { DeliveryOptions, SuppressionOptions } = one('AWS::SES::ConfigurationSet').Properties;
    expect(DeliveryOptions).toEqual({ TlsPolicy: 'REQUIRE' });
    expect(SuppressionOptions).toEqual({ SuppressedReasons: ['BOUNCE', 'COMPLAINT'] });
    const { EventDestination } = one('AWS::SES::ConfigurationSetEventDestination').Properties;
    expect(EventDestination.MatchingEventTypes).toEqual(['bounce', 'complaint', 'reject']);
    expect(EventDestination.Enabled).toBe(true);
  });
});

describe.each(all('AWS::SNS::Topic'))('the topic %s', (id, { Properties }) => {
  test('is encrypted with our key and accepts only TLS', () => {
    expect(referencesIn(Properties.KmsMasterKeyId)).toEqual([expect.stringMatching(/^KeysAlarms/)]);
    expect(deniesPlainHttp(policyFor('AWS::SNS::TopicPolicy', 'Topics', id))).toBe(true);
  });
});

describe('what follows the audit trail', () => {
  const filterOf = (functionId: string) =>
    all('AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => Properties)
      .filter(({ FunctionName }) =>
        referencesIn(FunctionName).some(
          (id) => template.Resources[id] === functions().get(functionId),
        ),
      )
      .map(({ FilterCriteria }) => JSON.parse(FilterCriteria.Filters[0].Pattern));

  test('the archive is given every new event', () => {
    expect(filterOf('audit-archive')).toEqual([{ eventName: ['INSERT'] }]);
  });

  test('notices are given none that comes often and calls for no notice', () => {
    const names = { event: { S: [{ 'anything-but': [...NOTICES_OVERLOOK] }] } };
    expect(filterOf('notices')).toEqual([{ eventName: ['INSERT'], dynamodb: { NewImage: names } }]);
  });
});
