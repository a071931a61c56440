/**
 * List prices in US dollars in us-east-1, read in October 2026: they rank the ways to sign in.
 * AWS's price pages decide what a stage costs.
 */
import type { Usage, Way } from './usage.ts';
import { USAGE } from './usage.ts';

const MILLION = 1_000_000;

const PRICES = {
  /** A transaction writes each of its three or so items twice. */
  transaction: (6 * 0.625) / MILLION,
  update: 0.625 / MILLION,
  /** A consistent read of about two items. */
  read: (2 * 0.125) / MILLION,
  mac: 0.03 / 10_000,
  /** With 50 ms of 1,769 MB on Arm. */
  invocation: 0.2 / MILLION + 0.05 * 1.73 * 0.0000133334,
  /** A text in the US costs SNS's price and the carrier's fee. */
  send: { EMAIL: 0.0001, SMS: 0.0095, CALL: 0.016 },
} as const;

/** US dollars for a thousand sign-ins, without Cognito's price for each monthly user. */
export function perThousand(way: Way): number {
  const { transactions, updates, reads, macs, invocations, send }: Usage = USAGE[way];
  const one =
    transactions * PRICES.transaction +
    updates * PRICES.update +
    reads * PRICES.read +
    macs * PRICES.mac +
    invocations * PRICES.invocation +
    (send === undefined ? 0 : PRICES.send[send]);
  return one * 1000;
}

/** For each user who signs in within a month, beyond the free tier (Essentials). */
export const MONTHLY_USER = 0.015;

/** Web ACLs, keys, alarms, numbers: whatever a stage costs without a sign-in. */
export const FIXED_MONTH = 33;

/** The canary's alarm and its two metrics. */
const CANARY_WATCHED = 0.7;

/** US dollars a month for a canary: its runs cost less than sign-ins by e-mail, and one user. */
export function canaryMonth(everyMinutes: number): number {
  const runs = (30 * 24 * 60) / everyMinutes;
  return (runs * perThousand('EMAIL')) / 1000 + CANARY_WATCHED + MONTHLY_USER;
}
