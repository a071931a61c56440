import { describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT, RESEND_AFTER_SECONDS, wrongCode } from './portal-stack.ts';
import { DESKTOP, PHONE } from './visitor.ts';

const portal = openPortal();

/** Where the focus is, whether it can be seen, and how many summaries and titles there are. */
async function summaryOf({ page }: PortalVisitor) {
  return await page.evaluate(() => {
    const summary = document.querySelector('.pa-summary');
    const { top = -1, bottom = Infinity } = summary?.getBoundingClientRect() ?? {};
    return {
      hasFocus: summary !== null && document.activeElement === summary,
      isOnScreen: top >= 0 && bottom <= innerHeight,
      summaries: document.querySelectorAll('.pa-summary').length,
      alerts: document.querySelectorAll('[role=alert]').length,
      title: document.title.split(' ')[0],
    };
  });
}
const ONE_SUMMARY = { hasFocus: true, isOnScreen: true, summaries: 1, alerts: 0, title: 'Error:' };

const marked = ({ page }: PortalVisitor): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('[aria-invalid=true]')].map(({ id }) => id));

describe.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('on %s, a refusal', (_what, viewport) => {
  const visit = async (): Promise<PortalVisitor> => {
    const visitor = await portal.visit({ viewport });
    await visitor.goTo('/');
    return visitor;
  };

  test('of a form takes the focus, marks its fields and is gone with the next attempt', async () => {
    const visitor = await visit();
    await visitor.follow('register here');
    await visitor.sees('Register for the portal');
    await visitor.press('Next');
    await visitor.seesNotice('Enter the 10 digits of your NPI');
    expect(await summaryOf(visitor)).toEqual(ONE_SUMMARY);
    expect(await marked(visitor)).toEqual(['field-npi', 'field-registrationCode']);
    await visitor.sees('Register for the portal');
    await visitor.fill(/NPI/, '1234-567-893');
    await visitor.fill('Registration code', 'CEDAR-0000-0000');
    await visitor.press('Next');
    await visitor.seesNotice('The NPI or the registration code is not right');
    expect(await summaryOf(visitor)).toEqual(ONE_SUMMARY);
    await visitor.fill(/NPI/, '12');
    await visitor.press('Next');
    await visitor.seesNotice('Enter the 10 digits of your NPI');
    expect(await visitor.page.getByText('The NPI or the registration code').count()).toBe(0);
  });

  test('of a code takes the focus each time', async () => {
    const visitor = await visit();
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    for (const left of [4, 3]) {
      await visitor.enterCode(wrongCode(code));
      await visitor.page.getByText(`${left} attempts left`).waitFor();
      expect(await summaryOf(visitor)).toEqual(ONE_SUMMARY);
      expect(await marked(visitor)).toEqual(['field-code']);
    }
    await visitor.sees('Enter the code from your phone');
  });
});

describe('a code', () => {
  test('that is dead hides its clock, and a new one is announced', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/');
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.page.getByRole('timer').waitFor();
    for (let time = 0; time < 5; time += 1) {
      await visitor.enterCode(wrongCode(code));
      await visitor.page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('#field-code')?.value === '',
      );
    }
    await visitor.seesNotice('The code no longer works');
    expect(await visitor.page.getByRole('timer').count()).toBe(0);
    await visitor.sees('Enter the code from your phone');
    await portal.moveClock(RESEND_AFTER_SECONDS);
    await visitor.anotherCode(PAT.phone);
    await visitor.seesNotice('New code sent to ***-***-0143');
    await visitor.page.getByRole('timer').waitFor();
    await visitor.sees('Enter the code from your phone');
  });

  test('that was typed is kept while the network is away', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/');
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Send Code');
    await visitor.sees('Enter the code from your phone');
    await visitor.context.setOffline(true);
    await visitor.enterCode('012345');
    await visitor.seesNotice('We could not reach the service');
    expect(await visitor.page.getByLabel('Verification code').inputValue()).toBe('012345');
    await visitor.context.setOffline(false);
  });
});

describe('what was typed', () => {
  test('goes along to the pages for those who cannot go on', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/sign-in/email');
    await visitor.fill('Email address', PAT.email);
    await visitor.follow('Forgot your password?');
    await visitor.sees('Reset your password');
    expect(await visitor.page.getByLabel('Email address').inputValue()).toBe(PAT.email);
    await visitor.goTo('/first-login');
    await visitor.fill('Username', 'jrivera');
    await visitor.follow('Forgot Password?');
    await visitor.sees('Registration error');
    expect(await visitor.page.getByLabel('Username').inputValue()).toBe('jrivera');
    await visitor.press('Submit');
    await visitor.sees('Check your email');
    await portal.stack.newLink('jrivera@cedargrove.example');
  });
});

test('the skip link is first in the tab order of a page that was just loaded', async () => {
  const visitor = await portal.visit();
  await visitor.goTo('/');
  await visitor.sees('Login options');
  await visitor.page.keyboard.press('Tab');
  expect(await visitor.page.evaluate(() => document.activeElement?.className)).toBe('usa-skipnav');
  await visitor.page.keyboard.press('Enter');
  expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('main');
});

test('a browser that keeps no data says so, and a sign-in works in it', async () => {
  const visitor = await portal.visit();
  await visitor.page.addInitScript(() => {
    for (const name of ['sessionStorage', 'localStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
  });
  await visitor.goTo('/');
  await visitor.sees('Login options');
  await visitor.page.getByText('This browser keeps no data for this page').waitFor();
  await visitor.provePassword(PAT.email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', PAT.phone));
  await visitor.sees('Welcome, Pat');
});
