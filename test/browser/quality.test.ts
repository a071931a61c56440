import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { openPortal } from './open-portal.ts';
import { ADA, PASSWORD } from './portal-stack.ts';
import { axeFindings, overflow } from './visitor.ts';

const FILES = resolve('portal/dist');
const FIRST_LOAD_BYTES = 145 * 1024;
const STYLE_BYTES = 20 * 1024;
/** WCAG 2.2, 1.4.10 (reflow) is tested at 320 CSS pixels; 640 is a laptop's window at 200 %. */
const WIDTHS = [320, 640];
const OPEN_PAGES = [
  '/',
  '/sign-in/phone',
  '/sign-in/email',
  '/first-login',
  '/provider-registration',
  '/registration-error',
  '/incomplete-registration',
  '/password-reset',
  '/undo-email',
  '/help',
  '/terms',
  '/register',
  '/registration',
  '/signed-out',
  '/nowhere',
];

const OWN_PAGES = [
  ['passkeys', 'Passkeys'],
  ['recovery-codes', 'Recovery codes'],
  ['password', 'Change your password'],
  ['email', 'Change your email address'],
  ['phone', 'Your phone number'],
  ['language', 'Language'],
  ['activity', 'Recent activity'],
  ['devices', 'Security and devices'],
] as const;

const portal = openPortal();

test('the first load takes at most 145 kB of compressed scripts and 20 kB of styles', () => {
  const html = readFileSync(join(FILES, 'index.html'), 'utf8');
  const bytesOf = (ending: string): number => {
    const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)]
      .map(([, path]) => path ?? '')
      .filter((path) => path.endsWith(ending));
    expect(files.length).toBeGreaterThan(0);
    return files
      .map((path) => gzipSync(readFileSync(join(FILES, path))).length)
      .reduce((sum, size) => sum + size, 0);
  };
  expect(bytesOf('.js')).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  expect(bytesOf('.css')).toBeLessThanOrEqual(STYLE_BYTES);
});

describe('the site', () => {
  test.each(['/', '/home', '/config.json', '/favicon.svg', '/no.such.file'])(
    '%s carries the security headers',
    async (path) => {
      const { headers } = await fetch(`${portal.stack.portalUrl}${path}`);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self';/,
      );
      expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  test.each([
    ['/', 200],
    ['/sign-in/phone', 200],
    ['/setup/users/pphone', 200],
    ['/nowhere', 404],
    ['/setup', 404],
    ['/no.such.file', 404],
    ['/assets/no-such-script.js', 404],
  ])('answers %s with %i, and with the page', async (path, status) => {
    const answer = await fetch(`${portal.stack.portalUrl}${path}`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toContain('<div id="portal">');
  });

  test('serves neither files outside its folder nor hidden files', async () => {
    for (const path of [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/.built-from',
      '/.vite/manifest.json',
    ]) {
      const text = await (await fetch(`${portal.stack.portalUrl}${path}`)).text();
      expect(text).not.toMatch(/"name": "portal-auth"|^[0-9a-f]{64}$|isEntry/);
    }
  });

  test('sends requests only to itself and the stack', async () => {
    const visitor = await portal.visit();
    const asked = new Set<string>();
    visitor.page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await visitor.goTo('/terms');
    await visitor.sees('Terms of Use Agreement');
    expect([...asked].sort()).toEqual([portal.stack.portalUrl, portal.stack.stackUrl].sort());
  });
});

test.each(WIDTHS)('at %i pixels the public pages fit, and axe finds nothing', async (width) => {
  const visitor = await portal.visit({ viewport: { width, height: 640 } });
  for (const path of OPEN_PAGES) {
    await visitor.goTo(path);
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
    expect([path, await overflow(visitor.page)]).toEqual([path, 0]);
    expect([path, await axeFindings(visitor.page)]).toEqual([path, []]);
  }
});

test.each(WIDTHS)(
  'at %i pixels a sign-in and the pages behind it fit, and axe finds nothing',
  async (width) => {
    const visitor = await portal.visit({ viewport: { width, height: 640 } });
    const isWhole = async (heading: string | RegExp): Promise<void> => {
      await visitor.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      expect([heading, await overflow(visitor.page)]).toEqual([heading, 0]);
      expect([heading, await axeFindings(visitor.page)]).toEqual([heading, []]);
    };
    await visitor.goTo('/');
    await visitor.provePassword(ADA.email, 'PHONE');
    await isWhole('Verify it’s you');
    await visitor.press('Call Me');
    await isWhole('Answer the call');
    const code = await visitor.codeAfter('Send a code instead', ADA.phone);
    await isWhole('Enter the code from your phone');
    await visitor.enterCode(code);
    await isWhole('Welcome, Ada');
    await visitor.goTo('/account');
    await visitor.page.getByText('0 passkeys').waitFor();
    await isWhole('My account');
    for (const [page, heading] of OWN_PAGES) {
      await visitor.goTo(`/account/${page}`);
      await isWhole(heading);
    }
    await visitor.goTo('/setup/users');
    await visitor.page.locator('summary', { hasText: 'Pat Phone' }).click();
    await isWhole('Manage users');
    await visitor.goTo('/setup/users/pphone');
    await visitor.page.getByRole('heading', { name: 'Events' }).waitFor();
    await visitor.press('Reset Registration');
    await visitor.page.getByRole('dialog').waitFor();
    await isWhole('Pat Phone');
  },
);

test('axe finds an image without a text alternative', async () => {
  const visitor = await portal.visit();
  await visitor.goTo('/');
  await visitor.sees('Login options');
  await visitor.page.evaluate(() =>
    document.querySelector('main')?.append(document.createElement('img')),
  );
  expect(await axeFindings(visitor.page)).toEqual([expect.stringContaining('image-alt')]);
});

test('a sign-in works by keyboard alone, with a visible focus throughout', async () => {
  const visitor = await portal.visit();
  const { keyboard } = visitor.page;
  const to = '+12025550143';
  const focusOn = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      await keyboard.press('Tab');
      const [text, outlined] = await visitor.page.evaluate(() => {
        const { activeElement } = document;
        const label =
          activeElement instanceof HTMLInputElement
            ? activeElement.labels?.[0]?.textContent
            : activeElement?.textContent;
        const style = activeElement === null ? undefined : getComputedStyle(activeElement);
        return [
          label ?? '',
          style !== undefined && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
        ] as const;
      });
      expect(outlined).toBe(true);
      if (text === name) return;
    }
    throw new Error(`Tab never comes to "${name}".`);
  };
  await visitor.goTo('/');
  await visitor.sees('Login options');
  await focusOn('LOGIN WITH PHONE');
  await keyboard.press('Enter');
  await visitor.sees('Sign in with your email address');
  await focusOn('Email address');
  await keyboard.type('pat.phone@cedargrove.example');
  await focusOn('Password');
  await keyboard.type(PASSWORD);
  await keyboard.press('Enter');
  await visitor.sees('Verify it’s you');
  await focusOn('Send Code');
  await keyboard.press('Space');
  await visitor.sees('Enter the code from your phone');
  await focusOn('Verification code');
  await keyboard.type(await portal.stack.newCode(to));
  await keyboard.press('Enter');
  await visitor.sees('Welcome, Pat');
  expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toBe(
    'Welcome, Pat',
  );
});

test('people who prefer reduced motion see no animation', async () => {
  const visitor = await portal.visit();
  await visitor.goTo('/');
  await visitor.sees('Login options');
  const moving = await visitor.page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter(
        (element) => parseFloat(getComputedStyle(element).animationDuration) > 0,
      ).length,
  );
  expect(moving).toBe(0);
});

describe('Spanish', () => {
  test('is the default of a Spanish browser on public pages, and can be switched', async () => {
    const visitor = await portal.visit({ locale: 'es-MX' });
    await visitor.goTo('/');
    await visitor.sees('Opciones de acceso');
    expect(await visitor.page.getAttribute('html', 'lang')).toBe('es');
    await visitor.keepScreenshot('login-options-spanish');
    for (const path of OPEN_PAGES) {
      await visitor.goTo(path);
      await visitor.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await axeFindings(visitor.page)).toEqual([]);
      expect(await visitor.page.locator('main').innerText()).not.toMatch(
        /\b(Back to|Please|Enter|[a-z]+\.[a-z]+[A-Z]\w+)\b/,
      );
    }
    await visitor.goTo('/');
    await visitor.press(/^English/);
    await visitor.sees('Login options');
    await visitor.page.reload();
    await visitor.sees('Login options');
  });

  test('carries a sign-in to the home page', async () => {
    const visitor = await portal.visit({ locale: 'es-ES' });
    const to = 'ada.admin@cedargrove.example';
    await visitor.goTo('/');
    await visitor.press('ACCEDER CON CORREO');
    await visitor.fill('Correo electrónico', to);
    await visitor.fill('Contraseña', PASSWORD);
    await visitor.press('Iniciar sesión');
    await visitor.sees('Verifique su correo electrónico');
    await visitor.press('Enviar código de verificación');
    await visitor.sees('Ingrese el código de su correo');
    await visitor.fill('Código de verificación', await portal.stack.newCode(to));
    await visitor.press('Verificar código');
    await visitor.press('Continuar');
    await visitor.sees('Le damos la bienvenida, Ada');
  });
});

describe('the devices page', () => {
  test('shows mail and texts, and its phone rings, speaks and accepts keys', async () => {
    const pat = await portal.visit();
    const devices = await portal.visit();
    await devices.goTo(portal.stack.stackUrl);
    await devices.sees('Mailbox and phone');
    await pat.goTo('/');
    await pat.provePassword('pat.phone@cedargrove.example', 'PHONE');
    await pat.press('Call Me');
    await devices.press('Answer');
    await devices.page.getByRole('group', { name: 'Keypad' }).waitFor();
    await devices.sees('Mailbox and phone');
    await devices.keepScreenshot('devices');
    await devices.press('#');
    await pat.sees('Welcome, Pat');
  });

  test('moves the clock, and sets and clears faults', async () => {
    const devices = await portal.visit({ viewport: { width: 320, height: 640 } });
    await devices.goTo(portal.stack.stackUrl);
    await devices.press('+5 min');
    await devices.seesNotice('The clock moved on by 301 seconds.');
    await devices.press('Set the fault');
    await devices.seesNotice('The fault is set.');
    await devices.press('Clear all');
    await devices.seesNotice('No faults are set.');
    expect(await overflow(devices.page)).toBe(0);
  });
});
