import { expect, test } from '@jest/globals';
import { BrowserName } from '../../contract/challenges.ts';
import { browserName } from '../../packages/auth-client/src/browser-name.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)';

test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`,
    'Chrome, Windows',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0`,
    'Edge, Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15',
    'Safari, Mac',
  ],
  [`${IPHONE} AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1`, 'Safari, iPhone'],
  [`${IPHONE} AppleWebKit/605.1.15 CriOS/131.0 Mobile/15E148 Safari/604.1`, 'Chrome, iPhone'],
  [
    `Mozilla/5.0 (Linux; Android 14) ${WEBKIT} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36`,
    'Samsung Internet, Android',
  ],
])('%s', (agent, name) => {
  expect(browserName(agent)).toBe(name);
  expect(BrowserName.safeParse(name).success).toBe(true);
});

test('a browser that says nothing has no name', () => {
  expect(browserName('')).toBeUndefined();
  expect(browserName('curl/8')).toBeUndefined();
});
