/** The real collaborators of the password reset routes, made once per process. */
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { Outbox } from '../../capabilities/outbox/outbox.client.ts';
import { loadEstimator } from '../../capabilities/passwords/estimator.wiring.ts';
import { RegistrationCodesStore } from '../../capabilities/providers/registration-codes.store.ts';
import { TicketsStore } from '../../capabilities/token-flows/tickets.store.ts';
import { wireTokenFlows } from '../../capabilities/token-flows/token-flows.wiring.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import type { ResetDeps } from './password-reset.ts';
import { RECOVERY_NEEDS } from './recovery.needs.ts';
import type { ResetFlow } from './recovery.rules.ts';

export function wireRecovery(): ResetDeps {
  const { registrationCodesTable, userPoolId, outboxQueueUrl } = ENVIRONMENT;
  const environment = readEnvironment({
    registrationCodesTable,
    userPoolId,
    outboxQueueUrl,
  });
  const { database, settings, flowsTable, shared, flowsOf } = wireTokenFlows(RECOVERY_NEEDS);
  return {
    ...shared,
    flows: flowsOf<ResetFlow>(),
    pool: new UserPool(environment.userPoolId),
    outbox: new Outbox(environment.outboxQueueUrl),
    tickets: new TicketsStore(flowsTable),
    estimator: loadEstimator,
    providers: new RegistrationCodesStore(database, environment.registrationCodesTable),
    settings,
  };
}
