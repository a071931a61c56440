import { beforeEach, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA, PAT } from './portal-stack.ts';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  visitor = await portal.visit();
  await visitor.goTo('/');
  await visitor.provePassword(ADA.email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', ADA.phone));
  await visitor.sees('Welcome, Ada');
});

async function open(name: string): Promise<void> {
  await visitor.press('Setup');
  await visitor.follow('Manage Users');
  await visitor.sees('Manage users');
  await visitor.page.locator('summary', { hasText: name }).click();
  await visitor.follow(`Edit ${name}`);
  await visitor.sees(name);
}

test('an administrator finds a user and resets the registration after a confirmation', async () => {
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
  await visitor.page
    .getByRole('dialog')
    .getByRole('button', { name: 'Reset Registration' })
    .click();
  await visitor.seesNotice('The registration of Pat Phone was reset');
  await visitor.page.getByText('Reason: New phone').waitFor();
  await visitor.page.locator('.pa-status', { hasText: 'Reset' }).waitFor();
  await visitor.sees('Pat Phone');
  const pat = await portal.visit();
  await pat.goTo('/');
  await pat.provePassword(PAT.email, 'PHONE');
  await pat.sees('Your registration is not complete');
  await pat.openLink(await portal.stack.newLink(PAT.email));
  await pat.sees('Login method');
  await pat.press('PHONE');
  await pat.verifyEmail(PAT.email);
  await pat.createPassword('four plain unlike words');
  await pat.fill('Phone number', PAT.phone);
  await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
  await pat.sees('Welcome, Pat');
});

test('an administrator disables and enables a user, and sees the events', async () => {
  await open('Erin Email');
  await visitor.press('Disable user');
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Disable user' }).click();
  await visitor.seesNotice('Erin Email is disabled');
  await visitor.page.getByRole('button', { name: 'Enable user' }).waitFor();
  await visitor.sees('Erin Email');
  await visitor.press('Enable user');
  await visitor.seesNotice('Erin Email is enabled');
  // The heading, and the two changes.
  await visitor.page.getByRole('row').nth(2).waitFor();
});

test('an administrator corrects the address on record of a user who is not registered', async () => {
  await open('M. Chen');
  await visitor.fill('New email address', 'm.chen@workforce.example');
  await visitor.press('Correct the address');
  await visitor.seesNotice('Employees do not register here');
  await visitor.fill('New email address', 'm.chen@cedargrove.example');
  await visitor.press('Correct the address');
  await visitor.seesNotice('The address of M. Chen is now m.chen@cedargrove.example');
  await visitor.sees('M. Chen');
  // The heading, and the correction, by whom.
  await visitor.page.getByRole('row', { name: /Email address changed.*aadmin/ }).waitFor();
  await visitor.keepScreenshot('edit-user');
  await visitor.openLink(await portal.stack.newLink('m.chen@cedargrove.example'));
  await visitor.sees('Login method');
});

test('an administrator cannot correct the address of a registered user', async () => {
  await open('Erin Email');
  expect(await visitor.page.getByLabel('New email address').count()).toBe(0);
});

test('an administrator can view but not change their own entry', async () => {
  await open('Ada Admin');
  await visitor.page.getByText('You cannot change your own registration').waitFor();
  expect(await visitor.page.getByRole('button', { name: 'Reset Registration' }).count()).toBe(0);
});
