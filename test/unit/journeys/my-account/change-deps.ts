/** The collaborators of changes of one's own account, on the backend in memory. */
import { UndoLinksStore } from '../../../../lambdas/capabilities/messages/undo-links.store.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import type {
  EmailChange,
  PhoneChange,
} from '../../../../lambdas/journeys/my-account/change.rules.ts';
import type { EmailChangeDeps } from '../../../../lambdas/journeys/my-account/change-email.ts';
import type { PasswordChangeDeps } from '../../../../lambdas/journeys/my-account/change-password.ts';
import type { Backend } from '../../../fakes/backend.ts';
import { PROVIDER } from '../../../fakes/builders.ts';

export function emailDeps(backend: Backend): EmailChangeDeps {
  const { database, settings, pool, names, passkeys } = backend;
  return {
    ...backend.shared,
    flows: new TokenFlowsStore<EmailChange>(database, 'flows'),
    settings,
    pool,
    names,
    passkeys,
    undoLinks: new UndoLinksStore(database, 'flows'),
  };
}

export function phoneDeps(backend: Backend) {
  const { database, settings } = backend;
  return {
    ...backend.shared,
    settings,
    flows: new TokenFlowsStore<PhoneChange>(database, 'flows'),
  };
}

export function passwordDeps(backend: Backend): PasswordChangeDeps {
  const { pool, tickets, settings } = backend;
  return {
    ...backend.shared,
    pool,
    tickets,
    settings,
    isCognitoPassword: async (typed) => typed === 'the current one',
    estimator: async () => () => ({ guesses: 1e12, parts: [] }),
    providers: { provider: async () => PROVIDER },
  };
}
