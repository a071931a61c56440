import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT } from './portal-stack.ts';
import { overflow, PHONE } from './visitor.ts';

const portal = openPortal();
let pat: PortalVisitor;
let codes: string[];

beforeEach(async () => {
  await portal.reset();
  pat = await portal.visit();
  await pat.goTo('/');
  await pat.provePassword(PAT.email, 'PHONE');
  await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
  await pat.sees('Welcome, Pat');
  await pat.goTo('/account');
  await pat.follow('Manage: Recovery codes');
  await pat.page.getByText('You have no recovery codes.').waitFor();
  await pat.press('Make ten codes');
  await pat.sees('Your recovery codes');
  codes = await pat.page.locator('.pa-codes code').allInnerTexts();
});

async function toRecoveryCode(visitor: PortalVisitor): Promise<void> {
  await visitor.goTo('/');
  await visitor.provePassword(PAT.email, 'PHONE');
  await visitor.press('Use a recovery code');
  await visitor.sees('Enter a recovery code');
}

const enter = async (code: string): Promise<void> => {
  await pat.fill('Recovery code', code);
  await pat.press('Verify Code');
};

describe('recovery codes', () => {
  test('are shown once, copied, printed and counted', async () => {
    expect(codes).toHaveLength(10);
    await pat.keepScreenshot('recovery-codes');
    await pat.page.setViewportSize(PHONE);
    expect(await overflow(pat.page)).toBe(0);
    await pat.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await pat.press('Copy');
    await pat.seesNotice('The codes are copied.');
    expect(await pat.page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
    await pat.page.emulateMedia({ media: 'print' });
    expect(await pat.page.locator('.pa-codes').isVisible()).toBe(true);
    expect(await pat.page.getByText('Each works once').last().isVisible()).toBe(true);
    expect(await pat.page.locator('.pa-header').isVisible()).toBe(false);
    await pat.page.emulateMedia({ media: 'screen' });
    await pat.press('I have saved them');
    await pat.sees('My account');
    await pat.page.getByText('10 unused codes').waitFor();
    await pat.follow('Manage: Recovery codes');
    await pat.sees('Recovery codes');
    await pat.page.getByText('You have 10 unused recovery codes.').waitFor();
    expect(await pat.page.locator('.pa-codes').count()).toBe(0);
    await pat.press('Make ten new codes');
    await pat.sees('Your recovery codes');
    expect(await pat.page.locator('.pa-codes code').allInnerTexts()).not.toContain(codes[0]);
  });

  test('sign in after the password, each once, however they are typed', async () => {
    const [code = ''] = codes;
    await pat.press('Sign out');
    await toRecoveryCode(pat);
    await pat.keepScreenshot('enter-recovery-code');
    await enter('123456');
    await pat.seesNotice('Enter the 12 letters and digits of a recovery code');
    await enter('AAAA-AAAA-AAAA');
    await pat.seesNotice('The code is not right');
    await pat.page.getByText('4 attempts left').waitFor();
    await enter(code.toLowerCase().replaceAll('-', ' '));
    await pat.sees('Welcome, Pat');
    await portal.stack.messageWith(PAT.email, /9 unused codes are left/);
    await pat.press('Sign out');
    await toRecoveryCode(pat);
    await enter(code);
    await pat.seesNotice('The code is not right');
  });

  test('that are wrong too often leave the other ways', async () => {
    await pat.press('Sign out');
    await toRecoveryCode(pat);
    for (let left = 4; left > 0; left -= 1) {
      await enter('AAAA-AAAA-AAAA');
      await pat.page.getByText(`${left} attempt${left === 1 ? '' : 's'} left`).waitFor();
    }
    await enter('AAAA-AAAA-AAAA');
    await pat.seesNotice('Too many recovery codes were wrong');
    await pat.sees('Enter a recovery code');
    await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
    await pat.sees('Welcome, Pat');
  });
});
