import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { codeIn, linkIn, PASSWORD, startPortalStack, type PortalStack } from './portal-stack.ts';
import { openBrowser, visit, type Visitor } from './visitor.ts';

const ADA = { email: 'ada.admin@cedargrove.example', phone: '+12025550144' };

let stack: PortalStack;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startPortalStack(), openBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), stack?.stop()]);
});
beforeEach(async () => {
  visitor = await visit(browser, stack.portalUrl);
  await visitor.goTo('/');
  await signInAsAda();
});
afterEach(async () => {
  expect(visitor.complaints).toEqual([]);
  await visitor.leave();
  await stack.local('POST', 'clock', { advanceSeconds: 16 * 60 });
});

async function signInAsAda(): Promise<void> {
  await visitor.press('LOGIN WITH PHONE');
  await visitor.fill('Email address', ADA.email);
  await visitor.fill('Password', PASSWORD);
  await visitor.press('Sign in');
  const before = await stack.newestMessage(ADA.phone);
  await visitor.press('Send Code');
  await visitor.fill('Verification code', codeIn(await stack.newMessage(ADA.phone, before)));
  await visitor.press('Verify Code');
  await visitor.sees('Welcome, Ada');
}

async function open(name: string): Promise<void> {
  await visitor.press('Setup');
  await visitor.follow('Manage Users');
  await visitor.sees('Manage users');
  await visitor.page.locator('summary', { hasText: name }).click();
  await visitor.follow(`Edit ${name}`);
  await visitor.sees(name);
}

test('an administrator finds a user, expands the entry, and resets the registration after a confirmation', async () => {
  await visitor.press('Setup');
  await visitor.follow('Manage Users');
  await visitor.sees('Manage users');
  await visitor.fill(/Search by/, 'pat');
  await visitor.press('Search');
  await visitor.page.getByText('1 user', { exact: true }).waitFor();
  expect(await visitor.page.locator('.pa-user').count()).toBe(1);
  await visitor.page.locator('summary').click();
  await visitor.sees('Manage users');
  await visitor.keepScreenshot('manage-users');
  await visitor.follow('Edit Pat Phone');
  await visitor.sees('Pat Phone');
  await visitor.press('Reset Registration');
  await visitor.page.getByRole('dialog').waitFor();
  await visitor.sees('Pat Phone');
  await visitor.keepScreenshot('reset-registration');
  await visitor.page.keyboard.press('Escape');
  await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
  await visitor.press('Reset Registration');
  await visitor.fill(/Reason/, 'New phone');
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Reset Registration' }).click();
  await visitor.isTold('The registration of Pat Phone was reset');
  await visitor.page.locator('.pa-status', { hasText: 'Reset' }).waitFor();
  await visitor.sees('Pat Phone');
  const message = await stack.newMessage('pat.phone@cedargrove.example');
  await visitor.goTo(linkIn(message));
  await visitor.sees('Login method');
});

test('an administrator disables and enables a user, and reads what happened', async () => {
  await open('Erin Email');
  await visitor.press('Disable user');
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Disable user' }).click();
  await visitor.isTold('Erin Email is disabled');
  await visitor.page.getByRole('button', { name: 'Enable user' }).waitFor();
  await visitor.sees('Erin Email');
  await visitor.press('Enable user');
  await visitor.isTold('Erin Email is enabled');
  // The heading, and the two changes.
  await visitor.page.getByRole('row').nth(2).waitFor();
});

test('oneself can be looked at, not changed', async () => {
  await open('Ada Admin');
  await visitor.page.getByText('You cannot change your own registration').waitFor();
  expect(await visitor.page.getByRole('button', { name: 'Reset Registration' }).count()).toBe(0);
});
