import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  hostRefusal,
  isLoopbackHost,
  originRefusal,
  ownOrigins,
} from '../../../local/gateway/admission.ts';
import { isOwnPreflight, preflightReply, readableBy } from '../../../local/gateway/cors.ts';
import { httpRequest } from '../requests.ts';

const admitted = new Set(ownOrigins(4566));
const REPLY = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'x' };

describe('a loopback host', () => {
  test.each(['localhost', 'a.b.localhost', 'LocalHost:80', '127.0.0.1', '127.255.0.9:1', '[::1]'])(
    'is %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  test.each([
    undefined,
    '',
    'localhost.',
    'localhost:',
    'localhost:123456',
    'localhost:80:80',
    '.localhost',
    'localhost/x',
    ' localhost',
    'localhost\n',
    '127.0.0',
    '128.0.0.1',
    '1270.0.0.1',
    '[::1',
    '::1',
    '[::2]',
    '2130706433',
  ])('is not %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });

  test('is never a name of the internet', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(isLoopbackHost(domain)).toBe(false);
      }),
    );
  });

  test('a refused one is named with the remedy', () => {
    expect(hostRefusal(httpRequest({ headers: { host: 'evil.example' } }))).toBe(
      'The Host "evil.example" does not name this machine. ' +
        'Use localhost, a name below .localhost, 127.0.0.1 or [::1].',
    );
    expect(hostRefusal(httpRequest())).toBeUndefined();
  });
});

describe('an origin', () => {
  const refusal = (headers: Record<string, string>, method = 'POST') =>
    originRefusal(httpRequest({ method, headers }), admitted);

  test.each(['http://localhost:4566', 'http://127.0.0.1:4566', 'http://[::1]:4566'])(
    'of the port itself is admitted as %s',
    (origin) => {
      expect(refusal({ origin })).toBeUndefined();
    },
  );

  test.each(['https://localhost:4566', 'http://localhost:4567', 'http://localhost', 'null', ''])(
    'that only resembles it is refused: %j',
    (origin) => {
      expect(refusal({ origin })).toContain(`The Origin "${origin}"`);
    },
  );

  test.each<[string, string, boolean]>([
    ['POST', 'cross-site', true],
    ['POST', 'same-site', true],
    ['DELETE', 'cross-site', true],
    ['POST', 'same-origin', false],
    ['POST', 'none', false],
    ['GET', 'cross-site', false],
    ['HEAD', 'cross-site', false],
  ])('that is missing from a %s of %s is refused: %s', (method, site, refused) => {
    expect(refusal({ 'sec-fetch-site': site }, method) !== undefined).toBe(refused);
  });

  test('that is admitted may be of another site, as the portal is', () => {
    const headers = { origin: 'http://localhost:4566', 'sec-fetch-site': 'same-site' };
    expect(refusal(headers)).toBeUndefined();
  });
});

describe('CORS', () => {
  const origin = 'http://localhost:3000';

  test('names the origin of the request, and lets errors be read', () => {
    const { headers } = readableBy(httpRequest({ headers: { origin } }), REPLY);
    expect(headers).toMatchObject({
      'content-type': 'text/plain',
      'access-control-allow-origin': origin,
      'access-control-expose-headers': expect.stringContaining('x-amzn-ErrorType'),
      vary: 'Origin',
    });
  });

  test('adds nothing for a program', () => {
    expect(readableBy(httpRequest(), REPLY)).toBe(REPLY);
  });

  test('a preflight allows the headers that were asked for', () => {
    const headers = { origin, 'access-control-request-headers': 'x-amz-target,x-other' };
    expect(preflightReply(httpRequest({ method: 'OPTIONS', headers }))).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-headers': 'x-amz-target,x-other',
        'access-control-allow-methods': 'GET, POST, DELETE',
      },
    });
  });

  test.each<[string, string, string, boolean]>([
    ['OPTIONS', '/', 'content-type, X-Amz-Target', true],
    ['OPTIONS', '/_local/clock', 'content-type', true],
    ['OPTIONS', '/v1/users', 'authorization', false],
    ['POST', '/', 'x-amz-target', false],
  ])('%s %s for %s is a preflight of this machine: %s', (method, path, requested, own) => {
    const headers = { 'access-control-request-headers': requested };
    expect(isOwnPreflight(httpRequest({ method, path, headers }))).toBe(own);
  });
});
