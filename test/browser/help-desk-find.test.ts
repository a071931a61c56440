import { beforeEach, describe, expect, test } from '@jest/globals';
import { HANA, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { overflow, PHONE } from './visitor.ts';

const portal = openPortal();
let visitor: PortalVisitor;

beforeEach(async () => {
  visitor = await portal.visit();
  await signInAs(visitor, HANA);
  await visitor.follow('Find people');
  await visitor.sees('Find a person');
});

async function seek(by: string, label: string, value: string): Promise<void> {
  await visitor.page.getByLabel('Search by').selectOption(by);
  await visitor.fill(label, value);
  await visitor.press('Search');
}

describe('a person is found', () => {
  test.each([
    ['Username', 'Username', 'pphone'],
    ['Email address', 'Email address', 'pat.phone@cedargrove.example'],
    ['Phone number', 'Phone number', '(202) 555-0143'],
  ])('by %s, which no address contains', async (by, label, value) => {
    await seek(by, label, value);
    await visitor.page.getByText('1 person', { exact: true }).waitFor();
    await visitor.page.getByRole('link', { name: /Pat Phone.*p\*\*\*@cedargrove/ }).waitFor();
    expect(visitor.page.url()).toBe(`${portal.stack.portalUrl}/help-desk`);
    await visitor.page.getByRole('link', { name: /Pat Phone/ }).click();
    await visitor.sees('Pat Phone');
    await visitor.page.goBack();
    await visitor.page.getByText('1 person', { exact: true }).waitFor();
    expect(await visitor.page.getByLabel(label, { exact: true }).inputValue()).toBe(value);
  });

  test('among the users of an NPI, page by page', async () => {
    const users = Array.from({ length: 27 }, (_, index) => ({
      username: `seeded${String(index).padStart(2, '0')}`,
      firstName: 'Sam',
      lastName: `Seeded${index}`,
      npi: '1992999825',
      method: 'EMAIL',
      email: `seeded${index}@harbor.example`,
      password: 'Correct-Horse-9-Battery',
    }));
    const providers = [{ npi: '1992999825', name: 'Harbor Pediatrics' }];
    await portal.stack.local('POST', 'seed', { providers, importedUsers: [], users });
    await seek('NPI of the provider', 'NPI of the provider', '1992 999 825');
    await visitor.page.getByText('25 people, more available').waitFor();
    await visitor.sees('Find a person');
    await visitor.press('Show more');
    await visitor.page.getByText('27 people', { exact: true }).waitFor();
    expect(await visitor.page.locator('.pa-found').count()).toBe(27);
  }, 120_000);
});

test('what cannot be searched for is marked, and nobody is found by what is wrong', async () => {
  await visitor.press('Search');
  await visitor.seesNotice('Enter a username');
  await visitor.sees('Find a person');
  await seek('Email address', 'Email address', 'pat.phone');
  await visitor.seesNotice('Enter an email address in the form');
  await seek('NPI of the provider', 'NPI of the provider', '1234567890');
  await visitor.seesNotice('Enter the 10 digits of an NPI');
  await seek('Username', 'Username', 'nobody-here');
  await visitor.page.getByText('Nobody was found.').waitFor();
  await visitor.sees('Find a person');
  await visitor.keepScreenshot('help-desk-find');
});

test('beyond the limit of an hour the page says so, and keeps what was typed', async () => {
  await visitor.page.route('**/help-desk/users?**', (route) =>
    route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      json: {
        type: 'about:blank',
        title: 'Too many requests',
        status: 429,
        code: 'RATE_LIMITED',
        detail: 'Wait.',
        requestId: 'r-1',
        retryAfterSeconds: 1500,
      },
      headers: { 'access-control-allow-origin': portal.stack.portalUrl },
    }),
  );
  await seek('Username', 'Username', 'pphone');
  await visitor.seesNotice('You have reached the number of looks or changes');
  await visitor.seesNotice('You can try again in 25 minutes.');
  expect(await visitor.page.getByLabel('Username', { exact: true }).inputValue()).toBe('pphone');
  await visitor.page.unroute('**/help-desk/users?**');
  await visitor.press('Try again');
  await visitor.page.getByText('1 person', { exact: true }).waitFor();
});

test('a lost connection says so, on a phone too', async () => {
  const phone = await portal.visit({ viewport: PHONE });
  await signInAs(phone, HANA);
  await phone.follow('Find people');
  await phone.context.setOffline(true);
  await phone.fill('Username', 'pphone');
  await phone.press('Search');
  await phone.seesNotice('We could not reach the service');
  expect(await overflow(phone.page)).toBe(0);
  await phone.context.setOffline(false);
  await phone.press('Try again');
  await phone.page.getByRole('link', { name: /Pat Phone/ }).waitFor();
  await phone.sees('Find a person');
  expect(await overflow(phone.page)).toBe(0);
});
