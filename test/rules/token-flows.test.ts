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

interface Ended {
  ended: TokenFlow;
  account?: { epoch: number; validAfter?: number };
  overAt?: number;
  endedAt: number;
}

describe('a flow', () => {
  test.each([
    ['that expired', { ended: flow, endedAt: flow.expiresAt }],
    [
      'whose owner pressed 9',
      { ended: { ...flow, deniedAt: OPENED + 5_000 }, endedAt: OPENED + 5_000 },
    ],
    ['that another replaced', { ended: flow, overAt: OPENED + 7_000, endedAt: OPENED + 7_000 }],
    [
      'whose account was reset',
      {
        ended: flow,
        account: { epoch: 4, validAfter: OPENED + 9_000 },
        endedAt: OPENED + 9_000,
      },
    ],
  ] satisfies [string, Ended][])('%s is over for a day, and then forgotten', (_how, given) => {
    const { ended, account = { epoch: 3 }, overAt, endedAt }: Ended = given;
    expect(standingOf(ended, account, endedAt + DAY - 1, overAt)).toBe('OVER');
    expect(standingOf(ended, account, endedAt + DAY, overAt)).toBe('FORGOTTEN');
  });

  test('lives until it expires, on its account as it was', () => {
    expect(standingOf(flow, { epoch: 3, validAfter: OPENED - 1 }, flow.expiresAt - 1)).toBe('LIVE');
    expect(standingOf(flow, { epoch: 3 }, flow.expiresAt)).toBe('OVER');
  });

  test('of an earlier epoch is over until a day after it would have expired', () => {
    expect(standingOf(flow, { epoch: 4, validAfter: OPENED - 1 }, OPENED + 1)).toBe('OVER');
    expect(standingOf(flow, undefined, flow.expiresAt + DAY)).toBe('FORGOTTEN');
  });
});
