/** The real collaborators of the registration routes, made once per process. */
import { NamesStore } from '../../capabilities/accounts/names.store.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { Outbox } from '../../capabilities/outbox/outbox.client.ts';
import { loadEstimator } from '../../capabilities/passwords/estimator.wiring.ts';
import { checkImportedPassword } from '../../capabilities/passwords/imported-passwords.ts';
import { SrpPasswordProof } from '../../capabilities/passwords/srp.client.ts';
import { LinksStore } from '../../capabilities/token-flows/links.store.ts';
import { TicketsStore } from '../../capabilities/token-flows/tickets.store.ts';
import { wireTokenFlows } from '../../capabilities/token-flows/token-flows.wiring.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { MfaDeps } from './registration-step.ts';
import type { OpeningDeps } from './open-registration.ts';
import type { ProviderDeps } from './provider-registration.ts';
import { RegistrationCodesStore } from '../../capabilities/providers/registration-codes.store.ts';
import { REGISTRATION_NEEDS } from './registration.needs.ts';
import type { MfaFlow, ProviderFlow } from './registration.rules.ts';
import type { LinkDeps } from './request-link.ts';

export interface RegistrationDeps {
  provider: ProviderDeps;
  opening: OpeningDeps;
  links: LinkDeps;
  mfa: MfaDeps;
  settings: FunctionSettings;
}

const NAMES = {
  registrationCodesTable: ENVIRONMENT.registrationCodesTable,
  userPoolId: ENVIRONMENT.userPoolId,
  userPoolClientId: ENVIRONMENT.userPoolClientId,
  outboxQueueUrl: ENVIRONMENT.outboxQueueUrl,
};

export function wireRegistration(): RegistrationDeps {
  const environment = readEnvironment(NAMES);
  const { database, settings, accountsTable, flowsTable, shared, flowsOf } =
    wireTokenFlows(REGISTRATION_NEEDS);
  const names = new NamesStore(accountsTable);
  const codes = new RegistrationCodesStore(database, environment.registrationCodesTable);
  const outbox = new Outbox(environment.outboxQueueUrl);
  const proof = new SrpPasswordProof(environment.userPoolId, environment.userPoolClientId);
  const isCognitoPassword = (password: string, email?: string) => proof.proves(password, email);
  const links = new LinksStore(database, flowsTable);
  const tickets = new TicketsStore(flowsTable);
  const pool = new UserPool(environment.userPoolId);
  return {
    settings,
    provider: { ...shared, codes, flows: flowsOf<ProviderFlow>(), names, outbox, settings },
    opening: {
      ...shared,
      links,
      flows: flowsOf<MfaFlow>(),
      isImportedPassword: (password, stored) => checkImportedPassword(password, stored, shared.log),
      isCognitoPassword,
      settings,
    },
    links: { limits: shared.limits, settings, now: Date.now, isCognitoPassword, outbox },
    mfa: {
      ...shared,
      flows: flowsOf<MfaFlow>(),
      names,
      pool,
      tickets,
      estimator: loadEstimator,
      providers: codes,
      settings,
    },
  };
}
