/** What a person reads out to support leads an operator to the lines of that attempt. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { QUERIES } from '../../lib/saved-queries.ts';
import { runQuery } from '../journeys/clients/insights.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT } from './portal-stack.ts';
import { axeFindings, overflow, PHONE } from './visitor.ts';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  visitor = await portal.visit();
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await visitor.goTo('/');
});

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

async function details(summary = 'Details for support'): Promise<string> {
  const box = visitor.page.locator('details').filter({ hasText: summary });
  expect(await box.getAttribute('open')).toBeNull();
  await box.locator('summary').click();
  return await box.locator('dl').innerText();
}

/** What the saved query finds for what the person read out. */
async function linesOf(placeholder: string, given: string): Promise<Record<string, unknown>[]> {
  const logs = (await portal.stack.local('GET', 'logs')) as { line: string }[];
  const lines = logs.map(({ line }) => JSON.parse(line) as Record<string, unknown>);
  const query = QUERIES["one person's attempts"].join('\n| ');
  return runQuery(query.replace(`"${placeholder}"`, `"${given}"`), lines);
}

describe('details for support', () => {
  test('of a sign-in whose code is not sent lead to its lines, from its flow to the cause', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await portal.stack.local('POST', 'faults', { service: 'sns', times: 1 });
    await visitor.press('Send Code');
    await visitor.seesNotice('could not be sent');
    const shown = await details();
    expect(shown).toMatch(/Code\s*DELIVERY_FAILED/);
    expect(shown).toMatch(/Time\s*\d{4}-\d\d-\d\dT/);
    const [attempt = ''] = UUID.exec(shown) ?? [];
    const found = await linesOf('ATTEMPT', attempt);
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['DEFINED', 'CREATED', 'VERIFIED', 'TEXT_NOT_SENT']),
    );
    const flows = found.flatMap(({ flowId }) => (flowId === undefined ? [] : [flowId]));
    expect(new Set(flows).size).toBe(1);
    expect(new Set(found.map(({ account }) => account)).size).toBe(1);
  });

  test('of a request lead to its line, and can be copied', async () => {
    await portal.stack.local('POST', 'faults', { service: 'cognito', times: 9 });
    await visitor.goTo('/incomplete-registration');
    await visitor.fill('Email address', PAT.email);
    await visitor.fill('Password', 'Some-Password-1');
    await visitor.press('Submit');
    await visitor.seesNotice('There is a problem');
    const shown = await details();
    await visitor.press('Copy details');
    await visitor.seesNotice('Copied');
    const copied = await visitor.page.evaluate(() => navigator.clipboard.readText());
    const [, request = ''] = /^Request: (\S+)$/m.exec(copied) ?? [];
    expect(shown).toContain(request);
    expect(await linesOf('REQUEST', request)).toContainEqual(
      expect.objectContaining({ code: 'REQUEST_FAILED' }),
    );
  });

  test('say so where the browser does not copy', async () => {
    await visitor.page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await visitor.goTo('/');
    await visitor.provePassword(PAT.email, 'EMAIL', 'Not-The-Password-1');
    await visitor.seesNotice('There is a problem');
    await details();
    await visitor.press('Copy details');
    await visitor.seesNotice('Your browser does not allow copying');
  });

  test('fit on a phone and in Spanish, and axe finds nothing', async () => {
    visitor = await portal.visit({ locale: 'es-US', viewport: PHONE });
    await visitor.goTo('/sign-in/email');
    await visitor.page.locator('input[type=email]').fill(PAT.email);
    await visitor.page.locator('input[type=password]').fill('Not-The-Password-1');
    await visitor.page.locator('form button[type=submit]').first().click();
    expect(await details('Detalles para soporte')).toMatch(/Código\s*SIGN_IN_REFUSED/);
    expect(await axeFindings(visitor.page)).toEqual([]);
    expect(await overflow(visitor.page)).toBe(0);
  });
});
