import { beforeEach, describe, expect, test } from '@jest/globals';
import { confirm, HANA, openPerson, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { until } from './until.ts';
import { PASSWORD, PAT } from './portal-stack.ts';

const portal = openPortal();
let visitor: PortalVisitor;

beforeEach(async () => {
  await portal.reset();
  visitor = await portal.visit();
  await signInAs(visitor, HANA);
});

describe('the page of a person explains', () => {
  test('status, factors, sends with their arrival, and the last sign-ins', async () => {
    const pat = await portal.visit();
    await pat.goTo('/');
    await pat.provePassword(PAT.email, 'PHONE');
    await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
    await pat.sees('Welcome, Pat');
    await pat.press('Sign out');
    await portal.moveClock(20);
    await pat.goTo('/');
    await pat.provePassword(PAT.email, 'PHONE');
    await portal.stack.local('POST', 'faults', { service: 'sns', times: 3 });
    await pat.press('Send Code');
    await pat.isTold('The message could not be sent');
    await openPerson(visitor, 'pphone', 'Pat Phone');
    const { page } = visitor;
    await page.getByText('Registered; can sign in.').waitFor();
    await page.getByText('***-***-0143').waitFor();
    await page.getByText('Nothing is locked.').waitFor();
    await page.getByRole('row', { name: /^[^(]*Code \(text message\) Not sent/ }).waitFor();
    await page.getByRole('row', { name: /Code sent \(text message\) Handed over/ }).waitFor();
    await page.getByRole('listitem').filter({ hasText: '(by phone)' }).waitFor();
    await page.getByText('Have the person use the email address').waitFor();
    await visitor.sees('Pat Phone');
    await visitor.keepScreenshot('help-desk-person');
    expect(await page.locator('main').innerText()).not.toContain(PAT.email);
  });

  test('a link that was mailed and not used, and mails the next one a minute later', async () => {
    await visitor.goTo('/help-desk/users/jrivera');
    await visitor.page.getByText('Imported from the former portal').waitFor();
    await visitor.press('Mail the link again');
    await portal.stack.local('DELETE', 'messages');
    await confirm(visitor, 'Mail the link again', 'Asked by phone');
    await visitor.isTold('The link was mailed to J. Rivera again.');
    await portal.stack.newLink('jrivera@cedargrove.example');
    await visitor.page.reload();
    await visitor.page.getByText('A link was mailed and not used.').waitFor();
    await visitor.press('Mail the link again');
    await confirm(visitor, 'Mail the link again', 'Asked by phone');
    await visitor.isTold('A link was mailed within the last minute');
    await visitor.page.keyboard.press('Escape');
    await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('that mail comes back, and has the address corrected', async () => {
    await openPerson(visitor, 'jrivera', 'J. Rivera');
    await portal.stack.local('POST', 'faults', { service: 'ses', operation: 'Bounce', times: 1 });
    await visitor.press('Mail the link again');
    await confirm(visitor, 'Mail the link again', 'Asked by phone');
    await visitor.isTold('The link was mailed');
    await until('the bounce', async () => {
      await openPerson(visitor, 'jrivera', 'J. Rivera');
      const rows = await visitor.page.getByRole('row', { name: /Came back/ }).count();
      return rows > 0 ? rows : undefined;
    });
    await visitor.page.getByText('Mail to the address on record comes back.').waitFor();
    await visitor.sees('J. Rivera');
  });

  test('the whole trail, on request', async () => {
    await openPerson(visitor, 'eemail', 'Erin Email');
    await visitor.press('Show the events');
    await visitor.page
      .getByRole('row', { name: /Account looked at.*Help desk/ })
      .first()
      .waitFor();
    await visitor.sees('Erin Email');
  });
});

test('a reset asks for the call-back list and a reason, and the person registers again', async () => {
  await openPerson(visitor, 'pphone', 'Pat Phone');
  await visitor.press('Reset the registration');
  const dialog = visitor.page.getByRole('dialog');
  await dialog.getByText('Before you reset').waitFor();
  await dialog.getByRole('button', { name: 'Reset the registration' }).click();
  await visitor.isTold('Check every point of the list');
  await visitor.isTold('Say why, in 3 to 500 characters');
  await visitor.sees('Pat Phone');
  await visitor.keepScreenshot('help-desk-reset');
  for (const check of await dialog.locator('.usa-checkbox__label').all()) await check.click();
  await confirm(visitor, 'Reset the registration', 'Lost the phone; called back');
  await visitor.isTold('The registration of Pat Phone was reset.');
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
  await visitor.isTold('This is an employee’s address');
  await visitor.sees('M. Chen');
  const dialog = visitor.page.getByRole('dialog');
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('Called back at the practice');
  await visitor.fill('New email address', 'm.chen@cedargrove.example');
  await confirm(visitor, 'Correct the address', 'Called back at the practice');
  await visitor.isTold('The address of M. Chen is now m.chen@cedargrove.example');
  await portal.stack.newLink('m.chen@cedargrove.example');
  await visitor.page.getByText('m***@cedargrove.example').waitFor();
});

test('a person is disabled and enabled, each with a reason', async () => {
  await openPerson(visitor, 'eemail', 'Erin Email');
  await visitor.press('Disable');
  await confirm(visitor, 'Disable', 'Left the practice');
  await visitor.isTold('Erin Email is disabled.');
  await visitor.page.getByText('Find out why it was disabled').waitFor();
  await visitor.sees('Erin Email');
  const erin = await portal.visit();
  await erin.goTo('/');
  await erin.provePassword('erin.email@cedargrove.example', 'EMAIL', PASSWORD);
  await erin.sees('Your registration is not complete');
  await visitor.press('Enable');
  await confirm(visitor, 'Enable', 'Is back');
  await visitor.isTold('Erin Email is enabled.');
  await visitor.page.getByText('Registered; can sign in.').waitFor();
});
