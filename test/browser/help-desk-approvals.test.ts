import { beforeEach, describe, expect, test } from '@jest/globals';
import { confirm, HANA, HUGO, openPerson, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';

const portal = openPortal();
let hana: PortalVisitor;

beforeEach(async () => {
  await portal.reset();
  hana = await portal.visit();
  await signInAs(hana, HANA);
});

/** Requests the disabling of an administrator. */
async function requestDisabling(): Promise<void> {
  await openPerson(hana, 'aadmin', 'Ada Admin');
  await hana.press('Disable');
  await hana.page.getByText('A second employee has to approve this within an hour.').waitFor();
  await confirm(hana, 'Disable', 'Says the practice manager');
  await hana.seesNotice('Nothing is changed yet: a second employee has to approve this until');
}

async function openApprovals(visitor: PortalVisitor): Promise<void> {
  await visitor.page.getByRole('link', { name: 'Approvals', exact: true }).first().click();
  await visitor.sees('Approvals');
}

async function decide(visitor: PortalVisitor, decision: 'Approve' | 'Deny'): Promise<void> {
  await visitor.press(`${decision} for aadmin`);
  await visitor.page.getByText('Reason: Says the practice manager').waitFor();
  await visitor.sees('Approvals');
  await visitor.page.getByRole('dialog').getByRole('button', { name: decision }).click();
}

test('disabling an administrator waits for a second employee, who approves it', async () => {
  await requestDisabling();
  await hana.seesNotice('Disable: requested by Hana Helpdesk, waits for a second employee until');
  await hana.sees('Ada Admin');
  await openApprovals(hana);
  await hana.page.getByText('Another employee has to decide.').waitFor();
  expect(await hana.page.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
  await hana.sees('Approvals');
  const hugo = await portal.visit();
  await signInAs(hugo, HUGO);
  await openApprovals(hugo);
  await hugo.keepScreenshot('help-desk-approvals');
  await decide(hugo, 'Approve');
  await hugo.seesNotice('Approved and done for aadmin.');
  await hugo.page.getByText('Nothing is waiting.').waitFor();
  await openPerson(hana, 'aadmin', 'Ada Admin');
  await hana.page.getByText('Disabled; nothing of the account works.').waitFor();
});

test('a second employee denies it, and nothing is changed', async () => {
  await requestDisabling();
  const hugo = await portal.visit();
  await signInAs(hugo, HUGO);
  await openApprovals(hugo);
  await decide(hugo, 'Deny');
  await hugo.seesNotice('Denied for aadmin. Nothing was changed.');
  await openPerson(hana, 'aadmin', 'Ada Admin');
  await hana.page.getByText('Registered; can sign in.').waitFor();
  await hana.press('Show the events');
  await hana.page.getByRole('row', { name: /Approval denied/ }).waitFor();
});

test('what an hour has ended, or somebody else has decided, is refused with the reason', async () => {
  await requestDisabling();
  await portal.moveClock(30 * 60);
  const hugo = await portal.visit();
  await signInAs(hugo, HUGO);
  await openApprovals(hugo);
  await hugo.page.getByRole('button', { name: 'Approve for aadmin' }).waitFor();
  await portal.moveClock(31 * 60);
  await decide(hugo, 'Approve');
  await hugo.seesNotice('a colleague may have been faster');
  await hugo.press('Cancel');
  await hugo.page.getByText('Nothing is waiting.').waitFor();
});

test('resetting the last administrator of a provider waits, too', async () => {
  await openPerson(hana, 'ladmin', 'Lee Admin');
  await hana.press('Reset the registration');
  const dialog = hana.page.getByRole('dialog');
  await dialog.getByText('If the provider has no other active administrator').waitFor();
  for (const check of await dialog.locator('.usa-checkbox__label').all()) await check.click();
  await confirm(hana, 'Reset the registration', 'Lost the phone');
  await hana.seesNotice('a second employee has to approve this until');
  await hana.page.getByText('Registered; can sign in.').waitFor();
});

describe('the employees’ home', () => {
  const openHome = async (): Promise<void> => {
    await hana.page.getByRole('link', { name: 'Home' }).click();
    await hana.sees('Welcome, Hana Helpdesk');
  };
  const card = () => hana.page.locator('a.pa-card', { hasText: 'Approvals' });
  const counted = () => card().locator('.pa-card__count');

  test('says how many approvals wait for a second employee, and nothing where none does', async () => {
    await hana.goTo('/employees');
    await hana.sees('Welcome, Hana Helpdesk');
    await hana.page.waitForLoadState('networkidle');
    expect(await counted().count()).toBe(0);
    await requestDisabling();
    await openHome();
    await counted().getByText('1 is waiting for a second employee').waitFor();
    await hana.sees('Welcome, Hana Helpdesk');
    await hana.keepScreenshot('employees-home');
    await card().click();
    await hana.sees('Approvals');
  });

  test('can be used where the approvals cannot be counted', async () => {
    await requestDisabling();
    await hana.page.route('**/help-desk/approvals', (route) => route.abort());
    const failed = hana.page.waitForEvent('requestfailed');
    await openHome();
    await failed;
    expect(await counted().count()).toBe(0);
    await card().click();
    await hana.seesNotice('We could not reach the service');
  });
});
