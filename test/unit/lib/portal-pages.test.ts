import { existsSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { PORTAL_PATHS } from '../../../contract/portal-paths.ts';
import { NO_PAGE, PAGES } from '../../../lib/portal-pages.ts';

interface Answer {
  uri?: string;
  statusCode?: number;
  body?: { data: string };
}

const handle = (uri: string): Answer =>
  runInNewContext(`var config = { portalName: 'Cedar' };${PAGES}handler(event);`, {
    event: { request: { uri } },
  }) as Answer;

describe('the viewer-request function of the portal site', () => {
  test.each(PORTAL_PATHS.map((path) => path.replaceAll(/:\w+/g, 'j.rivera')))(
    'returns the page for %s',
    (path) => {
      expect(handle(path).uri).toBe('/index.html');
      expect(handle(`${path === '/' ? '' : path}/`).uri).toBe('/index.html');
    },
  );

  test.each(['/favicon.svg', '/index.html', '/robots.txt'])(
    'leaves the file %s to the bucket',
    (path) => {
      expect(handle(path).uri).toBe(path);
    },
  );

  test.each([
    '/nowhere',
    '/setup',
    '/homes',
    '/setup/users/a/b',
    '//home',
    '/.built-from',
    '/.vite/manifest.json',
    '/a/b.js',
    '/home/.env',
    '/index.html/',
    '',
  ])('finds no page at %j', (path) => {
    expect(handle(path).uri).toBe(NO_PAGE);
  });

  test('names a page that the portal does not have', () => {
    expect(existsSync(`portal/public${NO_PAGE}`)).toBe(false);
    expect(PORTAL_PATHS).not.toContain(NO_PAGE);
  });

  test('answers the configuration itself', () => {
    const { statusCode, body } = handle('/config.json');
    expect([statusCode, JSON.parse(body?.data ?? '')]).toEqual([200, { portalName: 'Cedar' }]);
  });
});
