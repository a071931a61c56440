/** The worker behind the queue, on the backend in memory. */
import {
  handleOutboxMessage,
  type OutboxDeps,
  type OutboxOutcome,
} from '../../lambdas/capabilities/outbox/handle-message.ts';
import type { OutboxMessage } from '../../lambdas/capabilities/outbox/outbox.rules.ts';
import type { TokenFlow } from '../../lambdas/capabilities/token-flows/token-flow.rules.ts';
import { TokenFlowsStore } from '../../lambdas/capabilities/token-flows/token-flows.store.ts';
import type { Backend } from './backend.ts';

export function outboxDeps(backend: Backend): OutboxDeps {
  const { links, delivery, email, marks, settings, database } = backend;
  const flows = new TokenFlowsStore<TokenFlow>(database, 'flows');
  return { ...backend.shared, links, flows, delivery, email, marks, settings };
}

export function work(
  backend: Backend,
  message: OutboxMessage = backend.outbox.last(),
): Promise<OutboxOutcome> {
  return handleOutboxMessage(outboxDeps(backend), message);
}
