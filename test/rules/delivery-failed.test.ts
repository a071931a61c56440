import { describe, expect, test } from '@jest/globals';
import { DeliveryFailed } from '../../lambdas/capabilities/messages/delivery-failed.rules.ts';

const failedWith = (fault: object, name = 'Error') =>
  new DeliveryFailed('It failed.', {
    cause: Object.assign(new Error('the cause'), { name, ...fault }),
  });

describe('a failed delivery is uncertain', () => {
  test.each<[string, object]>([
    ['the answer does not come in time', { code: 'ETIMEDOUT' }],
    ['the connection breaks while it is read', { code: 'ECONNRESET', syscall: 'read' }],
    ['the connection breaks while it is written', { code: 'EPIPE', syscall: 'write' }],
  ])('where %s', (_, fault) => {
    expect(failedWith(fault, 'TimeoutError').isUncertain).toBe(true);
  });
});

describe('a failed delivery is certain, and may be tried again', () => {
  test.each<[string, object, string]>([
    ['the connection is not made in time', {}, 'TimeoutError'],
    ['the connection is not made at all', { code: 'ETIMEDOUT', syscall: 'connect' }, 'Error'],
    ['the connection ends before TLS', { code: 'ECONNRESET', host: 'email.example' }, 'Error'],
    ['the connection is refused', { code: 'ECONNREFUSED', syscall: 'connect' }, 'Error'],
    ['the name is not found', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'Error'],
    ['credentials are missing', {}, 'CredentialsProviderError'],
    ['the provider refuses', { $metadata: { httpStatusCode: 400 } }, 'MessageRejected'],
    ['the provider fails', { $metadata: { httpStatusCode: 503 } }, 'ServiceUnavailable'],
  ])('where %s', (_, fault, name) => {
    expect(failedWith(fault, name).isUncertain).toBe(false);
  });
});
