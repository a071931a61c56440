import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  codeLifeMs,
  deadBecause,
  macMessage,
  mismatchReason,
} from '../../lambdas/capabilities/verification/codes.rules.ts';
import { issueCode, isRightCode } from '../../lambdas/capabilities/verification/codes.ts';
import {
  codeEmail,
  codeText,
  duration,
  linkEmail,
} from '../../lambdas/capabilities/messages/wording.rules.ts';
import { noticeEmail } from '../../lambdas/capabilities/messages/notices.rules.ts';
import { encodeHtml, layOut } from '../../lambdas/capabilities/messages/layout.rules.ts';
import { randomCode } from '../../lambdas/ground/platform/random.ts';
import { hmac } from '../../lambdas/ground/platform/secrets.rules.ts';

const PORTAL = { name: 'Cedar Provider Portal', host: 'portal.example' };
const LIFE = { emailSignIn: 30, sms: 300, emailVerification: 600, call: 120 };
const mac = { mac: async (message: string) => hmac('a test key', message) };
const binding = {
  purpose: 'SIGN_IN' as const,
  flowId: 'flow',
  accountId: 'account',
  destination: 'a@b.example',
};

describe('codes', () => {
  test('have every digit at every position about as often: 100,000 of them', () => {
    const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
    for (let made = 0; made < 100_000; made += 1)
      [...randomCode()].forEach(
        (digit, position) =>
          void ((counts[position] as number[])[Number(digit)] =
            ((counts[position] as number[])[Number(digit)] ?? 0) + 1),
      );
    for (const digits of counts) {
      const chiSquare = digits.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
      // 9 degrees of freedom: beyond 40 is one in 100,000.
      expect(chiSquare).toBeLessThan(40);
    }
  });

  test('are bound to purpose, flow, account and destination: every swap fails', async () => {
    const { digits, issued } = await issueCode(mac, {
      binding,
      factor: 'EMAIL',
      life: LIFE,
      now: 0,
    });
    expect(await isRightCode(mac, binding, issued, digits)).toBe(true);
    for (const swap of [
      { purpose: 'PASSWORD_RESET_EMAIL' as const },
      { flowId: 'other' },
      { accountId: 'other' },
      { destination: 'c@d.example' },
    ]) {
      expect(await isRightCode(mac, { ...binding, ...swap }, issued, digits)).toBe(false);
    }
    expect(await isRightCode(mac, binding, { ...issued, codeId: 'other' }, digits)).toBe(false);
  });

  test('no two bindings share a message', () => {
    const part = fc.string().filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(part, part, part, part, (flowId, accountId, other, destination) => {
        fc.pre(accountId !== other);
        expect(macMessage({ ...binding, flowId, accountId, destination }, 'id', '1')).not.toBe(
          macMessage({ ...binding, flowId, accountId: other, destination }, 'id', '1'),
        );
      }),
    );
  });

  test("are valid exactly for the contract's time", () => {
    expect([
      codeLifeMs('SIGN_IN', 'EMAIL', LIFE),
      codeLifeMs('SIGN_IN', 'SMS', LIFE),
      codeLifeMs('EMAIL_VERIFICATION', 'EMAIL', LIFE),
      codeLifeMs('SIGN_IN', 'CALL', LIFE),
    ]).toEqual([30_000, 300_000, 600_000, 120_000]);
    expect(deadBecause({ expiresAt: 1_000, attemptsLeft: 1 }, 999)).toBeUndefined();
    expect(deadBecause({ expiresAt: 1_000, attemptsLeft: 1 }, 1_000)).toBe('CODE_EXPIRED');
    expect(deadBecause({ expiresAt: 1_000, attemptsLeft: 0 }, 1)).toBe('TOO_MANY_ATTEMPTS');
    expect([mismatchReason(1), mismatchReason(0)]).toEqual(['CODE_MISMATCH', 'TOO_MANY_ATTEMPTS']);
  });
});

const ENGLISH = { language: 'en', portalName: 'P' } as const;

describe('messages', () => {
  test('contain the portal, the life, advice, and the code as the only six digits', () => {
    const email = layOut(
      codeEmail({
        language: 'en',
        portalName: PORTAL.name,
        purpose: 'SIGN_IN',
        code: '012345',
        lifeMs: 30_000,
      }),
      'Cedar Provider Portal',
    );
    for (const text of [
      email.text,
      codeText({
        language: 'en',
        portal: PORTAL,
        purpose: 'SIGN_IN',
        code: '012345',
        lifeMs: 300_000,
      }),
    ]) {
      expect(new Set(text.match(/\d{6,}/g))).toEqual(new Set(['012345']));
      expect(text).toContain('Cedar Provider Portal');
      expect(text).toMatch(/expires in (30 seconds|5 minutes)/);
      expect(text).toContain("Didn't ask for this?");
    }
    expect(
      codeText({
        language: 'en',
        portal: PORTAL,
        purpose: 'SIGN_IN',
        code: '012345',
        lifeMs: 300_000,
      }).length,
    ).toBeLessThanOrEqual(160);
  });

  test('load nothing from anywhere', () => {
    for (const wording of [
      codeEmail({
        language: 'en',
        portalName: 'P',
        purpose: 'SIGN_IN',
        code: '123456',
        lifeMs: 1_000,
      }),
      linkEmail({
        language: 'en',
        portalName: 'P',
        href: 'https://portal.example/register#x',
        lifeMs: 1_200_000,
        occasion: 'REQUEST',
      }),
      noticeEmail(ENGLISH, 'PASSWORD_CHANGED'),
    ]) {
      const { html } = layOut(wording, 'P');
      expect(html).not.toMatch(/<(img|script|link|iframe)|src=|url\(/i);
      expect(html).toMatch(/^<!doctype html><html lang="en">/);
    }
  });

  test.each([
    ['ROLE_CHANGED', 'administrator', 'Reset your password'],
    ['ACCOUNT_DISABLED', 'administrator', 'Reset your password'],
    ['PASSWORD_CHANGED', 'Reset your password', 'expect'],
  ] as const)('of %s say how to object', (notice, said, unsaid) => {
    const objection = noticeEmail(ENGLISH, notice).paragraphs.at(-1);
    expect(objection).toContain(said);
    expect(objection).not.toContain(unsaid);
  });

  test.each([
    [9, '9 unused codes are left.'],
    [3, '3 unused codes are left. Make new ones under My account.'],
    [1, '1 unused code is left. Make new ones under My account.'],
    [0, 'It was the last one. Make new ones under My account.'],
  ])('of a used recovery code with %i left say so', (codesLeft, said) => {
    expect(noticeEmail(ENGLISH, 'RECOVERY_CODE_USED', { codesLeft }).paragraphs).toContain(said);
  });

  test('encode every name of a portal', () => {
    fc.assert(fc.property(fc.string(), (name) => !/[<>"']/.test(encodeHtml(name))));
  });

  test('say durations in their largest whole unit', () => {
    expect([
      duration(30_000, 'en'),
      duration(60_000, 'en'),
      duration(1_200_000, 'en'),
      duration(14_400_000, 'en'),
      duration(90_000, 'en'),
    ]).toEqual(['30 seconds', '1 minute', '20 minutes', '4 hours', '90 seconds']);
  });
});
