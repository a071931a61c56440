import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { PORTAL_PATH, PORTAL_PATHS } from '../../contract/portal-paths.ts';

test('the addresses that a server answers are the routes of the portal', () => {
  const routes = readFileSync('portal/src/routes.tsx', 'utf8');
  const paths = [...routes.matchAll(/path: '([^'*]+)'/g)].map(([, path]) => `/${path}`);
  expect([...PORTAL_PATHS].sort()).toEqual(['/', ...paths].sort());
});

test.each([
  ['/', true],
  ['/home/', true],
  ['/setup/users/j.rivera', true],
  ['/setup/users/a/b', false],
  ['/setup', false],
  ['/homes', false],
])('%s is an address of the portal: %s', (path, isOne) => {
  expect(PORTAL_PATH.test(path)).toBe(isOne);
});
