import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessKeyId, identify } from '../../../local/gateway/identify.ts';
import { httpRequest, type RequestParts } from '../requests.ts';

const signed = (scope: string): Record<string, string> => ({
  authorization:
    `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/us-east-1/${scope}/aws4_request, ` +
    'SignedHeaders=host, Signature=0',
});
const identified = (parts: RequestParts) => identify(httpRequest({ method: 'POST', ...parts }));

describe('an AWS request is recognised', () => {
  test.each<[string, string, string, string]>([
    ['AWSCognitoIdentityProviderService.InitiateAuth', 'cognito', 'InitiateAuth', 'json-1.1'],
    ['DynamoDB_20120810.PutItem', 'dynamodb', 'PutItem', 'json-1.0'],
    ['DynamoDBStreams_20120810.GetRecords', 'dynamodb-streams', 'GetRecords', 'json-1.0'],
    ['TrentService.GenerateMac', 'kms', 'GenerateMac', 'json-1.1'],
    ['AmazonSSM.GetParameter', 'ssm', 'GetParameter', 'json-1.1'],
    ['AmazonSQS.SendMessage', 'sqs', 'SendMessage', 'json-1.0'],
    ['AmazonSQS', 'sqs', '', 'json-1.0'],
  ])('by its target %s', (target, service, operation, protocol) => {
    expect(identified({ headers: { 'x-amz-target': target } })).toEqual({
      service,
      operation,
      protocol,
    });
  });

  test.each<[string, string]>([
    ['email', 'ses'],
    ['ses', 'ses'],
    ['sns', 'sns'],
    ['cloudformation', 'cloudformation'],
  ])('by the scope %s of its signature, with the action in the form', (scope, service) => {
    const body = 'Action=DoIt&Version=1';
    expect(identified({ headers: signed(scope), body })).toEqual({
      service,
      operation: 'DoIt',
      protocol: 'query',
    });
  });

  test.each<[string, string, string]>([
    ['PUT', '/contact/outbound-voice', 'StartOutboundVoiceContact'],
    ['POST', '/contact/stop', 'StopContact'],
    ['GET', '/contacts/instance/contact', 'DescribeContact'],
    ['DELETE', '/contacts/instance/contact', 'DELETE /contacts/instance/contact'],
    ['GET', '/contacts/instance', 'GET /contacts/instance'],
  ])('for Connect by %s %s', (method, path, operation) => {
    expect(identified({ method, path, headers: signed('connect') })).toEqual({
      service: 'connect',
      operation,
      protocol: 'rest-json',
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ['PUT', {}, 'PutObject'],
    ['GET', {}, 'GetObject'],
    ['GET', { 'list-type': '2' }, 'ListObjectsV2'],
    ['DELETE', {}, 'DELETE'],
  ])('for S3 by %s with %j', (method, query, operation) => {
    expect(identified({ method, path: '/b/k', query, headers: signed('s3') })).toEqual({
      service: 's3',
      operation,
      protocol: 'rest-xml',
    });
  });

  test('for version 2 of SES by its path, so that its error can name it', () => {
    const path = '/v2/email/outbound-emails';
    expect(identified({ path, headers: signed('ses') })).toMatchObject({
      operation: 'SendEmailV2',
      protocol: 'rest-json',
    });
    expect(identified({ path: '/v2/email/lists', headers: signed('ses') })).toMatchObject({
      operation: 'POST /v2/email/lists',
    });
  });
});

describe('other requests', () => {
  test.each<[string, RequestParts]>([
    ['a page', { method: 'GET' }],
    ['an unknown target', { headers: { 'x-amz-target': 'AmazonMars.Land' } }],
    ['an unknown scope', { headers: signed('execute-api') }],
    ['a bearer token', { headers: { authorization: 'Bearer x' } }],
    ['an incomplete scope', { headers: { authorization: 'Credential=A/20260101/us-east-1' } }],
  ])('%s is not an AWS request', (_what, parts) => {
    expect(identified(parts)).toBeUndefined();
  });

  test('whatever the headers contain, identifying does not fail', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (target, authorization) => {
        expect(() =>
          identified({ headers: { 'x-amz-target': target, authorization } }),
        ).not.toThrow();
      }),
    );
  });
});

describe('the access key', () => {
  test('is the first part of the credential', () => {
    expect(accessKeyId(httpRequest({ headers: signed('sqs') }))).toBe('AKIAEXAMPLE');
  });

  test.each(['', 'Bearer x', 'Credential=', 'Credential=AKIA'])(
    'is absent in %j',
    (authorization) => {
      expect(accessKeyId(httpRequest({ headers: { authorization } }))).toBeUndefined();
    },
  );
});
