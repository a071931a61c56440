import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AwsError, unknownOperation } from '../../../local/gateway/aws-error.ts';
import { errorReply, jsonInput, jsonReply, queryReply } from '../../../local/gateway/protocols.ts';
import { httpRequest } from '../requests.ts';

describe('a JSON input', () => {
  test('is the object of the body', () => {
    expect(jsonInput(httpRequest({ body: { A: 1 } }))).toEqual({ A: 1 });
  });

  test('is empty without a body', () => {
    expect(jsonInput(httpRequest())).toEqual({});
  });

  test.each(['[]', '"text"', 'null', '7', '{', 'Action=x'])('cannot be %s', (body) => {
    expect(() => jsonInput(httpRequest({ body }))).toThrow(
      expect.objectContaining({ code: 'SerializationException', status: 400 }),
    );
  });

  test('is read or refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          const input = jsonInput(httpRequest({ body: Buffer.from(bytes) }));
          expect(typeof input).toBe('object');
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
        }
      }),
    );
  });
});

describe('a JSON answer', () => {
  test.each([
    ['json-1.0', 'application/x-amz-json-1.0'],
    ['json-1.1', 'application/x-amz-json-1.1'],
    ['rest-json', 'application/json'],
  ] as const)('in %s has the type %s', (protocol, type) => {
    const { status, headers, body } = jsonReply(protocol, { A: 1 });
    expect([status, headers['content-type'], body]).toEqual([200, type, '{"A":1}']);
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('without output is an empty object', () => {
    expect(jsonReply('json-1.1', undefined).body).toBe('{}');
  });
});

describe('an error', () => {
  const error = new AwsError('TestException', 'a <bad> "thing" & more', 404, { Reason: 'x' });

  test.each(['json-1.0', 'json-1.1', 'rest-json'] as const)(
    'in %s has its code in the body and in a header',
    (protocol) => {
      const { status, headers, body } = errorReply(protocol, error);
      expect([status, headers['x-amzn-errortype']]).toEqual([404, 'TestException:']);
      expect(JSON.parse(String(body))).toEqual({
        __type: 'TestException',
        message: 'a <bad> "thing" & more',
        Reason: 'x',
      });
    },
  );

  test('in the query protocol says whose fault it is', () => {
    const sender = String(errorReply('query', error).body);
    expect(sender).toContain('<Type>Sender</Type><Code>TestException</Code>');
    expect(sender).toContain('a &#60;bad&#62; &#34;thing&#34; &#38; more');
    const receiver = errorReply('query', new AwsError('Failure', 'x', 500));
    expect(String(receiver.body)).toContain('<Type>Receiver</Type>');
  });

  test('in REST XML is an Error element', () => {
    expect(String(errorReply('rest-xml', error).body)).toMatch(
      /^<\?xml[^>]+\?><Error><Code>TestException<\/Code><Message>.*<RequestId>/,
    );
  });

  test('never breaks the header that repeats its message', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const { headers } = errorReply('json-1.1', new AwsError('X', message));
        expect(headers['x-amzn-errormessage']).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});

test('a query answer nests objects as elements, and escapes text', () => {
  const { headers, body } = queryReply('http://ns/', 'Do', { Id: 'a&b', Inner: { N: 1 } });
  expect(headers['content-type']).toBe('text/xml');
  expect(body).toMatch(
    /^<DoResponse xmlns="http:\/\/ns\/"><DoResult><Id>a&#38;b<\/Id><Inner><N>1<\/N><\/Inner>/,
  );
  expect(body).toMatch(/<\/DoResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<.*<\/DoResponse>$/);
});

test('an unknown operation is an error that names service and operation', () => {
  expect(unknownOperation('SQS', 'PurgeQueue').message).toBe(
    'The local machine has no SQS operation PurgeQueue.',
  );
  expect(unknownOperation('SQS', '').message).toContain('(none named)');
});
