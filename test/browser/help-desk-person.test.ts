import { beforeEach, describe, expect, test } from '@jest/globals';
import { confirm, HANA, openPerson, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { until } from './until.ts';
import { PAT } from './portal-stack.ts';

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
    await pat.seesNotice('The message could not be sent');
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
    await visitor.seesNotice('The link was mailed to J. Rivera again.');
    await portal.stack.newLink('jrivera@cedargrove.example');
    await visitor.page.reload();
    await visitor.page.getByText('A link was mailed and not used.').waitFor();
    await visitor.press('Mail the link again');
    await confirm(visitor, 'Mail the link again', 'Asked by phone');
    await visitor.seesNotice('A link was mailed within the last minute');
    await visitor.page.keyboard.press('Escape');
    await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('that mail is undeliverable, and has the address corrected', async () => {
    await openPerson(visitor, 'jrivera', 'J. Rivera');
    await portal.stack.local('POST', 'faults', { service: 'ses', operation: 'Bounce', times: 1 });
    await visitor.press('Mail the link again');
    await confirm(visitor, 'Mail the link again', 'Asked by phone');
    await visitor.seesNotice('The link was mailed');
    await until('the bounce', async () => {
      await openPerson(visitor, 'jrivera', 'J. Rivera');
      const row = visitor.page.getByRole('row', { name: /Returned: / });
      const step = visitor.page.getByText(
        'Email to the address on record was returned as undeliverable.',
      );
      return (await row.count()) > 0 && (await step.count()) > 0 ? true : undefined;
    });
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
