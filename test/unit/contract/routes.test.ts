import { describe, expect, test } from '@jest/globals';
import { COMMON_PROBLEMS, PROBLEMS } from '../../../contract/problems.ts';
import { ROUTE_LIST } from '../../../contract/routes.ts';

const named = ROUTE_LIST.map((route) => [route.name, route] as const);

describe('the routes', () => {
  test('have different methods or paths', () => {
    const addresses = ROUTE_LIST.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test.each(named)('%s has a summary that is one line and starts with a verb', (_name, route) => {
    expect(route.summary).toMatch(/^[A-Z][a-z]+ [^\n]{5,}$/);
  });

  test.each(named)('%s lists each problem once, and none of the common ones', (_name, route) => {
    expect(new Set(route.problems).size).toBe(route.problems.length);
    const common: readonly string[] = COMMON_PROBLEMS;
    expect(route.problems.filter((code) => common.includes(code))).toEqual([]);
  });

  test.each(named.filter(([, { access }]) => access !== 'PUBLIC'))(
    '%s can refuse the token that it needs',
    (_name, route) => {
      expect(route.problems).toContain('TOKEN_INVALID');
    },
  );

  test.each(named.filter(([, { access }]) => access === 'ADMIN'))(
    '%s can refuse a person who is not an administrator',
    (_name, route) => {
      expect(route.problems).toContain('FORBIDDEN');
      expect(route.path).toMatch(/^\/admin\//);
    },
  );

  test.each(named.filter(([, { method }]) => method === 'GET'))(
    '%s has no body, because it only reads',
    (_name, route) => {
      expect(route.body).toBeUndefined();
      expect(route.answer.schema).toBeDefined();
    },
  );

  test.each(named.filter(([, { answer }]) => answer.status === 202 || answer.status === 204))(
    '%s returns no content',
    (_name, route) => {
      expect(route.answer.schema).toBeUndefined();
    },
  );
});

describe('the problems', () => {
  test.each(Object.entries(PROBLEMS))('%s has an error status and a title', (_code, problem) => {
    const [status, title] = problem;
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].{5,}$/);
  });

  test('have different titles', () => {
    const titles = Object.values(PROBLEMS).map(([, title]) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test.each(Object.keys(PROBLEMS))('%s is used by a route or by all', (code) => {
    const used = new Set<string>([
      ...COMMON_PROBLEMS,
      ...ROUTE_LIST.flatMap(({ problems }) => problems),
    ]);
    expect(used).toContain(code);
  });
});
