import { beforeEach, describe, expect, test } from '@jest/globals';
import { HANA, openPerson, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA, wrongCode } from './portal-stack.ts';
import { PHONE } from './visitor.ts';

const portal = openPortal();
beforeEach(async () => portal.reset());

/** How light the page is, from 0 to 255. */
async function lightness({ page }: PortalVisitor): Promise<number> {
  return page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    return (red + green + blue) / 3;
  });
}

async function enterWrongCode(visitor: PortalVisitor): Promise<string> {
  await visitor.goTo('/');
  await visitor.provePassword(ADA.email, 'PHONE');
  const code = await visitor.codeAfter('Send Code', ADA.phone);
  await visitor.enterCode(wrongCode(code));
  await visitor.seesNotice('The code is not right');
  return code;
}

// Widths have the same colours: each page is looked at in one.
describe('in the dark', () => {
  const visitInTheDark = (viewport?: typeof PHONE) =>
    portal.visit({ colorScheme: 'dark', ...(viewport === undefined ? {} : { viewport }) });

  test('the pages of providers are dark, and axe finds enough contrast', async () => {
    const ada = await visitInTheDark(PHONE);
    await ada.goTo('/');
    await ada.sees('Login options');
    expect(await lightness(ada)).toBeLessThan(60);
    await ada.keepScreenshot('login-options-dark');
    const code = await enterWrongCode(ada);
    await ada.sees('Enter the code from your phone');
    await ada.keepScreenshot('enter-code-dark');
    await ada.enterCode(code);
    await ada.sees('Welcome, Ada');
    await ada.goTo('/account');
    await ada.page.getByText('0 passkeys').waitFor();
    await ada.sees('My account');
    await ada.goTo('/account/language');
    await ada.sees('Language');
    await ada.goTo('/account/password');
    await ada.sees('Change your password');
    await ada.fill('New password', 'short');
    await ada.press('Change password');
    await ada.sees('Change your password');
    await ada.goTo('/setup/users');
    await ada.page.locator('summary', { hasText: 'Pat Phone' }).click();
    await ada.sees('Manage users');
    await ada.keepScreenshot('manage-users-dark');
    await ada.goTo('/setup/users/pphone');
    await ada.page.getByRole('heading', { name: 'Events' }).waitFor();
    await ada.press('Reset Registration');
    await ada.page.getByRole('dialog').waitFor();
    await ada.sees('Pat Phone');
  });

  test('the pages of employees are dark, and axe finds enough contrast', async () => {
    const hana = await visitInTheDark();
    await signInAs(hana, HANA);
    await hana.follow('Find a person See why somebody cannot get in, and help.');
    await hana.sees('Find a person');
    await openPerson(hana, 'pphone', 'Pat Phone');
    await hana.press('Show the events');
    await hana.page.getByRole('table').waitFor();
    await hana.sees('Pat Phone');
    await hana.keepScreenshot('help-desk-person-dark');
    await hana.goTo('/help-desk/approvals');
    await hana.page.getByText('Nothing is waiting.').waitFor();
    await hana.sees('Approvals');
    expect(await lightness(hana)).toBeLessThan(60);
  });

  test('the first steps of a registration have enough contrast', async () => {
    const visitor = await visitInTheDark(PHONE);
    for (const path of ['/sign-in/phone', '/first-login', '/provider-registration', '/terms']) {
      await visitor.goTo(path);
      await visitor.sees(/./);
    }
  });
});

test('in the light the pages are light, as before', async () => {
  const visitor = await portal.visit({ colorScheme: 'light' });
  await visitor.goTo('/');
  await visitor.sees('Login options');
  expect(await lightness(visitor)).toBeGreaterThan(200);
});

test('the devices page is dark, and axe finds enough contrast', async () => {
  const devices = await portal.visit({ colorScheme: 'dark' });
  await devices.goTo(portal.stack.stackUrl);
  await devices.sees('Mailbox and phone');
  expect(await lightness(devices)).toBeLessThan(60);
  await devices.keepScreenshot('devices-dark');
});

describe('in the colours that a person has chosen', () => {
  /** Whether something has a border on some side that differs from what is behind it. */
  const bordered = async (visitor: PortalVisitor, selector: string): Promise<boolean> =>
    visitor.page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { borderBottomStyle, borderBottomWidth, borderBottomColor } =
          getComputedStyle(element);
        const ground = getComputedStyle(document.body).backgroundColor;
        return (
          borderBottomStyle !== 'none' &&
          parseFloat(borderBottomWidth) > 0 &&
          borderBottomColor !== ground
        );
      });

  test('fields, buttons, marks and the present page have borders, and the focus is visible', async () => {
    const ada = await portal.visit({ forcedColors: 'active' });
    await ada.goTo('/sign-in/phone');
    await ada.sees('Sign in with your email address');
    for (const part of ['.usa-input', '.usa-button--outline', 'button[type=submit]', '.pa-tag'])
      expect([part, await bordered(ada, part)]).toEqual([part, true]);
    await ada.page.getByLabel('Email address').focus();
    expect(
      await ada.page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle),
    ).not.toBe('none');
    await ada.goTo('/');
    const code = await enterWrongCode(ada);
    expect(await bordered(ada, '.usa-input--error')).toBe(true);
    await ada.enterCode(code);
    await ada.sees('Welcome, Ada');
    expect(await bordered(ada, '.pa-nav a.active')).toBe(true);
    await ada.goTo('/setup/users');
    await ada.sees('Manage users');
    expect(await bordered(ada, '.pa-status')).toBe(true);
    await ada.keepScreenshot('manage-users-forced-colours');
  });
});
