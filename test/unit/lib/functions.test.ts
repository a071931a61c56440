import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ROUTE_LIST } from '../../../contract/routes.ts';
import { definite } from '../../../lib/definite.ts';
import {
  deployedFunctions,
  HANDLERS,
  isCapability,
  isTrigger,
  listedFunctions,
  timeoutSeconds,
} from '../../../lib/functions.ts';
import { cacheControlOf, contentSecurityPolicy, siteHeaders } from '../../../lib/site-headers.ts';

describe('the list of functions', () => {
  test.each(Object.entries(HANDLERS))('%s has a handler in a file', (_id, path) => {
    expect(path).toMatch(/^lambdas\/.+\.handler\.ts$/);
    expect(existsSync(path)).toBe(true);
  });

  test('has a function for each capability of the contract', () => {
    const capabilities = new Set(ROUTE_LIST.map(({ capability }) => capability));
    expect(listedFunctions().filter(isCapability).sort()).toEqual([...capabilities].sort());
  });

  test('has the contact flow before the functions that place calls', () => {
    const [first] = listedFunctions();
    expect(first).toBe('call-flow');
  });

  test('is deployed without calls if a stage has no Amazon Connect', () => {
    const [all, without] = [
      deployedFunctions({ voice: true, workforce: true, canary: true }),
      deployedFunctions({ voice: false, workforce: true, canary: true }),
    ];
    expect(all).toEqual(listedFunctions());
    expect(all.filter((id) => !without.includes(id)).sort()).toEqual(['call-events', 'call-flow']);
  });

  test('gives each function the time that its caller waits', () => {
    for (const id of listedFunctions().filter(isTrigger)) expect(timeoutSeconds(id)).toBe(5);
    expect(timeoutSeconds('call-flow')).toBe(8);
    // API Gateway waits 29 seconds.
    for (const id of listedFunctions().filter(isCapability))
      expect(timeoutSeconds(id)).toBeLessThan(29);
    expect(timeoutSeconds('outbox')).toBe(30);
  });

  test('has each function in one group only', () => {
    for (const id of listedFunctions()) expect(isTrigger(id) && isCapability(id)).toBe(false);
  });
});

describe('the headers of the portal', () => {
  const origins = { api: 'https://api.example', cognito: 'https://cognito.example' };
  const policy = new Map(
    contentSecurityPolicy(origins)
      .split('; ')
      .map((directive) => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values] as const;
      }),
  );

  test('allow only own files', () => {
    for (const name of ['script-src', 'style-src', 'img-src', 'font-src'])
      expect([name, policy.get(name)]).toEqual([name, ["'self'"]]);
    for (const name of ['default-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect([name, policy.get(name)]).toEqual([name, ["'none'"]]);
  });

  test('allow requests only to the API and to Cognito', () => {
    expect(policy.get('connect-src')).toEqual([
      "'self'",
      'https://api.example',
      'https://cognito.example',
    ]);
  });

  test('allow requests to the hosted endpoints of the employees, where there are any', () => {
    const employees = 'https://employees.example';
    expect(contentSecurityPolicy({ ...origins, employees })).toContain(
      "connect-src 'self' https://api.example https://cognito.example https://employees.example;",
    );
  });

  test('name an origin once if API and Cognito share it', () => {
    const shared = contentSecurityPolicy({ api: 'http://a.example', cognito: 'http://a.example' });
    expect(shared).toContain("connect-src 'self' http://a.example;");
  });

  test('never allow inline or evaluated scripts', () => {
    expect(contentSecurityPolicy(origins)).not.toMatch(/unsafe|data:|blob:|\*/);
    expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
  });

  test('include the policies for opener, resources, permissions and referrers', () => {
    expect(Object.keys(siteHeaders(origins)).sort()).toEqual([
      'content-security-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'permissions-policy',
      'referrer-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-frame-options',
    ]);
  });

  test.each([
    ['/assets/index-abc.js', 'public, max-age=31536000, immutable'],
    ['/', 'no-store'],
    ['/index.html', 'no-store'],
    ['/config.json', 'no-store'],
    ['/favicon.svg', 'no-store'],
  ])('of %s are cached as "%s"', (path, cached) => {
    expect(cacheControlOf(path)).toBe(cached);
  });
});

describe('definite properties', () => {
  test('omit those that are undefined', () => {
    expect(Object.keys(definite({ one: 1, two: undefined }))).toEqual(['one']);
  });

  test.each([null, 0, '', false])('keep %j', (value) => {
    expect(definite({ value })).toEqual({ value });
  });

  test('leave the given object unchanged', () => {
    const given = { one: undefined };
    definite(given);
    expect(given).toHaveProperty('one');
  });
});
