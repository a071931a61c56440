import { describe, expect, test } from '@jest/globals';
import {
  standingOf,
  TOKEN_FLOW_LIFE_MS,
  TOKEN_FLOW_REMEMBERED_MS,
  TOKEN_FLOW_VERSION,
  type TokenFlow,
} from '../../lambdas/capabilities/token-flows/token-flow.rules.ts';

const OPENED = 1_000_000_000_000;
const flow: TokenFlow = {
  v: TOKEN_FLOW_VERSION,
  kind: 'MFA_REGISTRATION',
  tokenHash: 'h',
  flowId: 'f',
  accountId: 'a',
  epoch: 3,
  turn: 0,
  openedAt: OPENED,
  expiresAt: OPENED + TOKEN_FLOW_LIFE_MS,
};
const DAY = TOKEN_FLOW_REMEMBERED_MS;

describe('a flow', () => {
  test.each([
    ['that expired', flow, { epoch: 3 }, undefined, flow.expiresAt],
    [
      'whose owner pressed 9',
      { ...flow, deniedAt: OPENED + 5_000 },
      { epoch: 3 },
      undefined,
      OPENED + 5_000,
    ],
    ['that another replaced', flow, { epoch: 3 }, OPENED + 7_000, OPENED + 7_000],
    [
      'whose account was reset',
      flow,
      { epoch: 4, validAfter: OPENED + 9_000 },
      undefined,
      OPENED + 9_000,
    ],
  ])('%s is over for a day, and then forgotten', (_how, ended, account, replacedAt, endedAt) => {
    expect(standingOf(ended, account, endedAt + DAY - 1, replacedAt)).toBe('OVER');
    expect(standingOf(ended, account, endedAt + DAY, replacedAt)).toBe('FORGOTTEN');
  });

  test('lives until it expires, on its account as it was', () => {
    expect(standingOf(flow, { epoch: 3, validAfter: OPENED - 1 }, flow.expiresAt - 1)).toBe('LIVE');
    expect(standingOf(flow, { epoch: 3 }, flow.expiresAt)).toBe('OVER');
  });

  test('of an epoch that is over, nobody knows since when, is over until its own day has passed', () => {
    expect(standingOf(flow, { epoch: 4, validAfter: OPENED - 1 }, OPENED + 1)).toBe('OVER');
    expect(standingOf(flow, undefined, flow.expiresAt + DAY)).toBe('FORGOTTEN');
  });
});
