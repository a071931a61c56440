import { beforeEach, expect, test } from '@jest/globals';
import { confirm, HANA, openPerson, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PASSWORD, PAT } from './portal-stack.ts';

const portal = openPortal();
let visitor: PortalVisitor;

beforeEach(async () => {
  await portal.reset();
  visitor = await portal.visit();
  await signInAs(visitor, HANA);
});

test('a reset asks for the call-back list and a reason, and the person registers again', async () => {
  await openPerson(visitor, 'pphone', 'Pat Phone');
  await visitor.press('Reset the registration');
  const dialog = visitor.page.getByRole('dialog');
  await dialog.getByText('Before you reset').waitFor();
  await dialog.getByRole('button', { name: 'Reset the registration' }).click();
  await visitor.seesNotice('Check every point of the list');
  await visitor.seesNotice('Say why, in 3 to 500 characters');
  await visitor.sees('Pat Phone');
  await visitor.keepScreenshot('help-desk-reset');
  for (const check of await dialog.locator('.usa-checkbox__label').all()) await check.click();
  await confirm(visitor, 'Reset the registration', 'Lost the phone; called back');
  await visitor.seesNotice('The registration of Pat Phone was reset.');
  await visitor.page.getByText('The registration was reset and must be done again.').waitFor();
  await visitor.sees('Pat Phone');
  const pat = await portal.visit();
  await pat.openLink(await portal.stack.newLink(PAT.email));
  await pat.sees('Login method');
});

test('the address on record is corrected, and a refusal keeps what was typed', async () => {
  await openPerson(visitor, 'mchen', 'M. Chen');
  await visitor.page.getByText('Ask for an email address, check who is calling').waitFor();
  await visitor.press('Correct the address');
  await visitor.fill('New email address', 'm.chen@workforce.example');
  await confirm(visitor, 'Correct the address', 'Called back at the practice');
  await visitor.seesNotice('This is an employee’s address');
  await visitor.sees('M. Chen');
  const dialog = visitor.page.getByRole('dialog');
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('Called back at the practice');
  await visitor.fill('New email address', 'm.chen@cedargrove.example');
  await confirm(visitor, 'Correct the address', 'Called back at the practice');
  await visitor.seesNotice('The address of M. Chen is now m.chen@cedargrove.example');
  await portal.stack.newLink('m.chen@cedargrove.example');
  await visitor.page.getByText('m***@cedargrove.example').waitFor();
});

test('a person is disabled and enabled, each with a reason', async () => {
  await openPerson(visitor, 'eemail', 'Erin Email');
  await visitor.press('Disable');
  await confirm(visitor, 'Disable', 'Left the practice');
  await visitor.seesNotice('Erin Email is disabled.');
  await visitor.page.getByText('Find out why it was disabled').waitFor();
  await visitor.sees('Erin Email');
  const erin = await portal.visit();
  await erin.goTo('/');
  await erin.provePassword('erin.email@cedargrove.example', 'EMAIL', PASSWORD);
  await erin.sees('Your registration is not complete');
  await visitor.press('Enable');
  await confirm(visitor, 'Enable', 'Is back');
  await visitor.seesNotice('Erin Email is enabled.');
  await visitor.page.getByText('Registered; can sign in.').waitFor();
});
