import { beforeEach, describe, expect, test } from '@jest/globals';
import { confirm, HANA, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';

const portal = openPortal();
let visitor: PortalVisitor;

const CODE = /^[A-Z0-9]{4}(?:-[A-Z0-9]{4})+$/;

beforeEach(async () => {
  await portal.reset();
  visitor = await portal.visit();
  await signInAs(visitor, HANA);
  await visitor.follow('Providers');
  await visitor.sees('Providers and registration codes');
});

async function openProvider(npi: string, name: string): Promise<void> {
  await visitor.fill(/NPI/, npi);
  await visitor.press('Search');
  await visitor.sees(name);
}

/** @returns the codes on the page */
async function issue(count: string): Promise<string[]> {
  await visitor.fill('Number of codes', count);
  await visitor.fill('Reason', 'Asked by the practice manager');
  await visitor.press('Issue codes');
  await visitor.page.getByText('they are shown this once').waitFor();
  return visitor.page.locator('.pa-codes li').allInnerTexts();
}

test('codes are issued and shown once, copied, printed, and register a provider', async () => {
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openProvider('1234567893', 'Cedar Grove Family Medicine');
  const codes = await issue('2');
  expect(codes).toHaveLength(2);
  for (const code of codes) expect(code).toMatch(CODE);
  await visitor.sees('Cedar Grove Family Medicine');
  await visitor.press('Copy all');
  await visitor.seesNotice('Copied.');
  expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
  await visitor.keepScreenshot('help-desk-codes');
  expect(await visitor.page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(codes[0]);
  await visitor.page.reload();
  await visitor.page.getByRole('heading', { name: 'Registration codes', exact: true }).waitFor();
  expect(await visitor.page.locator('body').innerText()).not.toContain(codes[0]);
  await visitor.goTo('/provider-registration');
  await visitor.fill(/NPI/, '1234567893');
  await visitor.fill('Registration code', codes[0] ?? '');
  await visitor.press('Next');
  await visitor.page.getByLabel('First name').waitFor();
});

test('a letter for each code is all that the printer shows', async () => {
  await openProvider('1234567893', 'Cedar Grove Family Medicine');
  const codes = await issue('2');
  await visitor.page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  await visitor.press('Print letters');
  await visitor.page.locator('body[data-printed]').waitFor();
  const letters = visitor.page.locator('.pa-letter');
  expect(await letters.first().isVisible()).toBe(false);
  await visitor.page.emulateMedia({ media: 'print' });
  expect(await letters.count()).toBe(2);
  for (const [index, code] of codes.entries())
    expect(await letters.nth(index).innerText()).toContain(code);
  expect(await letters.first().innerText()).toContain('Cedar Grove Family Medicine');
  expect(await visitor.page.locator('#portal').isVisible()).toBe(false);
  await visitor.page.emulateMedia({ media: 'screen' });
  await visitor.press('Hide the codes');
  await visitor.page.locator('.pa-codes').waitFor({ state: 'detached' });
  expect(await letters.count()).toBe(0);
});

describe('a provider that is new', () => {
  test('is created with its name and its first codes', async () => {
    await openProvider('1992999825', 'Provider 1992999825');
    await visitor.seesNotice('This provider is not known yet.');
    await visitor.fill('Number of codes', '0');
    await visitor.press('Issue codes');
    await visitor.seesNotice('Enter a number from 1 to 50');
    await visitor.seesNotice('Enter the name of the provider');
    await visitor.seesNotice('Say why, in 3 to 500 characters');
    await visitor.sees('Provider 1992999825');
    await visitor.fill('Name of the provider', 'Harbor Pediatrics');
    await visitor.page
      .getByLabel('Role of who registers with them')
      .selectOption('Provider administrator');
    const [code] = await issue('1');
    expect(code).toMatch(CODE);
    await visitor.sees('Harbor Pediatrics');
    await visitor.page.getByRole('row', { name: /Provider administrator Open/ }).waitFor();
  });

  test('must have an NPI that can be one', async () => {
    await visitor.fill(/NPI/, '1234567890');
    await visitor.press('Search');
    await visitor.seesNotice('Enter the 10 digits of an NPI');
    await visitor.goTo('/help-desk/providers/1234567890');
    await visitor.seesNotice('This NPI is not valid');
    await visitor.sees('Provider 1234567890');
    expect(await visitor.page.getByRole('button', { name: 'Issue codes' }).count()).toBe(0);
  });
});

test('an open code is revoked with a reason, and registers nobody', async () => {
  await openProvider('1992999825', 'Provider 1992999825');
  await visitor.fill('Name of the provider', 'Harbor Pediatrics');
  const [code = ''] = await issue('1');
  await visitor.page.getByRole('button', { name: /^Revoke / }).click();
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await visitor.seesNotice('Say why, in 3 to 500 characters');
  await visitor.sees('Harbor Pediatrics');
  await confirm(visitor, 'Revoke', 'Sent to the wrong address');
  await visitor.seesNotice(/The code .* is revoked\./);
  await visitor.page.getByRole('row', { name: /Revoked/ }).waitFor();
  expect(await visitor.page.getByRole('button', { name: /^Revoke / }).count()).toBe(0);
  await visitor.goTo('/provider-registration');
  await visitor.fill(/NPI/, '1992999825');
  await visitor.fill('Registration code', code);
  await visitor.press('Next');
  await visitor.seesNotice('The NPI or the registration code is not right');
});
