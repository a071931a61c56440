import { expect, test } from '@jest/globals';
import { openFlowsOf } from '../../../../lambdas/capabilities/support/support.ts';
import {
  newTokenFlow,
  type TokenFlow,
} from '../../../../lambdas/capabilities/token-flows/token-flow.rules.ts';
import { anAccount, HOUR } from '../../../fakes/builders.ts';

const NOW = 100 * HOUR;
const account = anAccount({ registrationFlow: 'registration', phoneChange: 'change' });
const { epoch } = account;

type Flow = TokenFlow & { step?: string };

/** The hashes of the flows that are listed, of a registration and a change with these members. */
async function listed(registration: Partial<Flow>, change: Partial<Flow> | undefined) {
  const of = (kind: Flow['kind'], tokenHash: string, more: Partial<Flow>): Flow => ({
    ...newTokenFlow(kind, { tokenHash, flowId: tokenHash, now: NOW - 1 }),
    epoch,
    ...more,
  });
  const flows = new Map([['registration', of('MFA_REGISTRATION', 'registration', registration)]]);
  if (change !== undefined) flows.set('change', of('PHONE_CHANGE', 'change', change));
  const found = await openFlowsOf({ get: async (hash) => flows.get(hash) }, account, NOW);
  return found.map(({ tokenHash }) => tokenHash);
}

test('flows that are under way are open', async () => {
  expect(await listed({ step: 'ENTER_EMAIL' }, {})).toEqual(['registration', 'change']);
});

test.each<[string, Partial<Flow>, Partial<Flow> | undefined]>([
  ['is done', { step: 'DONE' }, { expiresAt: NOW }],
  ['has expired', { expiresAt: NOW - HOUR }, { expiresAt: NOW - HOUR }],
  ['its callee has denied', { deniedAt: NOW }, { deniedAt: NOW }],
  ['a reset has ended', { epoch: epoch - 1 }, { epoch: epoch - 1 }],
  ['is deleted', { step: 'DONE' }, undefined],
])('a flow that %s is not open', async (_what, registration, change) => {
  expect(await listed(registration, change)).toEqual([]);
});
