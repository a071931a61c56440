import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { macMessage } from '../../lambdas/capabilities/verification/codes.rules.ts';
import {
  checkCode,
  resetAnswerLimits,
  type VerificationCollaborators,
  type VerifiedFlow,
} from '../../lambdas/capabilities/token-flows/verification-step.ts';
import {
  TOKEN_FLOW_LIFE_MS,
  TOKEN_FLOW_VERSION,
} from '../../lambdas/capabilities/token-flows/token-flow.rules.ts';

const NOW = 1_000_000_000_000;
const destination = 'erin.email@cedargrove.example';
const mac = (message: string) => createHash('sha256').update(message).digest('base64');

test('a right code passes though its count cannot be taken back', async () => {
  const binding = {
    purpose: 'PASSWORD_RESET_EMAIL' as const,
    flowId: 'flow',
    accountId: 'account',
    destination,
  };
  const flow: VerifiedFlow = {
    ...{
      v: TOKEN_FLOW_VERSION,
      kind: 'PASSWORD_RESET',
      tokenHash: 'hash',
      flowId: 'flow',
      accountId: 'account',
      epoch: 1,
      turn: 0,
      openedAt: NOW,
      expiresAt: NOW + TOKEN_FLOW_LIFE_MS,
    },
    open: {
      kind: 'CODE',
      factor: 'EMAIL',
      code: {
        codeId: 'code',
        factor: 'EMAIL',
        mac: mac(macMessage(binding, 'code', '123456')),
        sentAt: NOW,
        expiresAt: NOW + 60_000,
        attemptsLeft: 1,
      },
    },
  };
  const on = {
    flows: { amend: () => ({}) },
    limits: {
      count: () => Promise.resolve({ outcome: 'DONE' }),
      forgive: () => Promise.reject(new Error('DynamoDB is down.')),
    },
    mac: { mac: (message: string) => Promise.resolve(mac(message)) },
  } as unknown as VerificationCollaborators;
  expect(
    await checkCode(on, {
      flow,
      digits: '123456',
      destination,
      purpose: binding.purpose,
      limits: resetAnswerLimits(destination),
      now: NOW,
    }),
  ).toBe('RIGHT');
});
